import { expect, test } from 'vitest'
import type { Scope } from '#fault/spec.ts'
import type { ServiceDefinition } from '#server/defined/definition.ts'
import { limitHeadersIn } from './limit-headers-in.ts'

const resources = { parcel: { path: '/parcels', fields: { note: { type: 'string' } } } } as const
const parcels: ServiceDefinition = {
  name: 'parcels',
  hosts: [{ host: 'api.parcels.example', region: 'fra' }],
  limits: { requests: 60, per: '60s', headers: { reset: 'RateLimit-Reset' }, reset: 'seconds' },
  resources,
}
const silent: ServiceDefinition = { name: 'silent', hosts: [{ host: 'api.silent.example' }], resources }

test.for<[string, Scope, readonly (string | undefined)[]]>([
  ['no scope', {}, ['X-RateLimit-Reset', 'RateLimit-Reset', undefined]],
  ['a product', { product: 'parcels' }, ['RateLimit-Reset']],
  ["Intercom's product", { product: 'rest' }, ['X-RateLimit-Reset']],
  ['a product without limits', { product: 'media' }, []],
  ['a fleet', { fleet: 'fra-parcels' }, ['RateLimit-Reset']],
  ['a route of one', { route: '/contacts/{id}' }, ['X-RateLimit-Reset']],
  ['a route of two', { route: '/parcels/{id}' }, ['RateLimit-Reset', undefined]],
  ['a region', { region: 'au' }, ['X-RateLimit-Reset']],
  ['a region of its own', { region: 'fra' }, ['RateLimit-Reset']],
])('%s says which APIs it is about', ([, where, resets]) => {
  const services = [{ definition: parcels }, { definition: silent }]
  expect(limitHeadersIn(where, services).map(({ headers }) => headers.reset)).toEqual(resets)
})
