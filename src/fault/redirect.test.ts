import { expect, test } from 'vitest'
import { redirect } from './redirect.ts'
import { complaint, decisionOf } from './test-asking.ts'

test.for<[object, number, string]>([
  [{}, 307, 'https://api.au.intercom.io/contacts/c1?with=notes'],
  [{ code: 308, host: 'api.eu.intercom.io' }, 308, 'https://api.eu.intercom.io/contacts/c1?with=notes'],
  [{ code: 302, path: '/maintenance?x=1' }, 302, 'https://api.au.intercom.io/maintenance?x=1'],
  [{ code: 303, host: 'status.intercom.com', path: '/' }, 303, 'https://status.intercom.com/'],
])('%j answers %d to %s', ([input, status, location]) => {
  expect(decisionOf(redirect, input)).toEqual({
    kind: 'respond',
    effect: 'none',
    status,
    headers: [['location', location]],
    body: '',
  })
})

test('who has arrived is let in', () => {
  const arrived = { url: new URL('https://api.eu.intercom.io/contacts/c1') }
  expect(decisionOf(redirect, { host: 'api.eu.intercom.io' }, arrived)).toEqual({ kind: 'pass' })
  expect(decisionOf(redirect, { path: '/contacts/c1' }, arrived)).toEqual({ kind: 'pass' })
})

test('says where it leads, for the scenario to check', () => {
  expect(redirect.leadsTo?.(redirect.schema.parse({ host: 'api.eu.intercom.io' }))).toBe('api.eu.intercom.io')
  expect(redirect.leadsTo?.(redirect.schema.parse({}))).toBeUndefined()
})

test.for<[object, string]>([
  [{ code: 304 }, 'write one of 301, 302, 303, 307, 308'],
  [{ host: 'localhost' }, 'write the name of a host, such as "api.eu.intercom.io"'],
  [{ path: 'maintenance' }, 'write a path, such as "/maintenance"'],
])('refuses %j', ([input, words]) => {
  expect(complaint(redirect, input)).toBe(words)
})

test('explains itself', () => {
  expect(redirect.explain(redirect.schema.parse({ code: 302, path: '/maintenance' }))).toBe(
    'The answer is 302 Found to /maintenance on the same host.',
  )
})
