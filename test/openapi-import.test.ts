// Specifications become services. Goal: what is written has the right form, whatever the specification says, and what was not taken over is
// named. Method: three small specifications and what became of each, word for word; hostile ones; and parts of one that are anything.
// `UPDATE_IMPORTS=1 npx vitest run test/openapi-import.test.ts` writes the goldens anew; read the difference before you commit it.

import * as fc from 'fast-check'
import { execFile } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { parse } from 'yaml'
import { plainText } from '#context/foreign-text.ts'
import { limits } from '#context/limits.ts'
import { isUserError } from '#context/user-error.ts'
import { importOpenapi } from '#import/openapi/import-openapi.ts'
import { parseDefinition } from '#scenario/definition-file.ts'

const root = join(import.meta.dirname, '..')
const specifications = join(import.meta.dirname, 'specifications')
const golden = join(import.meta.dirname, 'golden/openapi')
let desk = ''
beforeAll(() => {
  desk = mkdtempSync(join(tmpdir(), 'brownout-openapi-'))
})
afterAll(() => rmSync(desk, { recursive: true }))

const textOf = (file: string): string => readFileSync(join(specifications, file), 'utf8')

test.for(readdirSync(specifications))('%s becomes the service and the scenario that are checked in', (file) => {
  const { service, scenario } = importOpenapi(textOf(file), file)
  for (const one of [service, scenario]) {
    if (process.env['UPDATE_IMPORTS']) writeFileSync(join(golden, one.file), one.text)
    expect(one.text).toBe(readFileSync(join(golden, one.file), 'utf8'))
  }
})

test('the scenario asks for all that a resource offers, writes of every kind too', () => {
  const { scenario } = importOpenapi(textOf('parcels.yaml'), 'parcels.yaml')
  const asked = Array.from(scenario.text.matchAll(/do: parcel\.(\w+)/gu), ([, verb]) => verb)
  expect(asked.toSorted()).toEqual(['create', 'delete', 'list', 'read', 'update'])
})

test('a specification of very many paths is read in one go', () => {
  const operation = { responses: { 200: { description: 'ok' } } }
  const many = Array.from({ length: 40_000 }, (_, nth) => [`/things${nth}`, { get: operation }])
  const paths = { '/parcels/{id}': { get: operation, delete: operation }, ...Object.fromEntries(many) }
  const text = JSON.stringify({ openapi: '3.0.3', info: { title: 'Many', version: '1' }, paths })
  expect(importOpenapi(text, 'many.json')).toMatchObject({ resources: 1, operations: 2 })
})

test('a specification that is nested too deeply is told so, where it is', () => {
  const text = `openapi: 3.0.3\ninfo: ${'['.repeat(20_000)}${']'.repeat(20_000)}\n`
  expect(toldOf(text)).toMatch(/^spec\.yaml:2:\d+: the specification is nested too deeply here$/u)
})

test('what a specification says is kept', () => {
  const { service } = importOpenapi(textOf('parcels.yaml'), 'parcels.yaml')
  const definition = parseDefinition(service.text, service.file)
  expect(definition).toMatchObject({
    hosts: [
      { host: 'api.eu.parcels.example', region: 'eu' },
      { host: 'api.us.parcels.example', region: 'us' },
    ],
    base: '/v1',
    auth: { kind: 'header', name: 'X-Api-Key' },
    pagination: { kind: 'cursor', size: 25, most: 50, next: 'paging.next' },
    idempotency: 'Idempotency-Key',
    resources: {
      parcel: { path: '/parcels', fields: { depot_id: { type: 'id', of: 'depot' }, grams: { from: 1, to: 30_000 } } },
      shelve: { path: '/depots/{depot_id}/shelves', offers: ['list', 'create'] },
    },
  })
  // All of it is offered, and that is the default.
  expect(definition.resources['parcel']?.offers).toBeUndefined()
})

test.for([
  ['where the specification lies', '/v2', '/v2'],
  ['a machine of one’s own', 'http://localhost:3000/v2/', '/v2'],
  ['no address at all', '//', undefined],
])('the paths of %s begin as they do there', ([, url, base]) => {
  const text = textOf('parcels.yaml').replace(/^servers:\n(?: {2}.*\n)*/mu, `servers: [{ url: '${url}' }]\n`)
  const { service } = importOpenapi(text, 'x.yaml')
  expect(parseDefinition(service.text, service.file).base).toBe(base)
})

const anyService = (resource: object): string => JSON.stringify({ openapi: '3.1.0', info: { title: 'x' }, ...resource })
const answering = (schema: object) => ({ responses: { 200: { content: { 'application/json': { schema } } } } })
const counter = { type: 'object', properties: { id: { type: 'string' }, count: { type: 'integer' } } }

