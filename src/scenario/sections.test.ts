// Mistakes in the sections that a scenario need not have: activity, actions, maintenances, problems, tags, fails.

import { expect, test } from 'vitest'
import { parseScenario } from './parse.ts'
import { editedRich, rich, told } from './sample.ts'

const minute = 60_000
const scenario = parseScenario(rich, 'sample.yaml')

test('the rich sample itself is fine', () => {
  expect(told(rich)).toBe('fine')
})

test('an activity goes on in its stretch, in the first workspace when it names none', () => {
  expect(scenario.activities).toEqual([
    {
      name: 'writing',
      topic: 'conversation.user.created',
      workspace: 'ours',
      gapMs: 10_000,
      regular: false,
      fromMs: 5 * minute,
      untilMs: 50 * minute,
      attachment: true,
    },
    {
      name: 'edits',
      topic: 'contact.user.updated',
      workspace: 'sibling',
      gapMs: 5 * minute,
      regular: true,
      fromMs: 0,
      untilMs: 60 * minute,
      attachment: false,
    },
  ])
})

test('a load asks in its stretch only', () => {
  const { loads } = parseScenario(editedRich(['every: 30s,', 'every: 30s, from: 11:05Z, until: 11:07Z,']), 'x')
  expect(loads[1]).toMatchObject({ fromMs: 5 * minute, untilMs: 7 * minute })
})

test('actions are done at their times', () => {
  expect(scenario.actions).toEqual([
    { at: 12 * minute, do: 'media.pause', workspace: 'ours' },
    { at: 20 * minute, do: 'rotate-token' },
    { at: 21 * minute, do: 'restart' },
  ])
})

test('a maintenance may be announced before the run', () => {
  expect(scenario.maintenances).toEqual([
    {
      name: 'database',
      title: 'Scheduled database maintenance',
      components: ['REST API (Australia)', 'Inbox'],
      announcedAt: -(42 * 60 + 9) * minute,
      scheduledFrom: 5 * minute,
      scheduledUntil: 30 * minute,
      startedAt: 6 * minute,
      completedAt: 44 * minute,
    },
  ])
})

test.for([
  ['P1', 15],
  ['P2', 60],
  ['P3', 4 * 60],
  ['P4', 24 * 60],
] as const)('a problem of a %s must be told within %d minutes', ([severity, minutes]) => {
  const long = editedRich(
    ['severity: P2', `severity: ${severity}`],
    [', within: 15m }', ' }'],
    ['from: 11:00Z, until: 12:00Z', 'from: 11:00Z, until: 2026-04-29 12:00Z'],
    ['{ from: 11:10Z, until: 11:30Z, whose', '{ from: 11:10Z, until: 2026-04-29 11:30Z, whose'],
  )
  expect(parseScenario(long, 'x').problems[0]?.withinMs).toBe(minutes * minute)
})

test('who is known to fail is told one by one', () => {
  expect(scenario.fails).toEqual([
    { client: 'sdk', oracle: 'recovers' },
    { client: 'broken/no-timeout', oracle: 'settles-within-promise' },
    { client: 'broken/no-timeout', oracle: 'recovers' },
  ])
  expect(scenario.tags).toEqual(['webhooks', 'seed'])
})

test('one oracle may be expected twice, and each expectation has its line', () => {
  const lines = rich.split('\n')
  const recovers = scenario.expect.filter(({ oracle }) => oracle === 'recovers')
  expect(recovers.map(({ settings }) => settings)).toEqual([
    { after: 'onset', within: 30 * minute },
    { after: 'recovery', within: 5 * minute },
  ])
  expect(recovers.map(({ line }) => lines[line - 1])).toEqual([
    '    - { after: onset, within: 30m }',
    '    - { after: recovery, within: 5m }',
  ])
})

test('a client may be right never to meet the fault', () => {
  expect(parseScenario(editedRich(['faultHits: 5', 'faultHits: 0']), 'x').arming.faultHits).toBe(0)
})

test('a workspace lives on the shard a unless it says otherwise', () => {
  const { workspaces } = parseScenario(
    editedRich(['sibling: { region: us }', 'sibling: { region: us, shard: b }']),
    'x',
  )
  expect(workspaces.map(({ shard }) => shard)).toEqual(['a', 'b'])
})

