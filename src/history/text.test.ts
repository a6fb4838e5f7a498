import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { continued, firstDifference, linesOf, sha256, wholeText, withFirstLine, type LongText } from './text.ts'

/** The same text in pieces of some lines each. */
function inPieces(text: string, lines: number): LongText {
  const all = text.split(/(?<=\n)/u)
  const pieces = all.flatMap((_, at) => (at % lines === 0 ? [all.slice(at, at + lines).join('')] : []))
  return { pieces: () => pieces, close: () => {} }
}

const lines = fc.array(
  fc.string().map((text) => text.replaceAll('\n', '')),
  { minLength: 1 },
)
const texts = fc.tuple(lines, fc.constantFrom('\n', ''), fc.integer({ min: 1, max: 4 }))

test('in pieces or as a whole, a text says the same', () => {
  fc.assert(
    fc.property(texts, ([all, end, size]) => {
      const text = all.join('\n') + end
      const long = inPieces(text, size)
      expect(wholeText(long)).toBe(text)
      expect(Array.from(linesOf(long))).toEqual(Array.from(linesOf(text)))
      expect(sha256(long)).toBe(sha256(text))
      expect(wholeText(continued(long, 'more\n'))).toBe(continued(text, 'more\n'))
    }),
  )
})

test('another first line, in pieces or as a whole', () => {
  fc.assert(
    fc.property(texts, ([all, end, size]) => {
      const text = `before\n${all.join('\n')}${end}`
      expect(wholeText(withFirstLine(inPieces(text, size), 'first\n'))).toBe(`first\n${all.join('\n')}${end}`)
      expect(withFirstLine(text, 'first\n')).toBe(`first\n${all.join('\n')}${end}`)
    }),
  )
})

test('two texts differ from a line on', () => {
  expect(firstDifference('a\nb\nc\n', 'a\nb\nd\n')).toBe(3)
  expect(firstDifference('a\nb\n', 'a\n')).toBe(2)
  expect(firstDifference(inPieces('a\nb\nc\n', 1), inPieces('a\nx\nc\n', 2))).toBe(2)
})
