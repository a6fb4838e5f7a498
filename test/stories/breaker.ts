// Stories of the oracles about circuits and isolation.

import type { BreakerFacts } from '#history/promises.ts'
import { minute, type End, type Story, type Time } from '../history-builder.ts'
import type { Stories } from './story-pair.ts'

export const breaker: BreakerFacts = {
  failures: 3,
  restMs: 10_000,
  probes: 1,
  per: 'workspace',
  guards: ['contact.read', 'conversation.reply'],
}

type Facts = NonNullable<Parameters<Story['ask']>[1]>

/** Asked, sent, and ended like that. */
export function failed(
  story: Story,
  at: number,
  ends: End = 503,
  facts: Partial<Facts> & { took?: Time } = {},
): number {
  const { took = 100, ...asked } = facts
  const read = story.ask('contact.read', { at, ...asked })
  story.attempt(read, { at, took, ends })
  story.error(read, { at: at + Number(took) })
  return read
}

/** Asked, and refused without a request. */
export function held(story: Story, at: number, facts: Partial<Facts> = {}): void {
  story.error(story.ask('contact.read', { at, ...facts }), { at })
}

/** One more failure than declared, a second apart: the breaker must be open after the last. */
export function trip(story: Story, from: number, count = breaker.failures + 1): void {
  for (let index = 0; index < count; index += 1) failed(story, from + index * 1_000)
}

/** When the outage of these stories begins, and when the breaker must have opened. */
export const outageAt = 20 * minute
export const trippedAt = outageAt + 3_000

const header = { declares: { breaker } }

export const breakerStories: Stories = {
  'breaker-trips': {
    header,
    pass: (story) => {
      trip(story, outageAt)
      held(story, trippedAt + 2_000)
      failed(story, trippedAt + 10_000)
    },
    fail: (story) => trip(story, outageAt, 10),
  },
  'open-breaker-rests': {
    header,
    pass: (story) => {
      trip(story, outageAt)
      held(story, trippedAt + 2_000)
      failed(story, trippedAt + 10_000)
    },
    fail: (story) => {
      trip(story, outageAt)
      held(story, trippedAt + 2_000)
      failed(story, trippedAt + 3_000)
    },
  },
  'breaker-probes-are-few': {
    header,
    pass: (story) => probed(story, 1),
    fail: (story) => probed(story, 5),
  },
  'breaker-recloses': {
    header,
    pass: (story) => returned(story, 30 * minute + 9_000),
    fail: (story) => returned(story, 40 * minute),
  },
  'breaker-ignores-refusals': {
    header,
    pass: (story) => refusals(story, (at) => story.read({ at, entity: 'contact:2', load: 'others' })),
    fail: (story) => refusals(story, (at) => held(story, at, { entity: 'contact:2', load: 'others' })),
  },
  'isolates-failures': {
    pass: (story) => besideAnOutage(story, (at) => story.read({ at, workspace: 'sibling', load: 'control' })),
    fail: (story) =>
      besideAnOutage(story, (at, nth) => {
        if (nth % 5 === 0) story.read({ at, workspace: 'sibling', load: 'control' })
        else held(story, at, { workspace: 'sibling', load: 'control' })
      }),
  },
  'restarts-gently': {
    pass: (story) => restarted(story, 20),
    fail: (story) => restarted(story, 60),
  },
}

/** After a rest so many are sent before the first of them comes back. */
export function probed(story: Story, count: number): void {
  trip(story, outageAt)
  held(story, trippedAt + 2_000)
  for (let index = 0; index < count; index += 1)
    failed(story, trippedAt + 11_000 + index * 100, 'abort', { took: 3_000 })
  held(story, trippedAt + 13_000)
}

/** Open when the fault is lifted at 30 min, and asked every two seconds until `sentAt`, when it is tried. */
export function returned(story: Story, sentAt: number): void {
  const tripsAt = 30 * minute - 5_000
  trip(story, tripsAt)
  for (let at = tripsAt + 5_000; at < sentAt; at += 2_000) held(story, at)
  for (let at = sentAt; at < sentAt + 30_000; at += 2_000) story.read({ at })
}

/** Five imports are refused, and then ten others are asked for. */
export function refusals(
  story: Story,
  tell: (at: number) => void,
  ends: readonly End[] = [422, 422, 422, 422, 422],
): void {
  story.read({ at: 10 * minute, entity: 'contact:2', load: 'others' })
  ends.forEach((end, index) => failed(story, outageAt + index * 1_000, end, { load: 'imports' }))
  for (let nth = 0; nth < 10; nth += 1) tell(outageAt + 10_000 + nth * 2_000)
}

/** One workspace fails from 10 to 30 min; another is asked every 30 s. */
export function besideAnOutage(story: Story, tell: (at: number, nth: number) => void, ends: End = 503): void {
  story.read({ at: 10 * minute - 5_000, workspace: 'sibling', load: 'control' })
  for (let nth = 0; nth < 40; nth += 1) {
    failed(story, 10 * minute + nth * 30_000, ends)
    tell(10 * minute + 5_000 + nth * 30_000, nth)
  }
  story.read({ at: 30 * minute + 5_000, workspace: 'sibling', load: 'control' })
}

export function restarted(story: Story, count: number, gapMs = 100): void {
  for (let at = 60_000; at < 10 * minute; at += 10_000) story.read({ at })
  story.event('20m', { kind: 'client.restarted', instance: 0, orderly: true })
  for (let index = 0; index < count; index += 1)
    story.attempt(null, { at: 20 * minute + index * gapMs, ends: 200, workspace: 'ours' })
}
