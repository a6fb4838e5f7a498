import { expect, test } from 'vitest'
import { scopeNeeded } from './oauth-scope.ts'

test.for<[string, string, string | undefined]>([
  ['GET', '/contacts', 'read-people'],
  ['get', '/contacts/{id}/tags', 'read-people'],
  ['POST', '/contacts', 'write-people'],
  ['POST', '/contacts/search', 'read-people'],
  ['POST', '/companies/list', 'read-people'],
  ['POST', '/conversations/{id}/reply', 'write-conversations'],
  ['POST', '/messages', 'write-conversations'],
  ['GET', '/tags', 'read-tags'],
  ['POST', '/events', 'write-events'],
  ['GET', '/events', undefined],
  ['GET', '/me', undefined],
  ['GET', '/contactsabc', undefined],
])('%s %s needs %s', ([method, route, scope]) => {
  expect(scopeNeeded({ method, route })).toBe(scope)
})
