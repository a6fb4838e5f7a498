// Goal: whatever a scenario has happen to the process of a client, to its operators and to its endpoint really happens, and
// nothing of a dead process is heard again. Method: tiny clients, replayed in processes of their own.

import { expect, test } from 'vitest'
import type { EventKind, EventOf } from '#history/event.ts'
import { notifications } from '#history/notifications.ts'
import { operations } from '#history/query.ts'
import { judgeBy } from './judging.ts'
import { replayed, type Replayed } from './replayed.ts'

const minute = 60_000

/** Twenty minutes of reads and queued writes, and whatever else is written below. */
function scenario(more: string, faults: string, load = ''): string {
  return `scenario: plot
title: Much happens to a client
source: { document: none, date: 2026-01-05, severity: P2 }
run: { from: 10:00Z, until: 10:20Z }
world:
  workspaces: { ours: { region: au } }
load:
  reads: { do: contact.read, every: 5s, pick: uniform of 20 }
  writes: { do: contact.upsert, every: 7s }
${load}faults:
${faults}
${more}
phases: { trouble: 10:02Z, recovery: 10:10Z }
armed: { faultHits: 1 }
evidence:
  documented: {}
  assumed: [${['world', 'load', 'faults', ...Array.from(more.matchAll(/^(activity|actions|problems):/gmu), (match) => match[1])].join(', ')}]
`
}

const died = '  dies: { kind: client-restart, from: 10:04Z, until: 10:05Z, with: { away: 20s } }'
const silent = '  silent: { kind: hang, where: { region: au }, from: 10:03:50Z, until: 10:04:10Z }'
const sick = '  sick: { kind: status, where: { region: au }, from: 10:02Z, until: 10:06Z, with: { code: 503 } }'
const mail = 'activity:\n  mail: { topic: conversation.user.replied, every: 9s }'

function all<K extends EventKind>({ history }: Replayed, kind: K): readonly EventOf<K>[] {
  return history.all(kind)
}

test(
  'a process that dies leaves nothing behind but its store, and the next one goes on from there',
  { timeout: 60_000 },
  () => {
    const dutiful = replayed(scenario('', `${silent}\n${died}`), 'dutiful')
    expect(all(dutiful, 'client.restarted')).toMatchObject([{ at: 4 * minute + 20_000, orderly: false }])
    const lost = operations(dutiful.history).filter(({ settled }) => settled?.kind === 'operation.unknown')
    expect(lost.map(({ settled }) => settled)).toMatchObject(lost.map(() => ({ reason: 'crashed' })))
    const [inFlight, away] = [4 * minute, 4 * minute + 20_000].map((until, index) =>
      lost.filter(({ invoked }) => invoked.at < until && invoked.at >= until - (index === 0 ? 10_000 : 20_000)),
    )
    expect(inFlight?.flatMap(({ exchanges }) => exchanges.map(({ outcome }) => outcome))).toContainEqual({
      kind: 'aborted',
      reason: 'the process died',
    })
    expect(away?.length).toBeGreaterThan(5)
    expect(away?.every(({ exchanges, invoked, settled }) => exchanges.length === 0 && settled?.at === invoked.at)).toBe(
      true,
    )
    const heard = [
      ...all(dutiful, 'exchange.sent'),
      ...all(dutiful, 'operation.ok'),
      ...all(dutiful, 'operation.error'),
    ]
    expect(heard.filter(({ at }) => at >= 4 * minute && at < 4 * minute + 20_000)).toEqual([])
    expect(judgeBy('no-lost-write', dutiful.history).verdict).toBe('pass')
    expect(judgeBy('stays-alive', dutiful.history).verdict).toBe('pass')
    expect(all(dutiful, 'run.ended')).toMatchObject([{ leakedTimers: 0, inFlight: 0, reason: 'done' }])
  },
)

test('a queue in memory dies with its process', { timeout: 60_000 }, () => {
  const { history } = replayed(scenario('', `${sick}\n${died}`), 'careless')
  const sent = new Set(history.all('exchange.sent').map(({ key }) => key))
  const gone = operations(history).filter(({ outcome, invoked }) => outcome === 'queued' && !sent.has(invoked.key))
  expect(gone.length).toBeGreaterThan(5)
  expect(gone.every(({ invoked }) => invoked.at < 4 * minute)).toBe(true)
})

test('a client that cannot start again is dead', { timeout: 60_000 }, () => {
  const { history } = replayed(scenario('', died), 'stillborn')
  expect(history.all('client.crashed')).toMatchObject([
    { cause: 'uncaught', message: 'Error: the address is in use (when the client was started again)' },
  ])
  expect(history.all('run.ended')).toMatchObject([{ reason: 'crashed' }])
  expect(judgeBy('stays-alive', history).verdict).toBe('fail')
})

test('an engine that goes away while a client is created is nothing that the client did', { timeout: 60_000 }, () => {
  expect(() => replayed(scenario('', died), 'engineless')).toThrow(
    /^UserError: The container engine stopped answering/u,
  )
})

