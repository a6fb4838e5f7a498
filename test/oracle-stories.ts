// One history that each oracle must pass and one that it must fail, told here and kept as files in fixtures/histories, so that
// a change of the format or of a rule shows.

import type { History } from '#history/history.ts'
import { resolveThresholds } from '#oracle/panel.ts'
import { createStory, minute, type Story } from './history-builder.ts'
import { promises } from './judging.ts'
import { breakerStories } from './stories/breaker.ts'
import { loadStories } from './stories/load.ts'
import { memoryStories } from './stories/memory.ts'
import { propertiesStories } from './stories/properties.ts'
import { retryStories } from './stories/retry.ts'
import type { Stories } from './stories/story-pair.ts'
import { timeStories } from './stories/time.ts'
import { act, deliver, report } from './webhook-stories.ts'

const entity = 'contact:1'
const conversation = 'conversation:7'

function failedRead(story: Story, ends: readonly number[], gapMs = 1_000): void {
  const read = story.ask('contact.read', { at: '20m', entity })
  ends.forEach((status, index) => story.attempt(read, { at: 20 * minute + index * gapMs, ends: status }))
  story.error(read, { at: '20m9s' })
}

function many(count: number, tell: (at: number, index: number) => void, gapMs = 10_000): void {
  for (let index = 0; index < count; index += 1) tell(10 * minute + index * gapMs, index)
}

function reply(story: Story, ends: readonly (number | 'abort')[], at = 31 * minute): number {
  const asked = story.ask('conversation.reply', { at, key: 'a', entity: conversation })
  ends.forEach((end, index) => {
    const commits = { entity: conversation, key: 'a', version: index + 2 }
    story.attempt(asked, { at: at + index * 4_000, took: '2s', ends: end, commits })
  })
  return asked
}

function written(
  story: Story,
  did: { readonly fulfils?: readonly number[]; readonly lacks?: readonly string[] },
): void {
  const asked = story.ask('conversation.reply', { at: '31m', key: 'a', entity: conversation, content: ['body'] })
  story.attempt(asked, { at: '31m', ends: 200, key: 'a', commits: { entity: conversation, key: 'a', ...did } })
  story.ok(asked, { at: '31m1s' })
}

const outage = {
  name: 'outage',
  from: 10 * minute,
  until: 30 * minute,
  whose: 'theirs',
  cause: 'provider',
  withinMs: 15 * minute,
} as const

