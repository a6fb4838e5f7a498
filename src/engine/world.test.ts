// Goal: services of one's own are a part of the world like those that are shipped. Method: a world of two workspaces, one of them where
// Intercom is not.

import { expect, test } from 'vitest'
import { createPrng } from '#random/prng.ts'
import { parseScenario } from '#scenario/parse.ts'
import type { ServiceDefinition } from '#server/defined/definition.ts'
import { noLevers } from '#server/service.ts'
import { apiTokensOf, createWorld } from './world.ts'

const parcels: ServiceDefinition = {
  name: 'parcels',
  hosts: [{ host: 'api.parcels.example' }, { host: 'fra.parcels.example', region: 'fra' }],
  base: '/v1',
  resources: { parcel: { path: '/parcels', seeded: 3, fields: { note: { type: 'string' } } } },
}

const text = `scenario: parcels-down
title: The parcels are not there
source: { document: example, date: 2026-03-16, severity: P2 }
run: { from: 10:00Z, until: 10:10Z }
world:
  workspaces: { shop: { region: fra }, desk: { region: eu } }
  services: { post: ./parcels.service.yaml }
load: { looks: { do: parcel.read, every: 10s }, reads: { do: contact.read, every: 10s, workspace: desk } }
faults: { down: { kind: status, from: 10:05Z, until: 10:06Z, with: { code: 503 } } }
phases: { recovery: 10:07Z }
evidence: { documented: {}, assumed: [run, world, load, faults, phases] }
`

function world() {
  const read = () => ({ file: 'parcels.service.yaml', definition: parcels })
  const scenario = parseScenario(text, 'parcels-down.yaml', null, 'parcels-down.yaml', read)
  return createWorld(scenario, true, createPrng('seed'))
}

test('it has the services, hosts and operations of both', () => {
  const { services, intents, apis } = world()
  expect(services.map(({ name }) => name)).toEqual(expect.arrayContaining(['intercom', 'graph-media', 'parcels']))
  expect(intents.has('parcel.read') && intents.has('contact.read')).toBe(true)
  const api = apis.get('post')
  expect(['fra', 'eu', 'mars'].map((region) => api?.hostFor(region))).toEqual([
    'fra.parcels.example',
    'api.parcels.example',
    'api.parcels.example',
  ])
})

test('each workspace has tokens of its own, where Intercom is and where it is not', () => {
  const made = world()
  expect(Object.keys(made.tokens)).toEqual(['desk'])
  const { post } = apiTokensOf(made)
  expect(Object.keys(post ?? {})).toEqual(['shop', 'desk'])
  expect(new Set([...Object.values(post ?? {}), ...Object.values(made.tokens)]).size).toBe(3)
})

test('a rotation is of all that a workspace has', () => {
  const made = world()
  const tokens = () => [
    made.tokens['desk'],
    made.apis.get('post')?.tokens['desk'],
    made.apis.get('post')?.tokens['shop'],
  ]
  const before = tokens()
  made.rotateToken('desk')
  made.rotateToken('shop')
  expect(tokens().map((token, index) => token === before[index])).toEqual([false, false, false])
})

test('levers pull on all services of a workspace', () => {
  const made = world()
  made.tunable?.under(({ name }) => (name === 'shop' ? { ...noLevers, appPerMinute: 1 } : noLevers))
  const api = made.apis.get('post')
  const ask = (workspace: string) => {
    const headers = { authorization: `Bearer ${api?.tokens[workspace]}` }
    const url = new URL('https://fra.parcels.example/v1/parcels')
    return api?.handle({ method: 'GET', url, headers, body: '' }, 0, createPrng('exchange')).status
  }
  expect([ask('shop'), ask('shop'), ask('desk'), ask('desk')]).toEqual([200, 429, 200, 200])
})
