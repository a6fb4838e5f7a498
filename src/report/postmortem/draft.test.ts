import * as fc from 'fast-check'
import { micromark } from 'micromark'
import { gfm, gfmHtml } from 'micromark-extension-gfm'
import { expect, test } from 'vitest'
import { incidentOf } from '#engine/incident/incident.ts'
import type { RunResult } from '#engine/run-result.ts'
import type { History } from '#history/history.ts'
import { hostileText, failureOf } from '../../../test/foreign.ts'
import { judgedWith, results } from '../../../test/golden/report/results.ts'
import { createStory, minute, type Story } from '../../../test/history-builder.ts'
import { promises } from '../../../test/judging.ts'
import type { JudgedRun } from '../report-schema.ts'
import { reportOf } from '../report.ts'
import { draftsOf, type Drafts } from './draft.ts'

function draftsFrom(history: History, result: RunResult | undefined = results['fail']): Drafts {
  const [run] = reportOf(result ? [result] : [], { reproduce: () => '', record: () => null }).runs
  return draftsOf(incidentOf(history), run as JudgedRun)
}

/** An incident of twenty minutes in which everything happens that a draft tells of. */
function tellAll(story: Story, text: string): History {
  const [why, name] = [text, text]
  for (const at of [1, 2, 11, 35]) story.read({ at: at * minute })
  story.event('11m', { kind: 'status.changed', component: text, status: 'major', incident: 'x' })
  story.event('12m', { kind: 'health.reported', instance: 0, status: 'degraded', problem: null, cause: null, why })
  story.event('13m', { kind: 'health.reported', instance: 0, status: 'down', problem: 'theirs', cause: text, why })
  story.event('14m', { kind: 'action.taken', action: text, instance: 0, workspace: null, done: true })
  story.event('15m', { kind: 'token.rotated', workspace: text })
  story.event('16m', { kind: 'client.restarted', instance: 0, orderly: true })
  story.event('30m', { kind: 'fault.lifted', fault: text })
  const failing = [
    { at: 12, ask: 'conversation.reply', entity: 'conversation:1', ends: 503 },
    { at: 13, ask: 'conversation.reply', entity: 'conversation:1', ends: 429 },
    { at: 14, ask: 'conversation.open', entity: 'contact:7', ends: 'ECONNRESET' },
    { at: 15, ask: 'ticket.create', entity: 'contact:8', ends: 'abort' },
    { at: 16, ask: 'conversation.read', entity: 'conversation:2', ends: 401 },
  ] as const
  for (const { at, ask, entity, ends } of failing) {
    const operation = story.ask(ask, { at: at * minute, entity })
    story.attempt(operation, { at: at * minute, took: '1s', ends, requestId: `${text} ${at}` })
    story.error(operation, { at: at * minute + 1_000, error: { name, message: text, requestId: `${text} ${at}` } })
  }
  story.ok(story.ask('contact.read', { at: '17m' }), { at: '17m', result: 'stale', ageMs: 1 })
  story.ok(story.ask('conversation.reply', { at: '17m' }), { at: '17m', result: 'queued' })
  return story.history()
}

const header = {
  promises,
  problems: [{ name: 'x', from: 0, until: 1, whose: 'theirs', cause: 'provider', withinMs: 1 }],
} as const

test('are filled from what the history knows', async () => {
  const drafts = draftsFrom(tellAll(createStory(header), 'the words'))
  await expect(drafts.postmortem).toMatchFileSnapshot('../../../test/golden/report/postmortem.md')
  await expect(drafts.update).toMatchFileSnapshot('../../../test/golden/report/slack.txt')
})

test('leave in brackets what it does not know', async () => {
  const story = createStory({ lastLiftAt: null })
  story.error(story.ask('contact.read', { at: '12m' }), { at: '13m' })
  const drafts = draftsFrom(story.history(), results['pass'])
  await expect(drafts.postmortem).toMatchFileSnapshot('../../../test/golden/report/postmortem-blank.md')
  await expect(drafts.update).toMatchFileSnapshot('../../../test/golden/report/slack-blank.txt')
})