test.for<[string, string]>([
  [
    'an update of what has no text',
    anyService({
      paths: {
        '/counters': { get: answering({ type: 'array', items: counter }) },
        '/counters/{id}': { patch: answering(counter) },
      },
    }),
  ],
  ['nothing but such an update', anyService({ paths: { '/counters/{id}': { patch: answering(counter) } } })],
  [
    'a title that is cut at a dash',
    anyService({ info: { title: `${'x'.repeat(39)} more` }, paths: { '/a/{id}': { get: answering(counter) } } }),
  ],
  [
    'an error with a part that has no name',
    anyService({
      paths: {
        '/a/{id}': {
          get: {
            responses: {
              ...answering(counter).responses,
              404: {
                content: {
                  'application/json': {
                    schema: { type: 'object', properties: { '': { type: 'string' }, code: { type: 'string' } } },
                  },
                },
              },
            },
          },
        },
      },
    }),
  ],
  [
    'a number of which there is none',
    anyService({
      paths: {
        '/a/{id}': {
          get: answering({
            type: 'object',
            properties: {
              id: { type: 'string' },
              beyond: { type: 'number', minimum: 1e300 },
              between: { type: 'integer', minimum: 1.2, maximum: 1.8 },
            },
          }),
        },
      },
    }),
  ],
  [
    'a list in a place that every object has',
    anyService({
      paths: {
        '/a': {
          get: answering({
            type: 'object',
            properties: { constructor: { type: 'array', items: counter }, data: { type: 'array', items: counter } },
          }),
        },
        '/a/{id}': { get: answering(counter) },
      },
    }),
  ],
  [
    'names that every object has',
    anyService({
      paths: {
        '/constructor': {
          get: answering({ type: 'array', items: { type: 'object', properties: { toString: { type: 'string' } } } }),
        },
      },
    }),
  ],
])('%s becomes a service that has the right form', ([, text]) => {
  const { service } = importOpenapi(text, 'x.json')
  expect(parseDefinition(service.text, service.file).resources).not.toEqual({})
  expect(Object.keys(parseDefinition(service.text, service.file).resources)).not.toContain('constructor')
})

test('no control character of a specification comes through', () => {
  const path = '/a\u001b[31mRED\u009b2J\u202e\nb'
  const text = anyService({
    paths: { '/counters/{id}': { get: answering(counter) }, [path]: { patch: answering(counter) } },
  })
  const { service, scenario } = importOpenapi(text, 'x.json')
  expect(plainText(service.text + scenario.text)).toBe(service.text + scenario.text)
})

test('what is one of some numbers lies between them, and that is told', () => {
  const text = textOf('parcels.yaml').replace(/grams: \{[^}]*\}/u, 'grams: { type: integer, enum: [3, 1, 2] }')
  const { service } = importOpenapi(text, 'x.yaml')
  expect(parseDefinition(service.text, service.file).resources['parcel']?.fields['grams']).toMatchObject({
    from: 1,
    to: 3,
  })
  expect(service.text).toMatch(/enums of numbers/iu)
})

test('what is not taken over is counted, and named', () => {
  const { notes } = importOpenapi(textOf('parcels.yaml'), 'parcels.yaml')
  expect(notes.leftOut(1)).toContain(
    'Operations that neither list, read, create, update nor delete one kind of thing (2): POST /parcels/search, and 1 more.',
  )
  expect(notes.leftCount).toBe(7)
})

/** The sentence of a mistake of the user's; empty where a service came of it that loads. */
function toldOf(text: string): string {
  try {
    const { service } = importOpenapi(text, 'spec.yaml')
    parseDefinition(service.text, service.file)
    return ''
  } catch (error) {
    if (isUserError(error)) return String(error)
    throw error
  }
}

const around = (schemas: string, title = 'Things'): string =>
  JSON.stringify({ openapi: '3.0.0', info: { title } }).slice(0, -1) +
  `,"paths":{"/things":{"get":{"responses":{"200":{"content":{"application/json":{"schema":{"type":"array","items":{"$ref":"#/components/schemas/A"}}}}}}}}},"components":{"schemas":${schemas}}}`

