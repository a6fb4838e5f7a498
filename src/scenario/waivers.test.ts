// The file of waivers: what it becomes, which names it means, and the mistakes in it.

import { expect, test } from 'vitest'
import { isUserError } from '#context/user-error.ts'
import { isMeant, parseWaivers } from './waivers.ts'

const good = '- { oracle: recovers, scenario: au-*, owner: ada, until: 2026-12-31, because: it is being rebuilt }\n'
const known = ['au-regional-timeout', 'whatsapp-media-405', '429-storm']

function told(text: string): string {
  try {
    parseWaivers(text, 'w.yaml', known)
    return 'fine'
  } catch (error) {
    if (isUserError(error)) return String(error)
    throw error
  }
}

test('a waiver has a place, and an empty file has none', () => {
  expect(parseWaivers(`# known\n${good}`, 'w.yaml', known)).toEqual([
    {
      oracle: 'recovers',
      scenario: 'au-*',
      owner: 'ada',
      until: '2026-12-31',
      because: 'it is being rebuilt',
      place: { file: 'w.yaml', line: 2, column: 3 },
    },
  ])
  expect(parseWaivers('', 'w.yaml', known)).toEqual([])
  expect(parseWaivers('# nothing yet\n', 'w.yaml', known)).toEqual([])
  expect(parseWaivers('[]\n', 'w.yaml', known)).toEqual([])
})

test.for<[string, string, boolean]>([
  ['*', 'anything', true],
  ['au-*', 'au-regional-timeout', true],
  ['*-timeout', 'au-regional-timeout', true],
  ['au-*-timeout', 'au-regional-timeout', true],
  ['au-*-*-timeout', 'au-regional-timeout', false],
  ['au-regional-timeout', 'au-regional-timeouts', false],
  ['au', 'au-regional-timeout', false],
  ['a*a', 'a', false],
  ['media', 'media:harsher', true],
  ['media:harsher', 'media:harsher', true],
  ['media:faithful', 'media:harsher', false],
  ['media:*', 'media:harsher', true],
  [`${'*a'.repeat(5_000)}b`, 'a'.repeat(10_000), false],
])('%s against %s', ([pattern, name, meant]) => {
  expect(isMeant(pattern, name)).toBe(meant)
})

test.for<[string, string, string]>([
  ['no owner', good.replace('owner: ada, ', ''), 'w.yaml:1:3: `waiver.0.owner` is missing'],
  ['no end', good.replace('until: 2026-12-31, ', ''), '`waiver.0.until` is missing'],
  ['no reason', good.replace(', because: it is being rebuilt', ''), '`waiver.0.because` is missing'],
  ['an empty owner', good.replace('ada', "''"), '`waiver.0.owner` must be a text'],
  ['a day that is not', good.replace('2026-12-31', '2026-02-30'), 'must be a date such as 2026-04-27'],
  ['a date of another country', good.replace('2026-12-31', '31.12.2026'), 'must be a date such as 2026-04-27'],
  ['a number for a date', good.replace('2026-12-31', '20261231'), 'must be a date'],
  ['an unknown oracle', good.replace('recovers', 'recover'), 'w.yaml:1:13: there is no oracle "recover"'],
  ['an unknown scenario', good.replace('au-*', 'au-regonal-timeout'), 'Did you mean `au-regional-timeout`?'],
  ['a pattern of nothing', good.replace('au-*', 'eu-*'), 'no scenario has a name like "eu-*"'],
  ['an unknown key', good.replace('owner', 'ownr'), 'unknown key `ownr`'],
  ['the same twice', good + good, 'w.yaml:2:3: this waives the same as one above it'],
  ['a map', 'waivers: []\n', 'waivers are a list, but this file holds a map'],
  ['a list of words', '- recovers\n', '`waiver.0` must be a map, not "recovers"'],
  ['no YAML', '- { oracle: recovers\n', 'w.yaml:1:'],
  ['an alias', '- &a { oracle: x }\n- *a\n', 'is not part of the format'],
  ['far too long', `# ${'x'.repeat(100_000)}`, 'waivers have at most 100000'],
])('%s is a mistake', ([, text, says]) => {
  expect(told(text)).toContain(says)
})

test.for<[string, string]>([
  ['./chaos.client.ts', 'chaos.client.ts'],
  ['./src/../chaos.client.ts', 'chaos.client.ts'],
  ['../desk/chaos.client.ts', 'chaos.client.ts'],
  ['src/*.client.ts', 'src/*.client.ts'],
  [String.raw`.\src\desk.client.ts`, 'src/desk.client.ts'],
  ['broken/no-timeout', 'broken/no-timeout'],
  ['*', '*'],
])('a client written as %s is called %s, as in reports', ([written, called]) => {
  const text = good.replace('owner', `client: '${written}', owner`)
  expect(parseWaivers(text, 'w.yaml', known)).toMatchObject([{ client: called }])
})

test('a client written in two ways is one', () => {
  const twice = ['./desk.ts', 'desk.ts'].map((client) => good.replace('owner', `client: ${client}, owner`)).join('')
  expect(told(twice)).toContain('this waives the same as one above it')
})

test('a row of a file can be waived alone', () => {
  expect(told(good.replace('au-*', 'whatsapp-media-405:harsher'))).toBe('fine')
})
