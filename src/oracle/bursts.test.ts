import { expect, test } from 'vitest'
import { operations } from '#history/query.ts'
import { createStory } from '../../test/history-builder.ts'
import { wordsForBursts } from './bursts.ts'

const two = 'two layers retry, and none counts the attempts of another'

test.for<[string, readonly number[], string]>([
  ['bursts of three', [100, 100, 1_000, 100, 100, 1_000, 100, 100], `, in bursts of 3: ${two}`],
  ['twice as long may be jitter', [100, 200, 100, 200, 100], ''],
  ['longer than that is a pattern', [100, 201, 100, 201, 100], `, in bursts of 2: ${two}`],
  ['two bursts may be chance', [100, 1_000, 100], ''],
  ['no pause at all counts as one millisecond', [0, 2, 0, 2, 0], ''],
  ['which three are clearly beyond', [0, 3, 0, 3, 0], `, in bursts of 2: ${two}`],
  ['five are the most', [1, 1, 1, 1, 99, 1, 1, 1, 1, 99, 1, 1, 1, 1], `, in bursts of 5: ${two}`],
  ['six are no burst', [1, 1, 1, 1, 1, 99, 1, 1, 1, 1, 1, 99, 1, 1, 1, 1, 1], ''],
  [
    'bursts of bursts',
    [1, 1_000, 1, 5_000, 1, 1_000, 1, 5_000, 1, 1_000, 1],
    `, in bursts of 2 times 2: ${two.replace('two', 'three')}`,
  ],
])('%s', ([, pauses, words]) => {
  const story = createStory()
  const read = story.ask('contact.read', { at: 0, entity: 'contact:1' })
  let at = 0
  for (const pause of [...pauses, 0]) {
    story.attempt(read, { at, ends: 503 })
    at += 100 + pause
  }
  story.error(read, { at })
  expect(wordsForBursts(operations(story.history())[0]?.exchanges ?? [])).toBe(words)
})