const fan = Array.from({ length: 30 }, () => ({ $ref: '#/components/schemas/A' }))
test.for<[string, string]>([
  [
    'one that is a part of itself',
    around('{"A":{"allOf":[{"$ref":"#/components/schemas/A"}],"properties":{"a":{"type":"string"}}}}'),
  ],
  [
    'one that is thirty times a part of itself',
    around(JSON.stringify({ A: { allOf: fan, properties: { a: { type: 'string' } } } })),
  ],
  [
    'references in a circle',
    around('{"A":{"properties":{"a":{"$ref":"#/components/schemas/B"}}},"B":{"$ref":"#/components/schemas/B"}}'),
  ],
  [
    'names that every object has',
    around('{"A":{"properties":{"__proto__":{"type":"string"},"constructor":{"type":"string"},"toString":{}}}}'),
  ],
  [
    'a title that is a sequence of the terminal',
    around('{"A":{"properties":{"a":{"type":"string"}}}}', '\u001B[31m\u202E# \n- x: y'),
  ],
  [
    'more fields than anybody reads',
    around(
      JSON.stringify({
        A: { properties: Object.fromEntries(Array.from({ length: 5_000 }, (_, n) => [`f${n}`, { type: 'string' }])) },
      }),
    ),
  ],
])('%s ends in a service', ([, text]) => {
  const { service, notes } = importOpenapi(text, 'hostile.json')
  expect(parseDefinition(service.text, service.file).resources['thing']?.path).toBe('/things')
  // oxlint-disable-next-line no-control-regex -- these must not get through
  expect(service.text).not.toMatch(/[\u0000-\u0009\u000B-\u001F\u202A-\u202E]/u)
  expect(notes.assumed(9).length).toBeGreaterThan(0)
})

test('more resources than fit are told', () => {
  const schema = {
    type: 'object',
    properties: Object.fromEntries(
      Array.from({ length: 70 }, (_, n) => [
        `a_rather_long_name_of_a_field_${n}`,
        { type: 'string', enum: ['a_rather_long_value', 'another_rather_long_value'] },
      ]),
    ),
  }
  const get = { responses: { 200: { content: { 'application/json': { schema } } } } }
  const paths = Object.fromEntries(Array.from({ length: 90 }, (_, n) => [`/things${n}/{id}`, { get }]))
  const { service, notes, resources } = importOpenapi(JSON.stringify({ openapi: '3.1.0', paths }), 'large.json')
  expect(service.text.length).toBeLessThanOrEqual(limits.scenarioCharacters)
  expect(resources).toBeLessThan(60)
  expect(notes.leftOut(1).join('\n')).toMatch(/^Collections beyond the first \d+ \(\d+\): \/things/mu)
})

test.for<[string, string, string]>([
  ['no specification', 'a: 1', 'the specification is none of OpenAPI 3.0 or 3.1\nIt says `openapi: 3.0.3`'],
  ['one of Swagger 2', 'swagger: "2.0"', 'the specification is of Swagger 2\nConvert it'],
  [
    'one that holds nothing',
    'openapi: 3.0.0\npaths: { /login: { post: {} } }',
    'the specification has no path at which things are listed',
  ],
  ['no YAML', 'openapi: [', 'spec.yaml:1:11: the specification cannot be read: '],
  ['a list', '[1]', 'the specification is none of OpenAPI'],
  ['nothing', '', 'the specification is none of OpenAPI'],
  [
    'what grows without end',
    `a: &a [x, x, x, x, x, x, x, x, x]\n${'bcdefghi'
      .split('')
      .map((name, n) => `${name}: &${name} [${Array(9).fill(`*${'abcdefghi'[n]}`).join(', ')}]`)
      .join('\n')}`,
    'the specification repeats too much of itself',
  ],
])('%s is a sentence', ([, text, says]) => {
  expect(toldOf(text)).toContain(says)
})

/** Every place of a document, as the keys that lead there. */
function placesIn(value: unknown, path: readonly string[] = []): readonly (readonly string[])[] {
  if (typeof value !== 'object' || value === null) return [path]
  return [path, ...Object.entries(value).flatMap(([key, inner]) => placesIn(inner, [...path, key]))]
}

function withPart(value: unknown, [key, ...rest]: readonly string[], part: unknown): unknown {
  if (key === undefined) return part
  const copy = (Array.isArray(value) ? [...(value as unknown[])] : { ...(value as object) }) as Record<string, unknown>
  copy[key] = withPart(copy[key], rest, part)
  return copy
}

test('whatever stands in a part of it, a specification becomes a service, or a sentence says why not', () => {
  const whole: unknown = parse(textOf('parcels.yaml'))
  const places = placesIn(whole).filter((path) => path.length > 0)
  const odd = fc.oneof(
    fc.jsonValue({ maxDepth: 3 }),
    fc.constantFrom(
      '#/components/schemas/Parcel',
      { $ref: '#/components/schemas/ParcelList' },
      { $ref: '#' },
      -1e9,
      1e9,
      'x'.repeat(300),
      '{id}',
      '/',
    ),
  )
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.constantFrom(...places), odd), { minLength: 1, maxLength: 3 }), (changes) => {
      let changed = whole
      for (const [path, part] of changes)
        changed = placesIn(changed).some((one) => one.join('\0') === path.join('\0'))
          ? withPart(changed, path, part)
          : changed
      expect(() => toldOf(JSON.stringify(changed))).not.toThrow()
    }),
    { numRuns: 150 },
  )
})

