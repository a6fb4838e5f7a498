import { IntercomClient, IntercomError } from 'intercom-client'
import { expect, test } from 'vitest'
import { createPrng } from '#random/prng.ts'
import type { Levers } from '../service.ts'
import { noLevers } from '../service.ts'
import { ask, header, json, serviceFetch, startSeconds, testIntercom } from './asking.ts'
import { spend } from './quota.ts'
import { Workspace } from './workspace.ts'

function spending(levers: Partial<Levers>) {
  const workspace = new Workspace({ name: 'ours', region: 'au', createdAt: 0, random: createPrng('seed') })
  return (at: number) => spend(workspace, at, { ...noLevers, ...levers })
}

const shown = (headers: readonly (readonly [string, string])[]) => headers.map(([, value]) => Number(value))

test.for<[string, Partial<Levers>, number, number, number]>([
  ['the usual limit of the app', {}, 0, 1_667, 1_666],
  ['a limit that the app was given', { appPerMinute: 1_000 }, 0, 167, 166],
  ['a workspace limit that is not used up', { workspacePerMinute: 600 }, 0, 1_667, 1_666],
  ['calls of others that leave enough', { otherAppsPerMinute: 24_000 }, 9_999, 1_667, 1_666],
  ['calls of others that left nothing', { otherAppsPerMinute: 60_000 }, 5_000, 4_167, 0],
])('the headers tell %s', ([, levers, at, limit, remaining]) => {
  expect(shown(spending(levers)(at).headers)).toEqual([limit, remaining, 10])
})

test.for<[Partial<Levers>, number | null, readonly string[]]>([
  [{}, null, []],
  [{ otherAppsPerMinute: 60_000 }, 4_167, ['other-apps']],
  [{ workspacePerMinute: 0 }, 0, ['rate-limit']],
  [{ appPerMinute: 0 }, 0, ['rate-limit']],
  [{ appPerMinute: 0, otherAppsPerMinute: 60_000 }, 0, ['other-apps', 'rate-limit']],
  [{ workspacePerMinute: 12_000, otherAppsPerMinute: 24_000 }, 2_000, ['other-apps', 'rate-limit']],
  [{ workspacePerMinute: 12_000, otherAppsPerMinute: 6_000 }, null, []],
])('after five seconds of %o the limit exceeded is %s, by %o', ([levers, exceeded, bentBy]) => {
  expect(spending(levers)(5_000)).toMatchObject({ exceeded, bentBy })
})

test('what the client used up all by itself is nobody elses fault', () => {
  const take = spending({ otherAppsPerMinute: 60_000 })
  for (let nth = 0; nth < 1_667; nth += 1) take(0)
  expect(take(9_000)).toMatchObject({ exceeded: 1_667, bentBy: [] })
})

test('other apps that eat the quota are a 429 that names the limit of the workspace', () => {
  const intercom = testIntercom()
  intercom.under(() => ({ ...noLevers, otherAppsPerMinute: 60_000 }))
  expect(ask(intercom, 'GET', '/me', { at: 4_000 }).status).toBe(200)
  const refused = ask(intercom, 'GET', '/me', { at: 5_100 })
  expect(refused).toMatchObject({ status: 429, bentBy: ['other-apps'] })
  expect(json(refused)['errors']).toEqual([
    { code: 'rate_limit_exceeded', message: 'Exceeded rate limit of 4167 in 10_seconds' },
  ])
  expect(header(refused, 'x-ratelimit-remaining')).toBe('0')
  expect(header(refused, 'x-ratelimit-reset')).toBe(String(startSeconds + 10))
  expect(ask(intercom, 'GET', '/me', { at: 10_000 }).status).toBe(200)
})

test('the SDK is told when the quota of the workspace is back', async () => {
  const intercom = testIntercom()
  intercom.under(() => ({ ...noLevers, otherAppsPerMinute: 60_000 }))
  const client = new IntercomClient({
    token: intercom.tokens['ours'] ?? '',
    environment: 'https://api.au.intercom.io',
    fetch: serviceFetch([intercom], () => 9_000),
    maxRetries: 0,
  })
  const error: unknown = await client.admins.identify().catch((reason: unknown) => reason)
  expect(error).toBeInstanceOf(IntercomError)
  expect((error as IntercomError).rawResponse?.headers.get('x-ratelimit-reset')).toBe(String(startSeconds + 10))
})