export const oracleStories: Stories = {
  ...retryStories,
  ...timeStories,
  ...breakerStories,
  ...loadStories,
  ...memoryStories,
  ...propertiesStories,
  'stays-alive': {
    pass: (story) => void story.read({ at: '1m' }),
    fail: (story) => {
      const read = story.ask('contact.read', { at: '20m', entity })
      story.attempt(read, { at: '20m', took: '3s', ends: 'abort' })
      story.event('20m10s', { kind: 'client.crashed', cause: 'stalled', operation: read, message: 'silent for 5 s' })
      story.unknown(read, { at: '20m10s', reason: 'crashed' })
      story.event('20m10s', { kind: 'run.ended', leakedTimers: 0, inFlight: 0, unread: 0, reason: 'crashed' })
    },
  },
  'settles-within-promise': {
    pass: (story) => void story.read({ at: '20m', took: '10s' }),
    fail: (story) => void story.read({ at: '20m', took: '20s' }),
  },
  'degraded-as-promised': {
    pass: (story) => {
      story.read({ at: '1m', entity })
      const read = story.ask('contact.read', { at: '20m', entity })
      story.attempt(read, { at: '20m', took: '3s', ends: 'abort' })
      story.ok(read, { at: '20m3s', result: 'stale', ageMs: 1_142_900, truth: { entity } })
    },
    fail: (story) => {
      story.read({ at: '1m', entity })
      failedRead(story, [503])
    },
  },
  'honest-degradation': {
    pass: (story) => {
      story.read({ at: '1m', entity })
      const read = story.ask('contact.read', { at: '20m', entity })
      story.ok(read, { at: '20m', result: 'stale', ageMs: 1_139_900, truth: { entity } })
    },
    fail: (story) => {
      story.read({ at: '1m', entity })
      const read = story.ask('contact.read', { at: '20m', entity })
      story.ok(read, { at: '20m', truth: { entity } })
    },
  },
  'bounded-attempts': {
    pass: (story) => failedRead(story, [503, 503, 503]),
    fail: (story) => failedRead(story, [503, 503, 503, 503, 503, 503, 503]),
  },
  'backs-off': {
    pass: (story) => many(20, () => failedRead(story, [503, 503])),
    fail: (story) => many(20, () => failedRead(story, [503, 503], 100)),
  },
  'transient-is-retried': {
    header: { expect: [{ oracle: 'transient-is-retried', settings: {} }] },
    pass: (story) => many(100, (at, index) => flaky(story, at, index, true), 1_000),
    fail: (story) => many(100, (at, index) => flaky(story, at, index, false), 1_000),
  },
  'permanent-not-retried': {
    pass: (story) => failedRead(story, [422]),
    fail: (story) => failedRead(story, [422, 422]),
  },
  amplification: {
    pass: (story) => many(50, () => failedRead(story, [503])),
    fail: (story) => many(50, () => failedRead(story, [503, 503, 503])),
  },
  'no-duplicate-effect': {
    pass: (story) => story.error(reply(story, ['abort']), { at: '31m9s' }),
    fail: (story) => story.ok(reply(story, ['abort', 200]), { at: '31m9s' }),
  },
  'no-lost-write': {
    pass: (story) => {
      const asked = story.ask('conversation.reply', { at: '31m', key: 'a', entity: conversation })
      story.ok(asked, { at: '31m', result: 'queued' })
      story.attempt(null, {
        at: '33m',
        method: 'POST',
        ends: 200,
        key: 'a',
        commits: { entity: conversation, key: 'a' },
      })
    },
    fail: (story) => {
      const asked = story.ask('conversation.reply', { at: '31m', key: 'a', entity: conversation })
      story.ok(asked, { at: '31m', result: 'queued' })
    },
  },
  'writes-what-was-asked': {
    pass: (story) => written(story, { fulfils: [0] }),
    fail: (story) => written(story, { lacks: ['body'] }),
  },
  'cancels-promptly': {
    pass: (story) => cancelled(story, 'abort', 5_000),
    fail: (story) => cancelled(story, 200, 18_000),
  },
  'sends-nothing-after-settling': {
    pass: (story) => failedRead(story, [503, 503]),
    fail: (story) => failedRead(story, [503, 503], 10_000),
  },
  unaffected: {
    header: { expect: [{ oracle: 'unaffected', settings: { load: 'control', success: 0.99 } }] },
    pass: (story) => many(30, (at) => story.read({ at, load: 'control' })),
    fail: (story) =>
      many(30, (at) => {
        const read = story.ask('contact.read', { at, load: 'control' })
        story.error(read, { at: at + 9_000 })
      }),
  },
  recovers: {
    pass: (story) => many(49, (at) => void story.read({ at }), minute),
    fail: (story) => many(49, (at) => story.error(story.ask('contact.read', { at }), { at: at + 1 }), minute),
  },
  'webhooks-acted-once': {
    pass: (story) => {
      deliver(story, 1, { at: '20m', id: 'notif_1', answer: 'timeout', after: 5_000 })
      deliver(story, 2, { at: '21m', id: 'notif_1', answer: 200, attempt: 2 })
      act(story, '22m', 'notif_1')
    },
    fail: (story) => {
      deliver(story, 1, { at: '20m', id: 'notif_1', answer: 200 })
      act(story, '20m1s', 'notif_1')
      deliver(story, 2, { at: '40m', id: 'notif_1', answer: 200 })
      act(story, '40m1s', 'notif_1')
    },
  },
  'forged-webhooks-refused': {
    pass: (story) => deliver(story, 1, { at: '20m', id: 'notif_9', answer: 401, forged: true }),
    fail: (story) => deliver(story, 1, { at: '20m', id: 'notif_9', answer: 200, forged: true }),
  },
  'keeps-serving': {
    header: { expect: [{ oracle: 'keeps-serving', settings: { load: 'reads' } }] },
    pass: (story) =>
      many(12, (at) => story.ok(story.ask('contact.read', { at }), { at: at + 1, result: 'stale', ageMs: 1 })),
    fail: (story) => many(12, (at) => story.error(story.ask('contact.read', { at }), { at: at + 1 })),
  },
  'catches-up': {
    header: { expect: [{ oracle: 'catches-up', settings: { within: 10 * minute } }] },
    pass: (story) => piledUp(story, 35 * minute),
    fail: (story) => piledUp(story, 45 * minute),
  },
  'health-names-the-problem': {
    header: { problems: [outage] },
    pass: (story) => {
      report(story, minute, 12 * minute, {})
      report(story, 12 * minute, 30 * minute, { status: 'down', problem: 'theirs', cause: 'provider' })
      report(story, 30 * minute, 60 * minute, {})
    },
    fail: (story) => report(story, minute, 60 * minute, {}),
  },
  'no-leaks': {
    pass: (story) => closed(story, 0),
    fail: (story) => closed(story, 2),
  },
}

/** Queued for a day in the middle of the incident. */
function piledUp(story: Story, sentAt: number): void {
  const asked = story.ask('contact.upsert', { at: '20m', key: 'a', entity })
  story.ok(asked, { at: '20m', result: 'queued' })
  story.attempt(null, { at: sentAt, method: 'POST', ends: 200, key: 'a', commits: { entity, key: 'a' } })
}

function flaky(story: Story, at: number, index: number, retried: boolean): void {
  if (index % 15 !== 14) return void story.read({ at })
  const read = story.ask('contact.read', { at, entity })
  story.attempt(read, { at, ends: 503 })
  if (!retried) return story.error(read, { at: at + 100 })
  story.attempt(read, { at: at + 1_100, ends: 200, contains: { [entity]: 1 } })
  return story.ok(read, { at: at + 1_200, truth: { entity } })
}

function cancelled(story: Story, ends: number | 'abort', took: number): void {
  const read = story.ask('contact.read', { at: '1m', entity })
  story.attempt(read, { at: '1m', took, ends })
  story.cancel(read, { at: '1m5s' })
  story.error(read, { at: '1m5s' })
}

function closed(story: Story, leakedTimers: number): void {
  story.event('60m', { kind: 'client.closed', how: 'settled', message: '' })
  story.event('60m', { kind: 'run.ended', leakedTimers, inFlight: 0, unread: 0, reason: 'done' })
}

/** The header holds the thresholds of this oracle only, so that others may change without changing the file. */
export function oracleStory(oracle: string, side: 'pass' | 'fail'): History {
  const pair = oracleStories[oracle]
  if (!pair) throw new Error(`Nobody told a story for the oracle "${oracle}".`)
  const expect = pair.header?.expect ?? []
  const thresholds = resolveThresholds('default', expect).filter((threshold) => threshold.oracle === oracle)
  const story = createStory({ promises, title: `${oracle}: ${side}`, ...pair.header, thresholds })
  pair[side](story)
  return story.history()
}