test.for<[name: string, old: string, fresh: string]>([
  ['a load that stops before it begins', 'every: 30s,', 'every: 30s, from: 11:30Z, until: 11:10Z,'],
  ['a load that begins when the run ends', 'every: 30s,', 'every: 30s, from: 12:00Z,'],
  ['a load past the end', 'every: 30s,', 'every: 30s, until: 13:00Z,'],
  ['a load that never asks in its stretch', 'every: 30s,', 'every: 5m, from: 11:00Z, until: 11:02Z,'],
  ['an unknown topic', 'topic: conversation.user.created', 'topic: conversation.user.create'],
  ['an activity in an unknown workspace', 'every: 5m, workspace: sibling', 'every: 5m, workspace: siblin'],
  ['an activity without a rhythm', 'rate: 6/min, ', ''],
  ['an activity past the end', 'until: 11:50Z', 'until: 12:50Z'],
  ['an activity beyond the limit', 'rate: 6/min', 'rate: 90000/s'],
  [
    'an attachment of what is no message',
    'topic: contact.user.updated,',
    'topic: contact.user.updated, attachment: true,',
  ],
  ['an unknown action', 'do: restart', 'do: restrat'],
  ['an action that looks like none', 'do: media.pause', 'do: Pause media'],
  ['an action past the end', 'at: 11:21Z, do', 'at: 12:21Z, do'],
  ['an action when the run ends', 'at: 11:21Z, do', 'at: 12:00Z, do'],
  ['actions out of order', 'at: 11:21Z, do', 'at: 11:11Z, do'],
  ['an action on an unknown workspace', 'do: media.pause, workspace: ours', 'do: media.pause, workspace: hours'],
  ['a restart of one workspace', 'do: restart', 'do: restart, workspace: ours'],
  ['an unknown component', 'Inbox]', 'Inbix]'],
  ['a component twice', 'Inbox]', 'Inbox, Inbox]'],
  ['no component', '[REST API (Australia), Inbox]', '[]'],
  ['a maintenance that completes before it starts', 'completed: 11:44Z', 'completed: 11:02Z'],
  ['a maintenance that ends before it begins', 'until: 11:30Z\n    started', 'until: 11:01Z\n    started'],
  ['a maintenance that is announced too late', 'announced: 2026-04-25 16:51Z', 'announced: 11:20Z'],
  ['a maintenance past the end', 'completed: 11:44Z', 'completed: 12:44Z'],
  ['a maintenance without an announcement', '    announced: 2026-04-25 16:51Z\n', ''],
  [
    'a problem that ends before it begins',
    '{ from: 11:10Z, until: 11:30Z, whose',
    '{ from: 11:10Z, until: 11:05Z, whose',
  ],
  ['a problem of nobody', 'whose: theirs', 'whose: their'],
  ['an unknown cause', 'cause: provider', 'cause: providers'],
  ['a problem that is over before it must be told', ', within: 15m', ''],
  ['a problem with too much time', 'within: 15m', 'within: 20m'],
  ['an unknown oracle that a client fails', '{ sdk: recovers', '{ sdk: recover'],
  ['an unknown oracle in a list', '[settles-within-promise, recovers]', '[settle-within-promise, recovers]'],
  ['an oracle twice', '[settles-within-promise, recovers]', '[recovers, recovers]'],
  ['a client that cannot be one', '{ sdk: recovers', '{ ../sdk: recovers'],
  ['a tag twice', '[webhooks, seed]', '[webhooks, webhooks]'],
  ['a tag that means everything', '[webhooks, seed]', '[all]'],
  ['a tag that is a severity', '[webhooks, seed]', '[P1]'],
  ['tags that are no list', '[webhooks, seed]', 'webhooks'],
  ['an oracle that is expected of the same twice', 'after: onset, within: 30m', 'after: recovery, within: 30m'],
  ['a mistake in one of several expectations', 'after: onset, within: 30m', 'after: onste, within: 30'],
  ['an expectation that is neither', '    - { after: onset, within: 30m }\n', '    - 5\n'],
  ['an expectation that is a number', '  unaffected: { load: control, success: 99% }', '  unaffected: 5'],
  ['a shard that is no name', 'ours: { region: au }', 'ours: { region: au, shard: 2 }'],
  ['hits below none', 'faultHits: 5', 'faultHits: -1'],
  ['activity without evidence', 'activity, actions', 'actions'],
  ['actions without evidence', 'activity, actions', 'activity, actions.0'],
])('%s', ([, old, fresh]) => {
  expect(told(editedRich([old, fresh]))).toMatchSnapshot()
})
