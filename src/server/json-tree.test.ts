import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { isUserError } from '#context/user-error.ts'
import { parseJsonTree, placeOf } from './json-tree.ts'
import type { JsonNode } from './json-tree.ts'

function plain(node: JsonNode): unknown {
  if (node.kind === 'scalar') return node.value
  if (node.kind === 'list') return node.items.map(plain)
  const members = [...node.members].map(([name, { node: value }]) => [name, plain(value)] as const)
  return Object.fromEntries(members)
}

const parse = (text: string) => plain(parseJsonTree(text, 'shop.json'))

function failure(text: string): string {
  try {
    parse(text)
  } catch (error) {
    if (isUserError(error)) return error.toString().split('\n')[0] ?? ''
    throw error
  }
  return 'none'
}

test('reads what JSON.parse reads', () => {
  fc.assert(
    fc.property(fc.json({ maxDepth: 6 }), fc.constantFrom(undefined, 2, '\t'), (text, indent) => {
      const value: unknown = JSON.parse(text)
      expect(parse(JSON.stringify(value, null, indent))).toEqual(value)
    }),
  )
})

test('refuses what JSON.parse refuses, and nothing else but a name that comes twice', () => {
  const text = fc.oneof(
    fc.string(),
    fc.array(fc.constantFrom('{', '}', '[', ']', ',', ':', '"a"', '"b"', '1', '-', '.5', 'e', 'true', 'nul', ' ')),
  )
  fc.assert(
    fc.property(text, (given) => {
      const written = Array.isArray(given) ? given.join('') : given
      const told = failure(written)
      expect(told).toMatch(isJson(written) ? /none|comes twice/u : /^shop\.json:\d+:\d+: /u)
    }),
    { numRuns: 2_000 },
  )
})

function isJson(text: string): boolean {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}

test.for<[string, string]>([
  ['{\n  "a": 1\n  "b": 2\n}', 'shop.json:3:3: a comma or } is missing here'],
  ['{ "a": [1, 2 }', 'shop.json:1:14: a comma or ] is missing here'],
  ['{ a: 1 }', 'shop.json:1:3: a name in double quotes is missing here'],
  ['{ "a" 1 }', 'shop.json:1:7: a colon is missing here'],
  ['{ "a": }', 'shop.json:1:8: a value is missing here'],
  ['[1, ]', 'shop.json:1:5: a value is missing here'],
  ['{ "a": 1, "a": 2 }', 'shop.json:1:11: this name comes twice'],
  ['["line\nbreak"]', 'shop.json:1:2: this text is not valid JSON'],
  ['{ "a": 1', 'shop.json:1:9: the file ends too early'],
  ['', 'shop.json:1:1: the file ends too early'],
  ['{} {}', 'shop.json:1:4: the file goes on after its end'],
  ['01', 'shop.json:1:1: a value is missing here'],
  ['['.repeat(100_000), 'shop.json:1:14: the file is nested too deep'],
])('%j is told as %s', ([text, told]) => {
  expect(failure(text)).toBe(told)
})

test('every node knows its place, and a byte order mark has none', () => {
  const text = '\uFEFF{\n  "a": [true,\n    "x"]\n}'
  const tree = parseJsonTree(text, 'shop.json')
  const list = tree.kind === 'object' ? tree.members.get('a')?.node : undefined
  const second = list?.kind === 'list' ? list.items[1] : undefined
  expect(placeOf(text, second?.at ?? 0)).toEqual({ line: 3, column: 5 })
})
