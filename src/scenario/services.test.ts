// The parser knows by itself what the services offer, so that reading a file loads none of them; here they meet.

import { expect, test } from 'vitest'
import { createPrng } from '#random/prng.ts'
import { createGraphMedia } from '#server/graph-media/graph-media.ts'
import { activityTopics as activitiesOfIntercom } from '#server/intercom/activity.ts'
import { createIntercom } from '#server/intercom/intercom.ts'
import { matchRoute } from '#server/intercom/routes.ts'
import { createStatusPage } from '#server/status-page/status-page.ts'
import { topics as webhookTopics } from '#server/webhooks/notice.ts'
import {
  activityTopics,
  components,
  hosts,
  intentNames,
  knownRoutes,
  places,
  products,
  regions,
  routesIn,
  topics,
} from './services.ts'

const random = createPrng('services')
const intercom = createIntercom({
  workspaces: [{ name: 'ours', region: 'au' }],
  random,
  startMs: 0,
  contacts: 1,
  conversations: 1,
})
const statusPage = createStatusPage({ startMs: 0, changes: [] })
const graph = createGraphMedia({ startMs: 0, random })
const ofGraph = ['/{media}', '/whatsapp_business/attachments/']
const ofIntercom = knownRoutes.filter(({ template }) => !template.startsWith('/api/v2/') && !ofGraph.includes(template))
const ofStatusPage = knownRoutes.filter(({ template }) => template.startsWith('/api/v2/'))
const methods = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE']

test('a load can ask for exactly what the service publishes', () => {
  expect([...intercom.intents.keys()].toSorted()).toEqual(intentNames.toSorted())
})

test('a workspace can be hosted exactly where the service has a host', () => {
  expect(intercom.hosts.map(({ region }) => region).toSorted()).toEqual(regions.toSorted())
})

test('products and places are those of the hosts', () => {
  const served = [...intercom.hosts, ...statusPage.hosts, ...graph.hosts]
  expect([...new Set(served.map(({ product }) => product))].toSorted()).toEqual(products.toSorted())
  expect([...new Set(served.map(({ region }) => region))].toSorted()).toEqual(places.toSorted())
  expect(served.map(({ host }) => host).toSorted()).toEqual(hosts.toSorted())
})

test('a fault can be scoped to exactly the topics that webhooks have', () => {
  expect(topics).toEqual(webhookTopics)
})

test('a route is of one product only', () => {
  expect(routesIn({ route: '/{media}', product: 'graph' })).toHaveLength(1)
  expect(routesIn({ route: '/me', product: 'graph' })).toEqual([])
  expect(routesIn({ route: '/me', fleet: 'au-rest' })).toHaveLength(1)
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

test.for([
  ['/{media}', 'https://graph.facebook.com/v23.0/1000000000000001'],
  ['/whatsapp_business/attachments/', 'https://lookaside.fbsbx.com/whatsapp_business/attachments/?mid=1'],
] as const)('Graph serves %s', ([template, url]) => {
  expect(knownRoutes.map((route) => route.template)).toContain(template)
  expect(graph.facts({ method: 'GET', url: new URL(url), headers: {}, body: '' }).route).toBe(template)
})

test('an activity can be exactly what can happen in a workspace', () => {
  expect(activityTopics.toSorted()).toEqual(activitiesOfIntercom.toSorted())
})

test('a route matches whatever its parameter is called', () => {
  const found = routesIn({ route: '/contacts/{contact}', method: 'put' })
  expect(found.map(({ template }) => template)).toEqual(['/contacts/{id}'])
})

test('a prefix matches all routes below it', () => {
  const found = routesIn({ route: '/conversations/*', method: 'POST' }).map(({ template }) => template)
  expect(found).toEqual(expect.arrayContaining(['/conversations/{id}/reply', '/conversations/{id}/parts']))
  expect(found.filter((template) => !template.startsWith('/conversations/'))).toEqual([])
})

function askPage(path: string): { readonly status: number; readonly body: string | null } {
  const url = new URL(path, 'https://status.intercom.com')
  return statusPage.handle({ method: 'GET', url, headers: {}, body: '' }, 0, random)
}
