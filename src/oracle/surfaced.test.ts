import { expect, test } from 'vitest'
import { cameWith, textsOf, wordsForError } from './surfaced.ts'

test('an error of 120 characters is shown whole, and one more is cut', () => {
  expect(wordsForError({ name: 'E', message: 'x'.repeat(117) })).toBe(`"E: ${'x'.repeat(117)}"`)
  expect(wordsForError({ name: 'E', message: 'x'.repeat(118) })).toBe(`"E: ${'x'.repeat(117)}…"`)
  expect(wordsForError({ name: 'E', message: '' })).toBe('"E"')
})

test('what comes within a millisecond came with it', () => {
  expect([99, 100, 101, 102].map((at) => cameWith(100, at))).toEqual([false, true, true, false])
  expect(cameWith(null, 0)).toBe(false)
})

test('codes are texts too', () => {
  const causes = [
    { name: 'C', message: 'd', code: 'F' },
    { name: 'G', message: 'h' },
  ]
  expect(textsOf({ name: 'A', message: 'b', code: 'E', causes })).toEqual(['A', 'b', 'E', 'C', 'd', 'F', 'G', 'h', ''])
})