type Ended = { readonly code: number; readonly out: string; readonly err: string }

function brownout(...words: readonly string[]): Promise<Ended> {
  return new Promise((resolve) => {
    execFile(process.execPath, [join(root, 'src/cli/main.ts'), ...words], { cwd: desk }, (error, out, err) => {
      resolve({ code: error ? Number(error.code) : 0, out, err })
    })
  })
}

test('the service is printed, or both are written, never over what is there unless that is asked for', async () => {
  const file = join(specifications, 'parcels.yaml')
  const printed = await brownout('import', 'openapi', file)
  expect(printed.out).toBe(readFileSync(join(golden, 'parcel.service.yaml'), 'utf8'))
  expect(printed.err).toMatch(
    /^Imported parcel: 3 resources with 9 operations\.[^]*^Next: the same with --out scenarios/mu,
  )
  const written = await brownout('import', 'openapi', file, '--out', 'scenarios', '--name', 'post')
  expect(written).toMatchObject({
    code: 0,
    out: 'scenarios/post.service.yaml: written.\nscenarios/post-unavailable.yaml: written.\n',
  })
  expect(written.err).toMatch(/^Next: .* validate scenarios\/post-unavailable\.yaml\n$/mu)
  // A service is no scenario.
  expect((await brownout('list', '--quiet')).out).not.toMatch(/service/u)
  const again = await brownout('import', 'openapi', file, '--out', 'scenarios', '--name', 'post')
  expect(again).toMatchObject({ code: 2, out: '' })
  expect(again.err).toContain('"scenarios/post.service.yaml" is there already.')
  expect((await brownout('import', 'openapi', file, '--out', 'scenarios', '--name', 'post', '--force')).code).toBe(0)
  expect((await brownout('import', 'openapi', file, '--name', 'No!')).err).toContain('cannot be the name of a service')
  expect(existsSync(join(desk, 'scenarios/No!.service.yaml'))).toBe(false)
})

const client = `import { defineClient } from 'brownout'
const ask = async (world, call, method, path, body) => {
  const { url, token } = world.workspaces[call.workspace].apis.parcel
  const headers = { 'x-api-key': token, 'content-type': 'application/json' }
  const signal = AbortSignal.any([call.signal, AbortSignal.timeout(5_000)])
  const response = await fetch(url + path, { method, headers, signal, ...(body && { body: JSON.stringify(body) }) })
  if (!response.ok) throw new Error('answered ' + response.status)
  return response.status === 204 ? null : response.json()
}
export const client = defineClient({
  name: 'desk',
  promises: { 'parcel.read': { within: '10s', degrade: ['error'] }, 'parcel.list': { within: '10s', degrade: ['error'] } },
  create: (world) => ({
    operations: {
      'parcel.read': ({ parcel }, call) => ask(world, call, 'GET', '/parcels/' + parcel.id),
      'parcel.list': (_, call) => ask(world, call, 'GET', '/parcels?limit=50'),
      'parcel.create': (input, call) => ask(world, call, 'POST', '/parcels', input),
      'parcel.update': ({ parcel, ...changes }, call) => ask(world, call, 'PATCH', '/parcels/' + parcel.id, changes),
      'parcel.delete': ({ parcel }, call) => ask(world, call, 'DELETE', '/parcels/' + parcel.id),
      'depot.read': ({ depot }, call) => ask(world, call, 'GET', '/depots/' + depot.id),
      'shelve.create': ({ depot_id, ...input }, call) => ask(world, call, 'POST', '/depots/' + depot_id + '/shelves', input),
    },
  }),
})
`

test(
  'what the page types makes a scenario that is valid, and that a client of the service plays',
  { timeout: 120_000 },
  async () => {
    const page = readFileSync(join(root, 'docs/importing.md'), 'utf8')
    const [, words = ''] = /^ {4}npx brownout (import openapi .*)$/mu.exec(page) ?? []
    expect(words).toBe('import openapi api.yaml --out scenarios')
    writeFileSync(join(desk, 'api.yaml'), textOf('parcels.yaml'))
    writeFileSync(join(desk, 'desk.mjs'), client)
    expect((await brownout(...words.split(' '))).code).toBe(0)
    expect((await brownout('validate', 'parcel-unavailable')).out).toBe('scenarios/parcel-unavailable.yaml: valid\n')
    const { code, out } = await brownout('run', 'parcel-unavailable', '--client', './desk.mjs', '--output', 'json')
    const { runs } = JSON.parse(out) as {
      readonly runs: readonly { readonly kind: string; readonly phases?: readonly unknown[] }[]
    }
    expect(runs[0]).toMatchObject({ kind: 'judged', withoutFaults: false })
    expect([0, 1]).toContain(code)
  },
)
