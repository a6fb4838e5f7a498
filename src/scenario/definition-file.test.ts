import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { isUserError } from '#context/user-error.ts'
import type { ServiceDefinition } from '#server/defined/definition.ts'
import { checkExported, parseDefinition } from './definition-file.ts'
import { definitionSchemaText } from './json-schema.ts'

const parcels = `name: parcels
hosts:
  - { host: api.parcels.example, region: eu }
base: /v1
auth: { kind: header, name: X-Api-Key }
limits: { requests: 60, per: 60s, headers: { remaining: X-Remaining } }
pagination: { kind: cursor, size: 25 }
errors: { body: { error: { code: '{code}', detail: '{message}' } } }
resources:
  depot:
    path: /depots
    offers: [list, read]
    fields: { town: { type: string } }
  parcel:
    path: /parcels
    key: reference
    fields:
      reference: { type: string, like: PCL-######## }
      depot: { type: id, of: depot }
      grams: { type: integer, from: 1, to: 30000 }
      state: { type: enum, values: [announced, moving, delivered] }
      note: { type: string, optional: true }
      changed_at: { type: date-time, set: changed }
`

function toldBy(work: () => unknown): string {
  try {
    work()
  } catch (error) {
    if (isUserError(error)) return String(error)
    throw error
  }
  return 'nothing is wrong'
}

test('a definition is the data of its file, and what a module exports is read in the same way', () => {
  const definition = parseDefinition(parcels, 'parcels.service.yaml')
  expect(definition.resources['parcel']?.fields['grams']).toEqual({ type: 'integer', from: 1, to: 30_000 })
  expect(checkExported(JSON.parse(JSON.stringify(definition)), '', 'parcels.service.ts')).toEqual(definition)
})

test.for<[string, string, string, string]>([
  ['an unknown key', 'base: /v1', 'bass: /v1', '4:1: unknown key `bass` in `service`'],
  [
    'a wrong kind of token',
    'kind: header',
    'kind: basic',
    '5:15: `service.auth.kind` must be bearer, header, query or none, not "basic"',
  ],
  [
    'something that nothing is filled in for',
    "'{code}'",
    "'{cod}'",
    '8:34: nothing is filled in for `{cod}` of an error',
  ],
  ['dots in a path', 'path: /depots', 'path: /../depots', '11:11: no request has a path with `.` or `..` in it'],
  ['dots at its beginning', 'base: /v1', 'base: /./v1', '4:7: no request has a path with `.` or `..` in it'],
  ['a field that every object has', 'state:', 'constructor:', '21:7: `constructor` is something that every object has'],
  ['a header without a name', ', name: X-Api-Key', '', '5:1: a token in a header needs its `name`'],
  [
    'a window that is no duration',
    'per: 60s',
    'per: 60',
    '6:30: `service.limits.per` must be a duration such as 60s, not the number 60',
  ],
  [
    'pages larger than the largest',
    'size: 25',
    'size: 250',
    '7:35: pages of 250 are larger than the largest, `most: 100`',
  ],
  [
    'ids that are no part of a path',
    '    path: /depots',
    "    path: /depots\n    ids: '%??????'",
    '12:10: `service.resources.depot.ids` must be uuid, number or a text such as prc_????????, not "%??????"',
  ],
  [
    'an envelope that every object has',
    'base: /v1',
    'envelope: __proto__',
    '4:11: `__proto__` is something that every object has',
  ],
  [
    'a place that every object has',
    'size: 25',
    'total: meta.constructor',
    '7:36: `constructor` is something that every object has',
  ],
  [
    'a number beyond all',
    'to: 30000',
    'to: 1e300',
    '20:44: `service.resources.parcel.fields.grams.to` must be a number from -1e15 to 1e15',
  ],
  [
    'integers of which there are none',
    'from: 1, to: 30000',
    'from: 1.2, to: 1.8',
    '20:37: there is no integer from 1.2 to 1.8',
  ],
  [
    'the token as a key',
    'base: /v1',
    'idempotency: x-api-key',
    '4:14: `x-api-key` says who asks, and not which piece of work it is',
  ],
  [
    'a header of every request as a key',
    'base: /v1',
    'idempotency: Authorization',
    '4:14: `Authorization` says who asks',
  ],
  ['a window of nothing', 'per: 60s', 'per: 0s', '6:30: `service.limits.per` must be a duration such as 60s, not "0s"'],
  ['a resource that is not there', 'of: depot', 'of: depott', '19:30: there is no resource `depott`'],
  ['a key that is no field', 'key: reference', 'key: referense', '16:10: there is no field `referense`'],
  ['a key that repeats', '########', '##', '18:40: `like` of a key has at least 6 places'],
  [
    'a field of another type',
    'from: 1, to',
    'values: [a], to',
    '20:31: `values` is of no use for a field of type integer',
  ],
  [
    'a path without a beginning',
    'path: /parcels',
    'path: parcels',
    '15:11: `service.resources.parcel.path` must be a path such as /parcels',
  ],
  [
    'a path below nothing',
    'path: /parcels',
    'path: /yards/{yard}/parcels',
    '15:11: `{yard}` must be a field of type id',
  ],
  [
    'an update that changes no string',
    '{ type: string, optional: true }',
    '{ type: boolean }',
    '17:5: an update changes no string',
  ],
  ['an id of its own', 'grams:', 'id:', '20:7: every entity has an `id` already'],
])('%s is told with its place', ([, found, written, told]) => {
  expect(parcels).toContain(found)
  expect(toldBy(() => parseDefinition(parcels.replace(found, written), 'parcels.service.yaml'))).toContain(
    `parcels.service.yaml:${told}`,
  )
})

