// The parser knows by itself what the services offer, so that reading a file loads none of them; here they meet.

import { expect, test } from 'vitest'
import { createPrng } from '#random/prng.ts'
import { createIntercom } from '#server/intercom/intercom.ts'
import { matchRoute } from '#server/intercom/routes.ts'
import { createStatusPage } from '#server/status-page/status-page.ts'
import { intentNames } from './load-section.ts'
import { components, knownRoutes, places, products, regions, routesIn } from './services.ts'

const random = createPrng('services')
const intercom = createIntercom({
  workspaces: [{ name: 'ours', region: 'au' }],
  random,
  startMs: 0,
  contacts: 1,
  conversations: 1,
})
const statusPage = createStatusPage({ startMs: 0, changes: [] })
const ofIntercom = knownRoutes.filter(({ template }) => !template.startsWith('/api/v2/'))
const ofStatusPage = knownRoutes.filter(({ template }) => template.startsWith('/api/v2/'))
const methods = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE']

test('a load can ask for exactly what the service publishes', () => {
  expect([...intercom.intents.keys()].toSorted()).toEqual(intentNames.toSorted())
})

test('a workspace can be hosted exactly where the service has a host', () => {
  expect(intercom.hosts.map(({ region }) => region).toSorted()).toEqual(regions.toSorted())
})

test('products and places are those of the hosts', () => {
  const hosts = [...intercom.hosts, ...statusPage.hosts]
  expect([...new Set(hosts.map(({ product }) => product))].toSorted()).toEqual(products.toSorted())
  expect([...new Set(hosts.map(({ region }) => region))].toSorted()).toEqual(places.toSorted())
})

test('the status page has the components that a scenario can name', () => {
  const told = JSON.parse(askPage('/api/v2/components.json').body ?? '') as { components: { name: string }[] }
  expect(told.components.map(({ name }) => name).toSorted()).toEqual(components.toSorted())
})

test.for(ofIntercom.map((route) => [route.template, route] as const))('Intercom serves %s as listed', ([, route]) => {
  const served = methods.filter((method) => matchRoute(method, route.template)?.route.template === route.template)
  expect(served).toEqual(route.methods)
})

test.for(ofStatusPage.map(({ template }) => template))('the status page serves %s', (path) => {
  expect(askPage(path).status).toBe(200)
})

test('a route matches whatever its parameter is called', () => {
  const found = routesIn({ route: '/contacts/{contact}', method: 'put' })
  expect(found.map(({ template }) => template)).toEqual(['/contacts/{id}'])
})

test('a prefix matches all routes below it', () => {
  expect(routesIn({ route: '/conversations/*', method: 'POST' })).toHaveLength(2)
})

function askPage(path: string): { readonly status: number; readonly body: string | null } {
  const url = new URL(path, 'https://status.intercom.com')
  return statusPage.handle({ method: 'GET', url, headers: {}, body: '' }, 0, random)
}
