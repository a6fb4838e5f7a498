// Goal: an API of one's own is a part of the world like any other: what is said of it is checked, at its place. Method: the sample
// scenario with services of a reader that has no files.

import { expect, test } from 'vitest'
import { isUserError } from '#context/user-error.ts'
import type { ServiceDefinition } from '#server/defined/definition.ts'
import { explainScenario } from './explain.ts'
import { parseScenario } from './parse.ts'
import type { ReadService } from './world-services.ts'

const sample: ServiceDefinition['resources'][string] = {
  path: '/parcels',
  offers: ['list', 'read', 'create'],
  fields: { note: { type: 'string' } },
}
const parcels: ServiceDefinition = {
  name: 'parcels',
  hosts: [
    { host: 'api.parcels.example', region: 'eu' },
    { host: 'fra.parcels.example', region: 'fra' },
  ],
  base: '/v1',
  limits: { requests: 60, per: '60s' },
  resources: {
    parcel: sample,
  },
}

const files: Readonly<Record<string, ServiceDefinition>> = {
  './parcels.service.ts': parcels,
  './empty.service.yaml': { ...parcels, resources: { parcel: { ...sample, seeded: 0 } } },
  './open.service.yaml': { ...parcels, auth: { kind: 'none' } },
  './twin.service.yaml': { ...parcels, name: 'twin' },
  './people.service.json': { ...parcels, name: 'rest', resources: { contact: { path: '/people', fields: {} } } },
}

const read: ReadService = (path) => {
  const definition = files[path]
  return definition && { file: path.slice(2), definition }
}

const text = `scenario: parcels-down
title: The parcels are not there
source: { document: example, date: 2026-03-16, severity: P2 }
run: { from: 10:00Z, until: 10:10Z }
world:
  workspaces: { shop: { region: fra } }
  services: { parcels: ./parcels.service.ts }
  fleets:
    fra-parcels: { workers: 4, serviceTime: 50ms, queue: 10, otherTenants: 1/s, abandoned: served }
load:
  looks: { do: parcel.read, every: 10s }
faults:
  down: { kind: status, where: { route: '/v1/parcels/{id}', method: GET }, from: 10:05Z, until: 10:06Z, with: { code: 503 } }
phases: { recovery: 10:07Z }
evidence: { documented: {}, assumed: [run, world, load, faults, phases] }
`

function toldBy(written: string, reader: ReadService | null = read): string {
  try {
    parseScenario(written, 'parcels-down.yaml', null, 'parcels-down.yaml', reader ?? undefined)
  } catch (error) {
    if (isUserError(error)) return String(error)
    throw error
  }
  return 'nothing is wrong'
}

test('a scenario may be about nothing but an API of its own', () => {
  const scenario = parseScenario(text, 'parcels-down.yaml', null, 'parcels-down.yaml', read)
  expect(scenario.services).toEqual([
    { name: 'parcels', path: './parcels.service.ts', file: 'parcels.service.ts', definition: parcels },
  ])
  expect(Object.keys(scenario.fleets)).toEqual(['fra-parcels'])
  expect(explainScenario(scenario).replaceAll(/\s+/gu, ' ')).toContain(
    'Service parcels, defined by parcels.service.ts, at api.parcels.example (eu), fra.parcels.example (fra); it holds parcel at /parcels, 100 of them. A workspace may send 60 requests in 60s.',
  )
})

test.for<[string, string, string, string]>([
  ['a file that is not there', './parcels.service', './parcel.service', '7:24: there is no file `./parcel.service.ts`'],
  ['no file of a service', './parcels.service.ts', 'parcels', '7:24: `world.services.parcels` must be the path'],
  [
    'an unknown operation',
    'parcel.read',
    'parcel.reed',
    '11:16: `load.looks.do` asks for the unknown operation `parcel.reed`',
  ],
  [
    'asking about what nobody holds',
    './parcels.service.ts',
    './empty.service.yaml',
    '11:16: `load.looks` asks about a parcel, and no workspace holds one',
  ],
  ['an operation that is not offered', 'parcel.read', 'parcel.delete', 'unknown operation `parcel.delete`'],
  [
    'Intercom where it is not',
    'parcel.read',
    'contact.read',
    '`load.looks.do` is about Intercom, which has no workspace in the region `fra`',
  ],
  [
    'a region of nobody',
    'region: fra',
    'region: mars',
    '6:33: `world.workspaces.shop.region` must be us, eu, au or fra, not "mars"',
  ],
  [
    'two workspaces of a service that cannot tell them apart',
    'workspaces: { shop: { region: fra } }\n  services: { parcels: ./parcels.service.ts }',
    'workspaces: { shop: { region: fra }, other: { region: eu } }\n  services: { parcels: ./open.service.yaml }',
    '7:24: open.service.yaml takes no token, so it cannot tell 2 workspaces apart',
  ],
  ['an unknown route', "'/v1/parcels/{id}'", '/parcels', 'no service has the route `/parcels`'],
  ['a route that is near none', "'/v1/parcels/{id}'", '/zzz/qqqqqq', 'Known routes: /v1/parcels, /v1/parcels/{id}.'],
  ['a method that a route has not', 'method: GET', 'method: DELETE', 'no service has a DELETE /v1/parcels/{id}'],
  [
    'a product of nobody',
    "route: '/v1/parcels/{id}', method: GET",
    'product: parcel',
    'no service is the product `parcel`',
  ],
  [
    'a region that nobody is served in',
    "route: '/v1/parcels/{id}', method: GET",
    'region: eu',
    'no workspace is hosted in the region `eu`',
  ],
  ['a fleet of nobody', 'fra-parcels:', 'fra-parcel:', '9:5: the fleet `fra-parcel` serves no known product'],
  [
    'a host of another service',
    'services: { parcels: ./parcels.service.ts }',
    'services: { parcels: ./parcels.service.ts, twin: ./twin.service.yaml }',
    'the host `api.parcels.example` of twin.service.yaml is taken',
  ],
  [
    'a resource of another service',
    'services: { parcels: ./parcels.service.ts }',
    'services: { parcels: ./parcels.service.ts, twin: ./twin.service.yaml }',
    'the resource `parcel` of twin.service.yaml is taken',
  ],
  [
    'what Intercom has',
    'services: { parcels: ./parcels.service.ts }',
    'services: { parcels: ./parcels.service.ts, people: ./people.service.json }',
    'the resource `contact` of people.service.json is taken',
  ],
])('%s is told with its place', ([, found, written, told]) => {
  expect(text).toContain(found)
  expect(toldBy(text.replace(found, written))).toContain(told)
})

test('a fault may be where a workspace is served, though it is hosted elsewhere', () => {
  const elsewhere = text
    .replace('region: fra', 'region: us')
    .replace("route: '/v1/parcels/{id}', method: GET", 'region: eu, workspace: shop')
  expect(toldBy(elsewhere)).toBe('nothing is wrong')
})

test('a text without a file names no other files', () => {
  expect(toldBy(text, null)).toContain('7:24: a scenario that is a text cannot name other files')
})