test('a duration of nothing is told to be too short, and not to be written as it is', () => {
  const told = toldBy(() => parseDefinition(parcels.replace('per: 60s', 'per: 0s'), 'x.yaml'))
  expect(told.split('\n').at(-1)).toBe('It must be longer than nothing.')
})

test('a mistake in a module is told where it is written', () => {
  const text = `import { defineService } from 'brownout'
const parcels = defineService({
  name: 'parcels',
  hosts: [{ host: 'api.parcels.example' }],
  resources: { parcel: { path: '/parcels', key: 'referense', fields: { reference: { type: 'string' } } } },
})
export default parcels
`
  const parcel = { path: '/parcels', key: 'referense', fields: { reference: { type: 'string' } } }
  const data = { name: 'parcels', hosts: [{ host: 'api.parcels.example' }], resources: { parcel } }
  expect(toldBy(() => checkExported(data, text, 'parcels.service.ts'))).toMatch(
    /^parcels\.service\.ts:5:49: there is no field `referense`[^]*Did you mean `reference`\?/u,
  )
})

test('what a module has computed has no lines, so all mistakes name their part', () => {
  const wrong = { name: 'parcels', hosts: [], resources: { parcel: { path: '/parcels', fields: {}, size: 3 } } }
  const told = toldBy(() => checkExported(wrong, 'export default made()', 'parcels.service.ts'))
  expect(told).toContain('parcels.service.ts: `service.hosts` must not be empty')
  expect(told).toContain('unknown key `size` in `service.resources.parcel`')
})

test.for<[string, unknown, string]>([
  ['nothing', null, 'the file is empty'],
  ['a list', [], 'a service is a map, but this file holds a list'],
])('%s is no service', ([, data, told]) => {
  expect(toldBy(() => checkExported(data, '', 'parcels.service.ts'))).toContain(told)
})

test('a text is data that JSON can hold: what a definition says can be printed', () => {
  const definition: ServiceDefinition = parseDefinition(parcels, 'parcels.service.yaml')
  expect(parseDefinition(JSON.stringify(definition), 'parcels.service.json')).toEqual(definition)
})

test('the published schema is the one of the code (otherwise: npm run schemas)', () => {
  const file = new URL('../../schemas/v1/service.schema.json', import.meta.url)
  expect(readFileSync(file, 'utf8')).toBe(definitionSchemaText())
})