test('take neither a crash nor the end of the run for something that somebody did', () => {
  const story = createStory({ firstFaultAt: minute, lastLiftAt: 2 * minute })
  story.event('3m', { kind: 'client.restarted', instance: 0, orderly: false })
  const drain = { kind: 'action.taken', action: 'drain', instance: 0, workspace: null, done: true } as const
  story.event('4m', { ...drain, action: 'flush' })
  story.event(story.history().header.spanMs, drain)
  const { postmortem } = draftsFrom(story.history())
  expect(postmortem).toContain('- 11:03 - Client: process 0 was killed and started again\n')
  expect(postmortem.match(/Mitigation: .*/gu)).toEqual(['Mitigation: flush'])
  expect(postmortem).toContain('**Duration:** 0 hours 1 minute\n')
})

test('invent nothing where there was no incident', () => {
  const drafts = draftsFrom(createStory({ firstFaultAt: null, lastLiftAt: null }).history())
  expect(drafts.postmortem).toContain('**Duration:** [X hours Y minutes]')
  expect(drafts.postmortem).toContain('[unknown: no fault is in the record of this run]')
  expect(drafts.update).toContain('Impact: [unknown: no fault is in the record of this run]')
})

test.for<[string, (story: Story) => void, string]>([
  ['a minute in which nothing failed', (story) => void story.read({ at: '12m' }), '0m'],
  [
    'a minute with a copy',
    (story) => story.ok(story.ask('contact.read', { at: '12m' }), { at: '12m', result: 'stale', ageMs: 1 }),
    '1m',
  ],
  [
    'a minute with an answer after its promise',
    (story) => story.ok(story.ask('contact.read', { at: '12m' }), { at: '13m' }),
    '1m',
  ],
  [
    'two failures of one minute',
    (story) => {
      for (const at of ['12m', '725s']) story.error(story.ask('contact.read', { at }), { at: '13m' })
    },
    '1m',
  ],
  [
    'who walked away',
    (story) => {
      const operation = story.ask('contact.read', { at: '12m' })
      story.cancel(operation, { at: '13m' })
      story.error(operation, { at: '13m' })
    },
    '0m',
  ],
])('%s: %s of degraded service', ([, tell, says]) => {
  const story = createStory({ promises })
  tell(story)
  expect(draftsFrom(story.history()).postmortem).toContain(`- Duration of degraded service: ${says}\n`)
})

test('a copy where copies are usual is no degraded service', () => {
  const loads = { reads: { okShare: 1, p99Ms: 200, usual: { stale: 0.5, queued: 0 } } }
  const baseline = { operations: 1, exchanges: 1, exchangesPerOperation: {}, peakSends: 1, peakInFlight: 1, loads }
  const story = createStory({ promises, baseline })
  story.ok(story.ask('contact.read', { at: '12m' }), { at: '12m', result: 'stale', ageMs: 1 })
  expect(draftsFrom(story.history()).postmortem).toContain('- Duration of degraded service: 0m\n')
})

test('a waived failure has its owner and its day', () => {
  expect(draftsFrom(createStory().history(), results['waived']).postmortem).toMatch(/ - ada - 2026-12-31$/mu)
})

test('are text whatever the texts are', () => {
  const shapes = /<(?!\/?(?:p|h2|h3|strong|blockquote|ul|li)>|input type="checkbox" disabled="" \/>)[^>]*>/u
  // oxlint-disable-next-line no-control-regex -- what may never reach a reader
  const control = /[\u0000-\u0009\u000B-\u001F\u007F-\u009F\u202A-\u202E\u2066-\u2069]/u
  fc.assert(
    fc.property(hostileText, (text) => {
      const result = {
        ...judgedWith({ outcome: 'fail', verdicts: [failureOf(text)] }),
        scenario: text,
        client: text,
        seed: text,
      }
      const drafts = draftsFrom(tellAll(createStory(header), text), result as RunResult)
      const html = micromark(drafts.postmortem, { extensions: [gfm()], htmlExtensions: [gfmHtml()] })
      expect(shapes.exec(html)?.[0]).toBeUndefined()
      expect(drafts.postmortem).not.toMatch(control)
      expect(drafts.update.split('\n')).toHaveLength(8)
      expect(drafts.update).not.toMatch(/[<>]|@(?!\[name\])/u)
    }),
    { numRuns: 150 },
  )
})
