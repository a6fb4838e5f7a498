import { IntercomClient, IntercomError } from 'intercom-client'
import { expect, test } from 'vitest'
import { ask, requestOf, serviceFetch, testIntercom } from './asking.ts'

const bearing = (token: string | undefined) => ({ headers: { authorization: `Bearer ${token}` } })

test('a rotation issues another token, which opens the same workspace', () => {
  const intercom = testIntercom()
  const first = intercom.tokens['ours']
  const second = intercom.rotateToken('ours')
  expect(second).toMatch(/^dG9rO[0-9a-f]{48}$/u)
  expect(second).not.toBe(first)
  expect(intercom.tokens['ours']).toBe(second)
  for (const [token, generation] of [
    [first, 0],
    [second, 1],
  ] as const) {
    expect(ask(intercom, 'GET', '/me', bearing(token)).status).toBe(200)
    expect(intercom.facts(requestOf(intercom, 'GET', '/me', bearing(token)))).toMatchObject({
      workspace: 'ours',
      tokenGeneration: generation,
    })
  }
})

test('generations count up, and each workspace has its own', () => {
  const intercom = testIntercom()
  const [ours, sibling] = [intercom.tokens['ours'], intercom.tokens['sibling']]
  const tokens = [ours, intercom.rotateToken('ours'), intercom.rotateToken('ours')]
  expect(new Set(tokens).size).toBe(3)
  const newest = intercom.facts(requestOf(intercom, 'GET', '/me', bearing(tokens[2])))
  expect(newest.tokenGeneration).toBe(2)
  expect(intercom.tokens['sibling']).toBe(sibling)
})

test('the same seed rotates to the same token', () => {
  expect(testIntercom().rotateToken('ours')).toBe(testIntercom().rotateToken('ours'))
})

test('without a token of ours there is no generation and no shard', () => {
  const intercom = testIntercom()
  const facts = intercom.facts(requestOf(intercom, 'GET', '/me', bearing('wrong')))
  expect(facts.workspace).toBeNull()
  expect(facts).not.toHaveProperty('tokenGeneration')
  expect(facts).not.toHaveProperty('shard')
})

test('the place of a workspace has its shard', () => {
  const workspaces = [
    { name: 'ours', region: 'au', shard: 'd' },
    { name: 'sibling', region: 'us' },
  ]
  const intercom = testIntercom({ workspaces })
  expect(intercom.facts(requestOf(intercom, 'GET', '/me')).shard).toBe('d')
  const elsewhere = { ...bearing(intercom.tokens['sibling']), host: 'api.intercom.io' }
  expect(intercom.facts(requestOf(intercom, 'GET', '/me', elsewhere)).shard).toBe('a')
})

const [globalHost, eu, au] = ['https://api.intercom.io', 'https://api.eu.intercom.io', 'https://api.au.intercom.io']

test.for<[string, string, string | number]>([
  ['ours', au, 'AU'],
  ['ours', globalHost, 'AU'],
  ['ours', eu, 401],
  ['sibling', globalHost, 'US'],
  ['sibling', au, 401],
  ['sibling', eu, 401],
])('the SDK with the token of %s at %s gets %s', async ([workspace, environment, wanted]) => {
  const intercom = testIntercom()
  const token = intercom.tokens[workspace] ?? ''
  const client = new IntercomClient({ token, environment, fetch: serviceFetch([intercom]), maxRetries: 0 })
  const got = await client.admins.identify().then(
    (me) => (me?.app as { region?: string } | undefined)?.region,
    (error: unknown) => (error as IntercomError).statusCode,
  )
  expect(got).toBe(wanted)
})

test('a call to the global host is served where the workspace lives', () => {
  const intercom = testIntercom()
  expect(intercom.facts(requestOf(intercom, 'GET', '/me', { host: 'api.intercom.io' })).region).toBe('au')
})
