import { expect, test } from 'vitest'
import { operations } from '#history/query.ts'
import { createStory, minute, type Story } from '../../test/history-builder.ts'
import { isOffered, isSlow, judged, latencyLimit, slowAllowed, slowByChance, usualOutcomes, wentWell } from './loads.ts'

type Ended = 'fresh' | 'queued' | 'stale' | 'error'

/** Asked of one load before the first fault at 10 min, and ended like this. */
function usualAmong(ends: readonly Ended[], firstFaultAt: number | null = 10 * minute): readonly string[] {
  const story = createStory({ firstFaultAt })
  ends.forEach((result, at) => {
    const read = story.ask('contact.read', { at, load: 'reads' })
    if (result === 'error') story.error(read, { at: at + 1 })
    else story.ok(read, { at: at + 1, result })
  })
  for (let at = 10 * minute; at < 11 * minute; at += 1_000)
    story.ok(story.ask('contact.read', { at, load: 'reads' }), { at: at + 1, result: 'queued' })
  story.ok(story.ask('contact.read', { at: 11 * minute, load: 'reads' }), { at: 11 * minute, result: 'stale' })
  const history = story.history()
  const usual = usualOutcomes(history)
  const later = operations(history).filter(({ invoked }) => invoked.at >= 10 * minute)
  return [...new Set(later.filter(usual).map(({ outcome }) => outcome))]
}

function times(count: number, ended: Ended): Ended[] {
  return Array<Ended>(count).fill(ended)
}

test.for<[title: string, ends: readonly Ended[], usual: readonly string[]]>([
  ['half of them queued', [...times(5, 'queued'), ...times(5, 'fresh')], ['queued']],
  ['fewer than half queued', [...times(5, 'queued'), ...times(6, 'fresh')], []],
  ['one copy in ten', [...times(1, 'stale'), ...times(9, 'fresh')], ['stale']],
  ['one copy in eleven', [...times(1, 'stale'), ...times(10, 'fresh')], []],
  ['errors are not counted', [...times(1, 'stale'), ...times(9, 'fresh'), ...times(9, 'error')], ['stale']],
  ['both', [...times(5, 'queued'), ...times(5, 'stale')], ['queued', 'stale']],
])('how a load works when all is well: %s', ([, ends, usual]) => expect(usualAmong(ends)).toEqual(usual))

test('without faults all of it is usual', () => expect(usualAmong(times(59, 'fresh'), null)).toEqual(['queued']))

test('what is usual is as good as fresh, in that load only', () => {
  const story = createStory()
  const tell = (load: string, result: 'fresh' | 'queued' | 'fallback', at: number): void =>
    story.ok(story.ask('contact.read', { at, load }), { at: at + 1, result })
  tell('front', 'queued', 0)
  for (const load of ['front', 'other'])
    for (const result of ['fresh', 'queued', 'fallback'] as const) tell(load, result, 20 * minute)
  const history = story.history()
  const well = operations(history).map((operation) => wentWell(operation, usualOutcomes(history)))
  expect(well.slice(1)).toEqual([true, true, false, true, false, false])
})

test('what a person left, and what the harness cut off, is not judged', () => {
  const story = createStory()
  const ask = (at: number): number => story.ask('contact.read', { at, load: 'reads' })
  story.error(ask(0), { at: 1 })
  story.unknown(ask(1), { at: 60 * minute })
  for (const reason of ['crashed', 'limit'] as const) story.unknown(ask(2), { at: 3, reason })
  const left = ask(4)
  story.cancel(left, { at: 5 })
  story.error(left, { at: 6 })
  ask(7)
  const history = story.history()
  expect(judged(history).map(({ id }) => id)).toEqual([0, 1])
  expect(['reads', 'writes'].map((load) => isOffered(history, load))).toEqual([true, false])
})

test('a latency is as usual below a factor of the usual, and below a tenth of a second more', () => {
  const history = createStory().history()
  expect(latencyLimit(history, 'reads', 2)).toBe(400)
  expect(latencyLimit(history, 'reads', 1.2)).toBe(300)
  expect(latencyLimit(history, 'unknown', 2)).toBe(Number.POSITIVE_INFINITY)
})

test('one in a hundred may be slow, and one of fewer', () => {
  expect([0, 1, 199, 200, 300].map(slowAllowed)).toEqual([1, 1, 1, 2, 3])
})

test('chance adds three standard deviations', () => {
  expect([0, 1, 11, 12, 100, 144, 400].map(slowByChance)).toEqual([1, 1, 1, 1, 4, 5, 10])
})

test('slow is what took longer than the limit, and what never settled took nothing', () => {
  const story: Story = createStory()
  story.read({ at: 0, took: 100 })
  story.unknown(story.ask('contact.read', { at: 0 }), { at: 60 * minute })
  const all = operations(story.history())
  expect([99, 100].map((limitMs) => all.map((operation) => isSlow(operation, limitMs)))).toEqual([
    [true, false],
    [false, false],
  ])
})
