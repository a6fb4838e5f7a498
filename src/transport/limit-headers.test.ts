// Goal: an API may tell its limits in headers of its own. Method: a service that says which, and a fault that falsifies them.

import assert from 'node:assert/strict'
import { afterEach, expect, test } from 'vitest'
import type { LimitHeaders } from '#history/limit-headers.ts'
import { decisionOf } from '#fault/test-asking.ts'
import { rateHeaders } from '#fault/rate-headers.ts'
import type { Reply } from '#server/service.ts'
import { openRig, tinyService, type Rig } from './test-rig.ts'

let rig: Rig

afterEach(() => rig.close())

const startMs = Date.UTC(2026, 2, 16, 10, 0, 10)
const draft: LimitHeaders = {
  headers: { limit: 'RateLimit-Limit', remaining: 'RateLimit-Remaining', reset: 'RateLimit-Reset' },
  reset: 'seconds',
}
const reply = (): Partial<Reply> => ({
  headers: [
    ['ratelimit-limit', '60'],
    ['ratelimit-remaining', '7'],
    ['ratelimit-reset', '50'],
  ],
})

/** What the client and the history are told, with and without the fault. */
async function toldBy(limitHeaders: LimitHeaders | undefined) {
  const decision = decisionOf(rateHeaders, { form: 'far-future' })
  assert(decision.kind === 'rewrite')
  const service = tinyService('api.test', { '/true': reply, '/false': reply })
  rig = openRig({
    service: limitHeaders ? { ...service, limitHeaders } : service,
    decide: ({ url }) => (url.pathname === '/false' ? decision : undefined),
    options: { startMs },
    turn: () => new Promise((done) => setImmediate(done)),
  })
  const resets: (string | null)[] = []
  for (const path of ['true', 'false'])
    resets.push((await rig.settle(rig.fetch(`https://api.test/${path}`))).headers.get('ratelimit-reset'))
  return { resets, facts: rig.find('exchange.head').map(({ rateLimit }) => rateLimit), hits: rig.find('fault.hit') }
}

test('headers of its own are falsified, and their resets kept as instants', async () => {
  const { resets, facts, hits } = await toldBy(draft)
  const told = { limit: 60, remaining: 7, resetAt: startMs / 1_000 + 50 }
  expect(resets).toEqual(['50', '86450'])
  expect(facts).toEqual([told, { ...told, resetAt: told.resetAt + 86_400 }])
  expect(hits).toHaveLength(1)
})

test('headers of which the service says nothing mean nothing', async () => {
  expect(await toldBy(undefined)).toEqual({ resets: ['50', '50'], facts: [undefined, undefined], hits: [] })
})
