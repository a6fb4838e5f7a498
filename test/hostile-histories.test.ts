// Goal: no history from a file, however it was edited, breaks an oracle. Method: one value of a sound history is replaced by
// something that does not belong there; then it is either refused in a sentence, or every oracle can judge it.

import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { isUserError } from '#context/user-error.ts'
import { rejudge } from '#engine/rejudge.ts'
import { encodeHistory } from '#history/codec.ts'
import { readHistory } from '#history/read-history.ts'
import { oracleStories, oracleStory } from './oracle-stories.ts'

type Json = null | boolean | number | string | Json[] | { [key: string]: Json }

const strange: readonly Json[] = [
  null,
  true,
  false,
  0,
  -1,
  1,
  0.5,
  7,
  1e6,
  1e12,
  1e15,
  1e300,
  -1e300,
  9_007_199_254_740_992,
  '',
  'x',
  '__proto__',
  'constructor',
  'toString',
  'contact:1',
  '\u202E',
  'é'.repeat(500),
  [],
  [null],
  [[]],
  {},
  { x: 1 },
]

const stories = Object.keys(oracleStories).flatMap((oracle) =>
  (['pass', 'fail'] as const).map((side) => [oracle, side] as const),
)
const texts = new Map<string, string>()

function textOf(oracle: string, side: 'pass' | 'fail'): string {
  const known = texts.get(`${oracle} ${side}`) ?? encodeHistory(oracleStory(oracle, side))
  texts.set(`${oracle} ${side}`, known)
  return known
}

/** All places in a value, each as a way to put something else there. */
function places(value: Json, put: (fresh: Json) => void): ((fresh: Json) => void)[] {
  if (typeof value !== 'object' || value === null) return [put]
  const children = Array.isArray(value) ? [...value.entries()] : Object.entries(value)
  const below = children.flatMap(([key, child]) => places(child, (fresh) => Reflect.set(value, key, fresh)))
  return [put, ...below]
}

function mutated(text: string, line: number, place: number, fresh: Json): string {
  const lines = text.trimEnd().split('\n')
  const index = line % lines.length
  const holder = { event: JSON.parse(lines[index] ?? '') as Json }
  const all = places(holder.event, (other) => (holder.event = other))
  all[place % all.length]?.(fresh)
  return `${lines.with(index, JSON.stringify(holder.event)).join('\n')}\n`
}

/** `refused`, or the oracles that broke. */
function judgedOrRefused(text: string): string {
  try {
    const result = rejudge(readHistory(text, 'h'), text, 'h', { overrides: [] })
    if (result.kind !== 'judged') return result.kind
    const broken = result.verdicts.filter(({ verdict }) => verdict === 'error')
    return broken.map((verdict) => (verdict.verdict === 'error' ? verdict.message : '')).join('; ')
  } catch (error) {
    if (isUserError(error)) return ''
    throw error
  }
}

test('what is edited into a history is refused, or judged by every oracle', { timeout: 120_000 }, () => {
  const place = fc.record({
    story: fc.constantFrom(...stories),
    // The header is one line of many, and has more places than all the others.
    line: fc.oneof(fc.constant(0), fc.nat(1_000)),
    place: fc.nat(100_000),
    fresh: fc.constantFrom(...strange),
  })
  fc.assert(
    fc.property(place, ({ story: [oracle, side], line, place: nth, fresh }) => {
      expect(judgedOrRefused(mutated(textOf(oracle, side), line, nth, fresh))).toBe('')
    }),
    { numRuns: Number(process.env['HOSTILE_RUNS'] ?? 400), seed: 1 },
  )
})
