import { describe, expect, test } from 'vitest'
import { clockStep } from './clock-step.ts'
import { crashLoop } from './crash-loop.ts'
import type { ExchangeView } from './fault.ts'
import { exchangeMatcher, matchesFleet, matchesNotification, matchesWorkspace, scopeProblem } from './matching.ts'
import { replicaLag } from './replica-lag.ts'
import type { Scope } from './spec.ts'
import { status } from './status.ts'
import { webhookDrop } from './webhook-drop.ts'

const exchange: ExchangeView = {
  exchange: 7,
  operation: 3,
  instance: 0,
  nth: 1,
  method: 'GET',
  route: '/contacts/{id}',
  host: 'api.au.intercom.io',
  region: 'au',
  product: 'rest',
  fleet: 'au-rest',
  workspace: 'ours',
  shard: 'a',
  tokenGeneration: 0,
  customer: 'customer-1',
  url: new URL('https://api.au.intercom.io/contacts/1'),
  body: '',
}

test.for<[Scope, boolean]>([
  [{}, true],
  [{ region: 'au' }, true],
  [{ region: 'us' }, false],
  [{ product: 'rest' }, true],
  [{ product: 'messenger' }, false],
  [{ fleet: 'au-rest' }, true],
  [{ fleet: 'us-rest' }, false],
  [{ workspace: 'ours' }, true],
  [{ workspace: 'sibling' }, false],
  [{ shard: 'a' }, true],
  [{ shard: 'b' }, false],
  [{ customer: 'customer-1' }, true],
  [{ customer: 'customer-10' }, false],
  [{ method: 'GET' }, true],
  [{ method: 'get' }, true],
  [{ method: 'POST' }, false],
  [{ route: '/contacts/{id}' }, true],
  [{ route: '/contacts/{contact_id}' }, true],
  [{ route: '/contacts' }, false],
  [{ route: '/contacts/*' }, true],
  [{ route: '/contacts*' }, true],
  [{ route: '/contacts/{id}/*' }, false],
  [{ route: '/conversations/*' }, false],
  [{ route: '/*' }, true],
  [{ region: 'au', method: 'GET', route: '/contacts/*' }, true],
  [{ region: 'au', method: 'PUT', route: '/contacts/*' }, false],
])('the scope %j matches a contact read in Australia: %s', ([where, expected]) => {
  expect(exchangeMatcher(where)(exchange)).toBe(expected)
})

test('a scope with a workspace or customer leaves out exchanges that name none', () => {
  const anonymous = { ...exchange, workspace: null, customer: null }
  expect(exchangeMatcher({ workspace: 'ours' })(anonymous)).toBe(false)
  expect(exchangeMatcher({ customer: 'customer-1' })(anonymous)).toBe(false)
})

test('a template is not a pattern for the routes beside it', () => {
  expect(exchangeMatcher({ route: '/contacts/{id}' })({ ...exchange, route: '/contacts/search' })).toBe(false)
})

test('a method in small letters on the wire matches too', () => {
  expect(exchangeMatcher({ method: 'PATCH' })({ ...exchange, method: 'patch' })).toBe(true)
})

test.for<[Scope, string, boolean]>([
  [{}, 'au-rest', true],
  [{ fleet: 'au-rest' }, 'au-rest', true],
  [{ fleet: 'au-rest' }, 'us-rest', false],
  [{ region: 'au' }, 'au-rest', true],
  [{ region: 'a' }, 'au-rest', false],
  [{ product: 'web-app' }, 'eu-web-app', true],
  [{ product: 'app' }, 'eu-web-app', false],
  [{ region: 'au', product: 'rest' }, 'au-rest', true],
  [{ region: 'au', product: 'messenger' }, 'au-rest', false],
])('the scope %j covers the fleet %s: %s', ([where, fleet, expected]) => {
  expect(matchesFleet(where, fleet)).toBe(expected)
})

const place = { name: 'ours', region: 'au', shard: 'a' }

test.for<[Scope, boolean]>([
  [{}, true],
  [{ workspace: 'ours', region: 'au', shard: 'a' }, true],
  [{ workspace: 'sibling' }, false],
  [{ region: 'us' }, false],
  [{ shard: 'b' }, false],
])('the scope %j covers our workspace: %s', ([where, expected]) => {
  const notification = { notification: 'n', topic: 'ping', workspace: 'ours', region: 'au', shard: 'a', nth: 1 }
  expect(matchesWorkspace(where, place)).toBe(expected)
  expect(matchesNotification(where, notification)).toBe(expected)
  expect(matchesNotification({ ...where, topic: 'ping' }, notification)).toBe(expected)
  expect(matchesNotification({ ...where, topic: 'contact.deleted' }, notification)).toBe(false)
})

describe('a scope that can match nothing is a problem', () => {
  test.for([
    [{ custommer: 'x' }, 'cannot be scoped by "custommer"; use region, product'],
    [{ region: '' }, '"region" is not a name'],
    [{ customer: 12 }, '"customer" is not a name'],
    [{ method: 'FETCH' }, '"FETCH" is not an HTTP method'],
    [{ route: 'contacts' }, '"contacts" is not a route'],
    [{ route: '/contacts/*/tags' }, '"/contacts/*/tags" is not a route'],
    [{ route: '/contacts?page=2' }, 'is not a route'],
    [{ fleet: 'au' }, '"au" is not a fleet'],
    [{ fleet: 'au-rest', region: 'us' }, '"au-rest" is not in the region "us"'],
    [{ fleet: 'au-rest', product: 'messenger' }, 'does not serve the product "messenger"'],
  ] as const)('%j', ([where, words]) => {
    expect(scopeProblem(status, where)).toContain(words)
  })

  test.for([{ route: '/me' }, { method: 'GET' }, { workspace: 'ours' }, { customer: 'x' }])(
    'for a fault that imposes: %j',
    (where) => {
      expect(scopeProblem(crashLoop, where)).toContain('A crash-loop acts on whole fleets and cannot be scoped by')
    },
  )

  test.for([
    [
      replicaLag,
      { fleet: 'au-rest' },
      'acts on whole workspaces and cannot be scoped by "fleet"; use region, workspace or',
    ],
    [
      clockStep,
      { region: 'au' },
      'acts on the client\'s process and cannot be scoped by "region"; leave the scope out',
    ],
    [
      webhookDrop,
      { route: '/me' },
      'acts on webhooks and cannot be scoped by "route"; use region, workspace, shard or',
    ],
    [status, { topic: 'ping' }, 'acts on exchanges and cannot be scoped by "topic"'],
  ] as const)('for what a kind does not act on: %#', ([kind, where, words]) => {
    expect(scopeProblem(kind, where, ['au-rest'])).toContain(words)
  })

  test('when it covers no fleet of the world', () => {
    expect(scopeProblem(crashLoop, { region: 'eu' }, ['au-rest', 'us-rest'])).toBe(
      "A crash-loop acts on fleets and its scope matches none; the world's fleets are au-rest, us-rest.",
    )
    expect(scopeProblem(crashLoop, {}, [])).toContain('the world has no fleets')
  })
})

test('a sound scope is no problem', () => {
  expect(scopeProblem(status, {})).toBeUndefined()
  expect(
    scopeProblem(status, { method: 'post', route: '/contacts/{id}/*', fleet: 'au-rest', region: 'au' }),
  ).toBeUndefined()
  expect(scopeProblem(status, { region: 'eu' }, ['au-rest'])).toBeUndefined()
  expect(scopeProblem(crashLoop, { region: 'au' }, ['au-rest'])).toBeUndefined()
})