test('operators rotate tokens, restart and pull levers, because of the incident only', { timeout: 60_000 }, () => {
  const actions = `actions:
  - { at: 10:05Z, do: queue.pause }
  - { at: 10:06Z, do: queue.burn }
  - { at: 10:06Z, do: coffee.make }
  - { at: 10:06Z, do: rotate-token }
  - { at: 10:07Z, do: restart }`
  const revoked = '  revoked: { kind: token-revoked, where: { workspace: ours }, from: 10:02Z, until: 10:10Z }'
  const text = scenario(actions, revoked)
  const played = replayed(text, 'dutiful')
  expect(played.notOffered).toEqual(['action coffee.make'])
  expect(all(played, 'action.taken').map(({ at, action, done }) => [at, action, done])).toEqual([
    [5 * minute, 'queue.pause', true],
    [6 * minute, 'queue.burn', false],
    [expect.any(Number), 'drain', true],
  ])
  expect(all(played, 'token.rotated')).toMatchObject([{ at: 6 * minute, workspace: 'ours' }])
  expect(all(played, 'client.closed').map(({ how }) => how)).toEqual(['settled', 'settled'])
  const [restarted] = all(played, 'client.restarted')
  expect(restarted).toMatchObject({ at: expect.closeTo(7 * minute, -3), orderly: true })
  const reads = operations(played.history).filter(({ invoked }) => invoked.name === 'contact.read')
  const outcomes = (from: number, until: number) =>
    new Set(reads.filter(({ invoked }) => invoked.at > from && invoked.at < until).map(({ outcome }) => outcome))
  expect(outcomes(2 * minute, 7 * minute)).toEqual(new Set(['error']))
  expect(outcomes((restarted?.at ?? 0) + 1, 20 * minute)).toEqual(new Set(['fresh']))
  const nominal = replayed(text, 'dutiful', false)
  expect([...all(nominal, 'client.restarted'), ...all(nominal, 'token.rotated')]).toEqual([])
})

test('a health check is asked every minute, in both twins, and nonsense is a report too', { timeout: 60_000 }, () => {
  const problems = 'problems:\n  sick: { from: 10:02Z, until: 10:06Z, whose: theirs, cause: provider, within: 2m }'
  const text = scenario(problems, sick)
  const dutiful = replayed(text, 'dutiful')
  const said = all(dutiful, 'health.reported')
  expect(said.map(({ at }) => at)).toEqual(Array.from({ length: 19 }, (_, index) => (index + 1) * minute))
  expect(said.find(({ at }) => at === 3 * minute)).toMatchObject({
    status: 'down',
    problem: 'theirs',
    cause: 'provider',
  })
  expect(judgeBy('health-names-the-problem', dutiful.history).verdict).toBe('pass')
  const careless = replayed(text, 'careless', false)
  expect(all(careless, 'health.reported')).toHaveLength(19)
  expect(all(careless, 'health.reported')[0]).toMatchObject({ status: 'unknown', problem: null, why: 'Error: no idea' })
})

test(
  'notifications are delivered, tried again, doubled, forged, and lost while nobody is there',
  { timeout: 60_000 },
  () => {
    const faults = [
      sick,
      died,
      '  doubled: { kind: webhook-duplicate, from: 10:07Z, until: 10:08Z, with: { times: 2, after: 1m } }',
      '  forged: { kind: webhook-forge, from: 10:08Z, until: 10:09Z }',
    ].join('\n')
    const dutiful = replayed(scenario(mail, faults), 'dutiful')
    const told = notifications(dutiful.history)
    const genuine = told.filter(({ forged }) => !forged)
    expect(genuine.length).toBeGreaterThan(120)
    expect(all(dutiful, 'effect.committed').filter(({ exchange }) => exchange === null).length).toBe(genuine.length)
    const within = (from: number, until: number) =>
      genuine.filter(({ deliveries }) => (deliveries[0]?.sent.at ?? 0) >= from && (deliveries[0]?.sent.at ?? 0) < until)
    const slow = within(3 * minute, 4 * minute - 5_000)
    expect(slow.every(({ deliveries }) => deliveries[0]?.end?.kind === 'webhook.failed')).toBe(true)
    expect(
      slow.every(
        ({ deliveries: [first, second] }) =>
          second?.sent.attempt === 2 && second.sent.at === (first?.end?.at ?? 0) + minute,
      ),
    ).toBe(true)
    const away = within(4 * minute, 4 * minute + 20_000)
    expect(away.map(({ deliveries }) => deliveries[0]?.end)).toMatchObject(away.map(() => ({ reason: 'down' })))
    expect(within(7 * minute, 8 * minute).every(({ deliveries }) => deliveries.length === 3)).toBe(true)
    expect(told.filter(({ forged }) => forged).length).toBeGreaterThan(5)
    expect(judgeBy('webhooks-acted-once', dutiful.history).verdict).toBe('pass')
    expect(judgeBy('forged-webhooks-refused', dutiful.history).verdict).toBe('pass')
    const careless = replayed(scenario(mail, faults), 'careless')
    expect(judgeBy('webhooks-acted-once', careless.history).verdict).toBe('fail')
    expect(judgeBy('forged-webhooks-refused', careless.history).verdict).toBe('fail')
  },
)

test('the same seed tells the same story, byte by byte', { timeout: 60_000 }, () => {
  const text = scenario(mail, `${sick}\n${died}`)
  expect(replayed(text, 'dutiful').text).toBe(replayed(text, 'dutiful').text)
})
