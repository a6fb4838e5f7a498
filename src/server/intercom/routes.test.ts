import { expect, test } from 'vitest'
import { matchRoute } from './routes.ts'

test.for<[string, string, string | undefined, string, string]>([
  ['GET', '/me', '/me', '', ''],
  ['GET', '/contacts/12', '/contacts/{id}', '12', ''],
  ['DELETE', '/contacts/12/tags/34', '/contacts/{id}/tags/{tag_id}', '12', '34'],
  ['DELETE', '/contacts/a%2Fb/companies/c%20d', '/contacts/{id}/companies/{company_id}', 'a/b', 'c d'],
  ['GET', '/companies/scroll', '/companies/scroll', '', ''],
  ['GET', '/companies/scrolls', '/companies/{id}', 'scrolls', ''],
  ['GET', '/contacts/find_by_external_id/tags', '/contacts/find_by_external_id/{external_id}', 'tags', ''],
  ['PATCH', '/contacts/12', undefined, '', ''],
  ['DELETE', '/contacts/12/tags/%E0', undefined, '', ''],
  ['DELETE', '/contacts/%E0/tags/12', undefined, '', ''],
])('%s %s is served by %s', ([method, path, template, id, second]) => {
  const { route, ...parameters } = matchRoute(method, path) ?? { route: undefined, id: '', second: '' }
  expect(route?.template).toBe(template)
  expect(parameters).toEqual({ id, second })
})
