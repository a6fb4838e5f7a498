import { expect, test } from 'vitest'
import { exchanges } from '#history/query.ts'
import { createStory, minute, type Story } from '../../test/history-builder.ts'
import { isClockSure, silenceAskedBy, type Silence } from './silence.ts'

type Sent = Partial<Parameters<Story['attempt']>[1]>

const at = 20 * minute

/** Answered 100 ms after 11:20. */
function asked(facts: Sent): Silence | undefined {
  const story = createStory()
  story.attempt(null, { at, ends: 429, ...facts })
  const history = story.history()
  return exchanges(history).map((exchange) => silenceAskedBy(history, exchange))[0]
}

const from = at + 100

test.for<[title: string, facts: Sent, silence: Silence | undefined]>([
  ['seconds', { retryAfter: '30' }, { from, until: from + 30_000, by: 'seconds' }],
  ['a part of a second', { retryAfter: ' 0.5 ' }, { from, until: from + 500, by: 'seconds' }],
  ['no second', { retryAfter: '0' }, undefined],
  ['less than none', { retryAfter: '-1' }, undefined],
  ['for ever', { retryAfter: '9'.repeat(400) }, undefined],
  ['nonsense', { retryAfter: 'soon' }, undefined],
  ['a date', { retryAfter: 'Mon, 27 Apr 2026 11:20:30 GMT' }, { from, until: at + 30_000, by: 'date' }],
  ['a date that is past', { retryAfter: 'Mon, 27 Apr 2026 11:20:00 GMT' }, undefined],
  ['the end of a rate window', { resetAt: at + 10_000 }, { from, until: at + 10_000, by: 'reset' }],
  ['the end of one that is over', { resetAt: from }, undefined],
  ['seconds say more than the window', { retryAfter: '5', resetAt: at }, { from, until: from + 5_000, by: 'seconds' }],
  ['nonsense says more as well', { retryAfter: 'soon', resetAt: at + 10_000 }, undefined],
  ['a 503 with seconds', { ends: 503, retryAfter: '30' }, { from, until: from + 30_000, by: 'seconds' }],
  ['a 503 with a window', { ends: 503, resetAt: at + 10_000 }, undefined],
  ['a 429 with nothing', {}, undefined],
  ['a 500 with seconds', { ends: 500, retryAfter: '30' }, undefined],
  ['no answer', { ends: 'ECONNRESET', retryAfter: '30' }, undefined],
])('how long an answer asks to stay away: %s', ([, facts, silence]) => expect(asked(facts)).toEqual(silence))

/** Two disturbances of the client’s process, one of which is named twice, and a fault on the wire. */
function disturbed() {
  const story = createStory()
  const exchange = story.attempt(null, { at: minute, ends: 200 })
  const hit = { kind: 'fault.hit', effect: 'none' } as const
  story.event(minute, { ...hit, fault: 'wire', exchange, decision: 'delay' })
  story.event(minute, { ...hit, fault: 'wire', exchange: null, decision: 'drop' })
  for (const fault of ['clock', 'later']) story.event(minute, { ...hit, fault, exchange: null, decision: 'condition' })
  story.event(2 * minute, { kind: 'fault.started', fault: 'wire' })
  story.event(10 * minute, { kind: 'fault.started', fault: 'clock' })
  story.event(15 * minute, { kind: 'fault.lifted', fault: 'wire' })
  story.event(20 * minute, { kind: 'fault.lifted', fault: 'clock' })
  story.event(25 * minute, { kind: 'fault.lifted', fault: 'clock' })
  story.event(40 * minute, { kind: 'fault.started', fault: 'later' })
  return story.history()
}

test('a clock is sure but for the time in which something is done to the process', () => {
  const times = [3 * minute, 10 * minute - 1, 10 * minute, 20 * minute - 1, 20 * minute, 40 * minute, 59 * minute]
  const history = disturbed()
  expect(times.map((time) => isClockSure(history, time))).toEqual([true, true, false, false, true, false, false])
})
