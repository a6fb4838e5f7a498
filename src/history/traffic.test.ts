import { expect, test } from 'vitest'
import { createStory } from '../../test/history-builder.ts'
import { peakInFlight, peakSends } from './traffic.ts'

/** Reads asked at these moments, each of which took so long. */
function history(starts: readonly number[], took: number) {
  const story = createStory()
  for (const at of starts) story.read({ at, took })
  return story.history()
}

test.for([
  { title: 'nothing', starts: [], took: 100, sends: 0, inFlight: 0 },
  { title: 'one after the other', starts: [0, 20_000, 40_000], took: 100, sends: 1, inFlight: 1 },
  { title: 'three within ten seconds', starts: [0, 4_000, 9_999, 30_000], took: 100, sends: 3, inFlight: 1 },
  { title: 'ten seconds apart are two windows', starts: [0, 10_000], took: 100, sends: 1, inFlight: 1 },
  { title: 'all at once', starts: [5_000, 5_000, 5_000], took: 100, sends: 3, inFlight: 3 },
  { title: 'slow ones pile up', starts: [0, 1_000, 2_000], took: 5_000, sends: 3, inFlight: 3 },
])('$title: the peak of sends and of what is under way', ({ starts, took, sends, inFlight }) => {
  const told = history(starts, took)
  expect([peakSends(told), peakInFlight(told)]).toEqual([sends, inFlight])
})

test('sends can be counted for a part of the run', () => {
  const told = history([0, 1_000, 2_000, 50_000, 51_000], 100)
  expect(peakSends(told, 40_000)).toBe(2)
  expect(peakSends(told, 0, 2_000)).toBe(2)
})
