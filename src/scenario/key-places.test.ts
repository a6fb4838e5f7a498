// Goal: a setting is found on the line where somebody wrote it, however they write. Method: configs as text, and the line of each key.

import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { keyPlaces } from './key-places.ts'

function linesIn(text: string): Record<string, number> {
  const places = keyPlaces(text).filter(({ path }) => path.length > 0)
  const lineAt = (offset: number) => text.slice(0, offset).split('\n').length
  return Object.fromEntries(places.map(({ path, key, value }) => [path.join('.'), lineAt((key ?? value).start)]))
}

test.for<[string, string, Record<string, number>]>([
  ['an object', "export default {\n  client: 'desk',\n  seed: 7,\n}", { client: 2, seed: 3 }],
  [
    'defineConfig, maps in maps, lists',
    "import { defineConfig } from 'brownout'\nexport default defineConfig({\n  fuzz: { runs: 5,\n    mode: 'any' },\n  gate: ['a',\n    'b'],\n})\n",
    { fuzz: 3, 'fuzz.runs': 3, 'fuzz.mode': 4, gate: 5, 'gate.0': 5, 'gate.1': 6 },
  ],
  [
    'a constant with a type',
    'const config: Config = {\n  // seed: 1,\n  seed: 2,\n}\nexport default config\n',
    { seed: 3 },
  ],
  ['CommonJS', 'module.exports = {\n  seed: 2 }', { seed: 2 }],
  [
    'brackets in texts and comments',
    "export default {\n  client: '}{', /* } */ // ]\n  gate: [`${'}'}]`],\n  seed: 3 }",
    { client: 2, gate: 3, 'gate.0': 3, seed: 4 },
  ],
  [
    'quoted keys, casts, shorthands, spreads and what is computed',
    "export default {\n  'client': 'a' as const,\n  ...others,\n  seed,\n  [key]: { x: 1 },\n  seeds: Number(f({ a: [1] })) } satisfies Config",
    { client: 2, seed: 4, seeds: 6 },
  ],
  ['what is made elsewhere', 'export default make({ seed: 1 })', {}],
])('%s', ([, text, lines]) => {
  expect(linesIn(text)).toEqual(lines)
})

test('whatever stands in the file, reading it ends, and every place is in it', () => {
  const pieces = [
    '{',
    '}',
    '[',
    ']',
    '(',
    ')',
    ',',
    ':',
    "'",
    '"',
    '`',
    '//',
    '/*',
    '*/',
    '\n',
    'a',
    '...',
    '\\',
    '1',
    '=',
  ]
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom(...pieces), maxLength: 60 }), (rest) => {
      const text = `export default {${rest}`
      for (const { key, value } of keyPlaces(text))
        for (const { start, end } of [key ?? value, value]) {
          expect(start).toBeLessThanOrEqual(text.length)
          expect(end).toBeGreaterThan(start)
        }
    }),
  )
})
