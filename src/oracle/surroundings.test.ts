import { expect, test } from 'vitest'
import { exchanges } from '#history/query.ts'
import { createStory, minute, type Story } from '../../test/history-builder.ts'
import { wouldHaveAnswered } from './surroundings.ts'

type Sent = Partial<Parameters<Story['attempt']>[1]>
/** So long after the failure was sent, and what became of it: answered well after 100 ms where nothing is said. */
type Other = readonly [at: number, sent?: Sent]

/** It fails after 100 ms, at 11:20:00.100Z. */
function answered(others: readonly Other[], failure: Sent = {}): boolean {
  const story = createStory()
  const failed = story.attempt(null, { at: 20 * minute, ends: 503, ...failure })
  for (const [at, sent] of others) story.attempt(null, { at: 20 * minute + at, ends: 200, ...sent })
  const history = story.history()
  const found = exchanges(history).find(({ id }) => id === failed)
  if (!found) throw new Error('Nothing failed.')
  return wouldHaveAnswered(history, found, 0.1, 3_000)
}

const bad: Sent = { ends: 503 }
/** So many answers, one of them right before the failure, the others right after it. */
const good = (count: number): readonly Other[] =>
  Array.from({ length: count }, (_, index): Other => [index === 0 ? -500 : 100 + index])

test.for<[title: string, others: readonly Other[], answer: boolean]>([
  ['answers before and after', [[-500], [500]], true],
  ['none before', [[500]], false],
  ['none after', [[-500]], false],
  ['nothing else at all', [], false],
  ['one that came 15 s before', [[-15_100], [500]], true],
  ['one that came earlier', [[-15_101], [500]], false],
  ['one that was sent in the same moment is none before', [[0], [500]], false],
  ['one that was sent in the moment of its end', [[-500], [100]], true],
  ['one that was sent a moment before its end is none after', [[-500], [99]], false],
  ['one that was sent 15 s after', [[-500], [15_100]], true],
  ['one that was sent later', [[-500], [15_101]], false],
  ['an answer that took as long as there is room', [[-500], [500, { took: 3_000 }]], true],
  ['an answer that took longer', [[-500], [500, { took: 3_001 }]], false],
  ['the first answer after it decides', [[-500], [400, { took: 3_001 }], [500]], false],
  ['the last answer before it decides', [[-20_000], [-500], [500]], true],
  ['one in ten failed', [...good(9), [1_000, bad]], true],
  ['one in nine failed', [...good(8), [1_000, bad]], false],
  ['one in nine hangs', [...good(8), [1_000, { ends: 'never' }]], false],
  ['one in nine was refused for good', [...good(8), [1_000, { ends: 404 }]], true],
  ['one in nine failed a minute before', [...good(8), [-59_900, bad]], false],
  ['one in nine failed earlier', [...good(8), [-59_901, bad]], true],
  ['one in nine failed a minute later', [...good(8), [60_100, bad]], false],
  ['one in nine failed after that', [...good(8), [60_101, bad]], true],
  ['another host failed', [...good(8), [1_000, { ...bad, host: 'x.test' }]], true],
  ['another region failed', [...good(8), [1_000, { ...bad, region: 'eu' }]], true],
  ['another product failed', [...good(8), [1_000, { ...bad, product: 'status' }]], true],
  ['another workspace failed', [...good(8), [1_000, { ...bad, workspace: 'sibling' }]], true],
])('%s', ([, others, answer]) => expect(answered(others)).toBe(answer))

/** Answers while it was under way, one before it and one after it. */
const during = (count: number): readonly Other[] => [
  [-500],
  ...Array.from({ length: count }, (_, index): Other => [1_000 + index]),
  [61_000],
]

test.for<[title: string, took: number, others: readonly Other[], answer: boolean]>([
  ['it is itself within the minute: one in ten failed', 60_000, [...during(8), [2_000, bad]], true],
  ['it is itself within the minute: one in nine failed', 60_000, [...during(7), [2_000, bad]], false],
  ['it was sent earlier: one in ten failed', 60_001, [...during(8), [2_000, bad]], true],
  ['it was sent earlier: one in nine failed', 60_001, [...during(7), [2_000, bad]], false],
])('%s', ([, took, others, answer]) => expect(answered(others, { took, ends: 'abort' })).toBe(answer))

test('a failure that has not ended would have been answered by nobody', () => {
  expect(answered(good(9), { ends: 'never' })).toBe(false)
})
