// The published JSON Schema is the one that the code emits, and the shipped scenarios have its form.

import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { parse } from 'yaml'
import { faultKinds } from '#fault/catalog.ts'
import { oracles } from '#oracle/catalog.ts'
import { scenarioJsonSchema, schemaText } from './json-schema.ts'
import type { JsonSchema } from './json-schema.ts'
import { findScenarios, shippedScenarios } from './files.ts'
import { loadFile } from './load.ts'
import { rich } from './sample.ts'

const schema = scenarioJsonSchema()

test('the checked-in schema is up to date (otherwise: npm run schemas)', () => {
  expect(readFileSync(new URL('../../schemas/v1/scenario.schema.json', import.meta.url), 'utf8')).toBe(schemaText())
})

test.for(findScenarios(shippedScenarios).map(({ name, file }) => [name, file] as const))('%s is valid', ([, file]) => {
  expect(loadFile(file, '/').name).not.toBe('')
  expect(misfits(schema, parse(readFileSync(file, 'utf8')), '')).toEqual([])
})

test.for([
  ['an unknown key', { arming: {} }, '/arming'],
  ['a number without its unit', { load: { reads: { do: 'me.read', every: 20 } } }, '/load/reads/every'],
  ['a time without a zone', { run: { from: '11:00', until: '12:00Z' } }, '/run/from'],
  ['an unknown operation', { load: { reads: { do: 'me.reed', every: '20s' } } }, '/load/reads/do'],
  ['an unknown kind', { faults: { loop: { kind: 'crash', from: '11:00Z', until: '11:01Z' } } }, '/faults/loop/kind'],
  [
    'a parameter of another kind',
    { faults: { loop: { kind: 'latency', from: '11:00Z', until: '11:01Z', with: { restart: '1s' } } } },
    '/faults/loop/with/restart',
  ],
  ['a setting in the wrong unit, in a list', { expect: { recovers: [{ within: '2%' }] } }, '/expect/recovers/0/within'],
  ['an unknown topic', { activity: { x: { topic: 'user.created', every: '1m' } } }, '/activity/x/topic'],
  ['a load with two rhythms', { load: { x: { do: 'me.read', every: '1m', rate: '1/s' } } }, '/load/x'],
  ['an unknown component', { maintenances: { x: { components: ['Database'] } } }, '/maintenances/x/components/0'],
  ['a cause that nobody can name', { problems: { x: { cause: 'weather' } } }, '/problems/x/cause'],
  ['an unknown oracle that a client fails', { fails: { sdk: 'recover' } }, '/fails/sdk'],
  ['a tag in capitals', { tags: ['P1'] }, '/tags/0'],
  ['an unknown oracle', { expect: { recover: {} } }, '/expect/recover'],
  ['a setting in the wrong unit', { expect: { recovers: { within: '2%' } } }, '/expect/recovers/within'],
  ['a share as a factor', { expect: { unaffected: { success: '1x' } } }, '/expect/unaffected/success'],
  ['a factor as a share', { expect: { amplification: { factor: '150%' } } }, '/expect/amplification/factor'],
] as const)('an editor sees %s', ([, data, place]) => {
  expect(misfits({ ...schema, required: [] }, data, '')).toContain(place)
})

test('an editor takes all that a scenario can have', () => {
  expect(misfits(schema, parse(rich), '')).toEqual([])
})

test('every kind of fault and every oracle is in it', () => {
  const text = schemaText()
  for (const kind of faultKinds.keys()) expect(text).toContain(`"const": "${kind}"`)
  for (const oracle of oracles.keys()) expect(text).toContain(`"${oracle}": {`)
})

/** A small part of JSON Schema: what the published file uses. Gives the places that do not fit. */
function misfits(form: JsonSchema, data: unknown, place: string): string[] {
  const found: string[] = []
  if (Array.isArray(form['enum']) && !form['enum'].includes(data)) found.push(place)
  if (form['type'] !== undefined && ![form['type']].flat().some((type) => isOf(String(type), data)))
    return [...found, place]
  if (
    typeof data === 'string' &&
    form['pattern'] !== undefined &&
    !new RegExp(String(form['pattern']), 'u').test(data)
  ) {
    found.push(place)
  }
  for (const key of ['anyOf', 'oneOf'] as const) {
    const branches = form[key] as JsonSchema[] | undefined
    const fitting = branches?.filter((branch) => misfits(branch, data, place).length === 0).length
    if (fitting !== undefined && (fitting === 0 || (key === 'oneOf' && fitting > 1))) found.push(place)
  }
  for (const branch of (form['allOf'] ?? []) as JsonSchema[]) {
    const kind = (branch['if'] as { properties: { kind: { const: string } } }).properties.kind.const
    if ((data as { kind?: string }).kind === kind) found.push(...misfits(branch['then'] as JsonSchema, data, place))
  }
  if (Array.isArray(data)) {
    const items = form['items'] as JsonSchema | undefined
    if (items) found.push(...data.flatMap((item, index) => misfits(items, item, `${place}/${index}`)))
  } else if (typeof data === 'object' && data !== null) {
    found.push(...misfitsOfMap(form, data as Record<string, unknown>, place))
  }
  return found
}

function misfitsOfMap(form: JsonSchema, data: Record<string, unknown>, place: string): string[] {
  const properties = (form['properties'] ?? {}) as Record<string, JsonSchema>
  const missing = ((form['required'] ?? []) as string[]).filter((key) => !(key in data)).map((key) => `${place}/${key}`)
  const rest = form['additionalProperties']
  return Object.entries(data).reduce((found, [key, value]) => {
    const inner = properties[key] ?? (typeof rest === 'object' && rest !== null ? (rest as JsonSchema) : undefined)
    if (inner) return [...found, ...misfits(inner, value, `${place}/${key}`)]
    return rest === false ? [...found, `${place}/${key}`] : found
  }, missing)
}

function isOf(type: string, data: unknown): boolean {
  if (type === 'object') return typeof data === 'object' && data !== null && !Array.isArray(data)
  if (type === 'array') return Array.isArray(data)
  if (type === 'integer') return Number.isInteger(data)
  return typeof data === type
}
