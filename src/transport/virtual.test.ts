// What the virtual transport records, and when things happen. The shapes of errors and responses are in parity.test.ts.

import { getEventListeners } from 'node:events'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { afterEach, expect, test } from 'vitest'
import { limits } from '#context/limits.ts'
import { currentOwner, runAs, type Owner } from '#context/owner.ts'
import type { Decision } from '#fault/fault.ts'
import type { Admission, Fleet, Pressure } from '#server/fleet.ts'
import { openRig, planOf, tinyService, type Rig, type RigOptions } from './test-rig.ts'

let rig: Rig

const open = (options: Partial<RigOptions> = {}): Rig => {
  rig = openRig({ turn: () => new Promise((done) => setImmediate(done)), ...options })
  return rig
}

afterEach(() => rig.close())

const base = 'https://api.test'
const url = `${base}/contacts/c1`

const ownerOf = (operation: number | null): Owner => ({ instance: 0, workspace: 'ours', operation, random: () => 0.5 })

function fleetOf(admit: (at: number) => Admission, config: Partial<Fleet['config']> = {}) {
  const pressures: ((at: number) => Pressure)[] = []
  const fleet: Fleet = {
    name: 'au-rest',
    config: {
      workers: 1,
      serviceTimeMs: 60,
      queue: 10,
      otherTenantsPerSecond: 0,
      abandoned: 'served',
      overflow: 'hang',
      gatewayTimeoutMs: 60_000,
      ...config,
    },
    under: (pressure) => pressures.push(pressure),
    admit,
  }
  return { fleet, pressures }
}

const served =
  (startsIn: number, endsIn: number, waiting = 0) =>
  (at: number): Admission => ({
    kind: 'served',
    startsAt: at + startsIn,
    endsAt: at + endsIn,
    waiting,
  })

test('an exchange is sent, arrives, is answered and ends', async () => {
  const { settle, fetch, events } = open()
  const response = await settle(fetch(url))
  expect(await response.json()).toEqual({ entity: 'contact:c1' })
  expect(events).toMatchObject([
    {
      at: 0,
      kind: 'exchange.sent',
      exchange: 1,
      instance: 0,
      operation: null,
      certain: true,
      nth: 1,
      method: 'GET',
      route: '/contacts/{id}',
      host: 'api.test',
      region: 'au',
      product: 'rest',
      workspace: 'ours',
      entity: 'contact:c1',
      bodyHash: '',
    },
    { at: 0, kind: 'exchange.arrived', exchange: 1, queued: 0, answersIn: expect.closeTo(60, -1.5) },
    { at: expect.closeTo(60, -1.5), kind: 'exchange.head', exchange: 1, status: 200 },
    { at: expect.closeTo(60, -1.5), kind: 'exchange.ended', exchange: 1, contains: { 'contact:c1': 0 } },
  ])
  expect(rig.inFlight()).toBe(0)
})

test('an ample fleet varies its service time, the same for the same exchange', async () => {
  const times = async () => {
    const { settle, fetch, find } = open()
    for (let index = 0; index < 5; index += 1) await settle(fetch(url))
    rig.close()
    return find('exchange.arrived').map(({ answersIn }) => answersIn)
  }
  const first = await times()
  expect(new Set(first).size).toBe(5)
  expect(await times()).toEqual(first)
})

test('a write commits its effects when it is served, before the answer', async () => {
  const { settle, fetch, kinds, find } = open()
  await settle(fetch(url, { method: 'POST', body: '{}', headers: { 'idempotency-key': 'i-1' } }))
  await settle(fetch(url, { method: 'POST', body: '{"a":1}' }))
  expect(kinds().slice(0, 5)).toEqual([
    'exchange.sent',
    'exchange.arrived',
    'effect.committed',
    'exchange.head',
    'exchange.ended',
  ])
  expect(find('effect.committed').map(({ effect, exchange, version }) => [effect, exchange, version])).toEqual([
    [1, 1, 1],
    [2, 2, 2],
  ])
  const [one, two] = find('exchange.sent')
  expect(one).toMatchObject({ idempotencyKey: 'i-1', key: 'k', bodyHash: expect.stringMatching(/^[0-9a-f]{16}$/u) })
  expect(two!.bodyHash).not.toBe(one!.bodyHash)
})

test('a request of a method with a body that comes without one says so', async () => {
  const { settle, fetch, find } = open()
  await settle(fetch(url, { method: 'POST' }))
  await settle(fetch(url, { method: 'POST', body: '{}' }))
  await settle(fetch(url))
  await settle(fetch(url, { method: 'DELETE' }))
  expect(find('exchange.sent').map(({ empty }) => empty)).toEqual([true, undefined, undefined, undefined])
})

test('an exchange belongs to the operation in whose context it was sent, and says when that is doubtful', async () => {
  const { settle, fetch, find } = open({
    options: { entityOf: (operation) => (operation === 7 ? 'contact:c1' : 'contact:c2') },
  })
  await settle(runAs(ownerOf(7), () => fetch(url)))
  await settle(runAs(ownerOf(8), () => fetch(url)))
  await settle(runAs(ownerOf(8), () => fetch(`${base}/me`)))
  expect(find('exchange.sent').map(({ operation, certain, nth }) => [operation, certain, nth])).toEqual([
    [7, true, 1],
    [8, false, 1],
    [8, true, 2],
  ])
})

test('an exchange that carries the business key of its operation belongs to it, whatever entity it names', async () => {
  const { settle, fetch, find } = open({
    options: { entityOf: () => 'media:m1', keyOf: (operation) => (operation === 7 ? 'k' : 'other') },
  })
  const send = () => fetch(url, { method: 'POST', body: '{"a":1}' })
  await settle(runAs(ownerOf(7), send))
  await settle(runAs(ownerOf(8), send))
  expect(find('exchange.sent').map(({ key, certain }) => [key, certain])).toEqual([
    ['k', true],
    ['k', false],
  ])
})

test('the client keeps its context, and the services never see it', async () => {
  const seen: unknown[] = []
  const service = tinyService('api.test', {
    '/x': () => {
      seen.push(currentOwner())
      return {}
    },
  })
  const draws: unknown[] = []
  const random = Math.random
  Math.random = () => {
    draws.push(currentOwner())
    return 0.5
  }
  try {
    const { settle, fetch } = open({ service })
    const owner = ownerOf(3)
    const during = runAs(owner, async () => {
      await (await fetch(`${base}/x`)).text()
      return currentOwner()
    })
    expect(await settle(during)).toBe(owner)
    expect(seen).toEqual([undefined])
    expect(draws.filter((each) => each !== undefined)).toEqual([])
  } finally {
    Math.random = random
  }
})

test('rate limits, Retry-After and the request id are part of the head', async () => {
  const headers: [string, string][] = [
    ['Retry-After', '7'],
    ['X-Request-Id', 'r-1'],
    ['X-RateLimit-Limit', '167'],
    ['X-RateLimit-Remaining', '3'],
    ['X-RateLimit-Reset', '1777287600'],
  ]
  const { settle, fetch, find } = open({ service: tinyService('api.test', { '/x': () => ({ headers }) }) })
  await settle(fetch(`${base}/x`))
  expect(find('exchange.head')[0]).toMatchObject({
    retryAfter: '7',
    requestId: 'r-1',
    rateLimit: { limit: 167, remaining: 3, resetAt: 1_777_287_600 },
  })
})

test('a request to a host that is not simulated goes nowhere and is reported', async () => {
  const { settle, fetch, find, escapes } = open({ options: { dropHosts: new Set(['sentry.io']) } })
  const failures = ['https://elsewhere.test/x?token=1', 'https://sentry.io/api', 'http://127.0.0.1:9/'].map((address) =>
    settle(fetch(address)),
  )
  for (const failure of failures) await expect(failure).rejects.toMatchObject({ cause: { code: 'ENOTFOUND' } })
  expect(find('exchange.refused').map(({ host, via, operation }) => [host, via, operation])).toEqual([
    ['elsewhere.test', 'fetch', null],
    ['sentry.io', 'fetch', null],
    ['127.0.0.1:9', 'fetch', null],
  ])
  expect(escapes()).toEqual([
    { host: 'elsewhere.test', via: 'fetch', near: false },
    { host: '127.0.0.1:9', via: 'fetch', near: true },
  ])
})

test('delays of several faults add up before the request arrives', async () => {
  const delays: Decision[] = [
    { kind: 'delay', ms: 1_000 },
    { kind: 'delay', ms: 500 },
  ]
  const { settle, fetch, find } = open({ decide: () => delays })
  await settle(fetch(url))
  expect(find('fault.hit').map(({ fault, decision, effect, at }) => [fault, decision, effect, at])).toEqual([
    ['fault-1', 'delay', 'none', 0],
    ['fault-2', 'delay', 'none', 0],
  ])
  expect(find('exchange.arrived')[0]!.at).toBe(1_500)
})

const answered: Decision = { kind: 'respond', effect: 'none', status: 503, headers: [], body: 'busy' }
const reset: Decision = { kind: 'abort', effect: 'none', phase: 'headers', code: 'ECONNRESET' }
const silent: Decision = { kind: 'hang', effect: 'none', phase: 'headers' }

test.for<[string, Decision, string]>([
  ['respond', answered, '503'],
  ['abort', reset, 'ECONNRESET'],
  ['hang', silent, 'UND_ERR_HEADERS_TIMEOUT'],
])(
  '%s without effect never reaches the service, with effect the work is done and its answer discarded',
  async ([, decision, shows]) => {
    for (const effect of ['none', 'committed'] as const) {
      const { settle, fetch, find } = open({ decide: () => ({ ...decision, effect }) as Decision })
      const seen = await settle(
        fetch(url, { method: 'POST', body: '{}' }).then(
          ({ status }) => String(status),
          (error: Error) => (error.cause as { code: string }).code,
        ),
      )
      expect(seen).toBe(shows)
      expect(find('effect.committed')).toHaveLength(effect === 'committed' ? 1 : 0)
      expect(find('fault.hit')).toMatchObject([{ decision: decision.kind, effect }])
      expect(find('exchange.ended').every(({ contains }) => Object.keys(contains).length === 0)).toBe(true)
      expect(rig.inFlight()).toBe(0)
      rig.close()
    }
  },
)

test.for<[string, Decision, number, string, string]>([
  [
    'connecting',
    { kind: 'abort', effect: 'none', phase: 'connect', code: 'UND_ERR_CONNECT_TIMEOUT' },
    10_000,
    'connect',
    'UND_ERR_CONNECT_TIMEOUT',
  ],
  ['headers', silent, 300_000, 'headers', 'UND_ERR_HEADERS_TIMEOUT'],
  [
    'headers, as a decision',
    { kind: 'abort', effect: 'none', phase: 'headers', code: 'UND_ERR_HEADERS_TIMEOUT' },
    300_000,
    'headers',
    'UND_ERR_HEADERS_TIMEOUT',
  ],
  ['a delay', { kind: 'delay', ms: 400_000 }, 300_000, 'headers', 'UND_ERR_HEADERS_TIMEOUT'],
])('Node gives up by itself: %s', async ([, decision, at, phase, code]) => {
  const { settle, fetch, find } = open({ decide: () => decision })
  await expect(settle(fetch(url))).rejects.toMatchObject({ message: 'fetch failed', cause: { code } })
  expect(find('exchange.failed')).toMatchObject([{ at, phase, code }])
  expect(find('exchange.head')).toEqual([])
})

test('a body that stops midway is given up after 300 s', async () => {
  const { settle, fetch, find } = open({ decide: () => ({ kind: 'hang', effect: 'none', phase: 'body' }) })
  const response = await (async () => {
    const pending = fetch(url)
    await rig.clock.run(1_000)
    return pending
  })()
  expect(rig.inFlight()).toBe(1)
  await expect(settle(response.text())).rejects.toMatchObject({
    message: 'terminated',
    cause: { name: 'BodyTimeoutError', code: 'UND_ERR_BODY_TIMEOUT', message: 'Body Timeout Error' },
  })
  expect(find('exchange.failed')[0]!.at - find('exchange.head')[0]!.at).toBe(300_000)
  expect(find('exchange.arrived')[0]!.answersIn).toBe(null)
})

test('the answer of nobody begins when a write that has no effect is cut in its body', async () => {
  const cut: Decision = { kind: 'abort', effect: 'none', phase: 'body', code: 'ECONNRESET' }
  const { settle, fetch, find } = open({ decide: () => cut })
  const text = fetch(url, { method: 'POST', body: '{}' }).then((response) => response.text())
  await expect(settle(text)).rejects.toMatchObject({ message: 'terminated', cause: { code: 'ECONNRESET' } })
  expect(find('effect.committed')).toEqual([])
  expect(find('exchange.failed')).toMatchObject([{ phase: 'body', code: 'ECONNRESET' }])
})

test('a rewrite edits the reply, which then teaches the client nothing', async () => {
  const decide = (): Decision => ({ kind: 'rewrite', edit: (reply) => ({ ...reply, status: 502, body: 'garbage' }) })
  const { settle, fetch, find } = open({ decide })
  const response = await settle(fetch(url))
  expect([response.status, await response.text()]).toEqual([502, 'garbage'])
  expect(find('fault.hit')).toMatchObject([{ decision: 'rewrite', effect: 'committed' }])
  expect(find('exchange.ended')[0]!.contains).toEqual({})
})

test('a status that Response does not know still arrives', async () => {
  const { settle, fetch, find } = open({ decide: () => ({ ...answered, status: 700 }) as Decision })
  const { status, ok } = await settle(fetch(url))
  expect([status, ok]).toEqual([700, false])
  expect(find('exchange.head')[0]!.status).toBe(700)
})

test('an abandoned write is still served', async () => {
  const { fleet } = fleetOf(served(5_000, 6_000, 3))
  const { fetch, find, clock } = open({ fleet })
  const control = new AbortController()
  const failure = fetch(url, { method: 'POST', body: '{}', signal: control.signal })
  const seen = failure.catch((reason: unknown) => reason)
  await clock.run(1_000)
  control.abort('timeout')
  expect(rig.inFlight()).toBe(0)
  await clock.run()
  expect(await seen).toBe('timeout')
  expect(find('exchange.aborted')).toMatchObject([{ at: 1_000, reason: 'timeout' }])
  expect(find('effect.committed')).toMatchObject([{ at: 6_000, exchange: 1 }])
  expect(find('exchange.head')).toEqual([])
})

test.for([
  [4_999, 0],
  [5_000, 1],
])('where abandoned requests are dropped, one given up at %i ms commits %i times', async ([abortAt, commits]) => {
  const { fleet } = fleetOf(served(5_000, 6_000), { abandoned: 'dropped' })
  const { fetch, find, clock } = open({ fleet })
  const control = new AbortController()
  fetch(url, { method: 'POST', body: '{}', signal: control.signal }).catch(() => {})
  await clock.run(abortAt)
  control.abort()
  await clock.run()
  expect(find('effect.committed')).toHaveLength(commits!)
})

test('an exchange whose answer has arrived is not aborted any more', async () => {
  const { settle, fetch, find } = open()
  const control = new AbortController()
  const response = await settle(fetch(url, { signal: control.signal }))
  control.abort('late')
  await expect(response.text()).rejects.toBe('late')
  expect(find('exchange.aborted')).toEqual([])
  expect(find('exchange.ended')).toHaveLength(1)
})

test('an abort in the middle of the body is one', async () => {
  const { fetch, find, clock } = open({ decide: () => ({ kind: 'hang', effect: 'none', phase: 'body' }) })
  const control = new AbortController()
  const pending = fetch(url, { signal: control.signal })
  await clock.run(1_000)
  const text = (await pending).text()
  control.abort('late')
  await expect(text).rejects.toBe('late')
  await clock.run()
  expect(find('exchange.aborted')).toMatchObject([{ reason: 'late' }])
  expect(find('exchange.failed')).toEqual([])
})

test('the gateway answers 504 for a request that waited too long, and nothing is committed', async () => {
  const { fleet } = fleetOf((at) => ({ kind: 'gateway-timeout', endsAt: at + 60_000, waiting: 9 }))
  const conditions = [{ fault: 'loss', condition: { kind: 'workers-lost', share: 1 } }] as const
  const { settle, fetch, find } = open({ fleet, conditions })
  const response = await settle(fetch(url, { method: 'POST', body: '{}' }))
  expect([response.status, response.headers.get('content-type')]).toEqual([504, 'text/html'])
  expect(find('exchange.arrived')).toMatchObject([{ queued: 9, answersIn: 60_000 }])
  expect(find('fault.hit')).toMatchObject([{ fault: 'loss', decision: 'condition', effect: 'none' }])
  expect(find('effect.committed')).toEqual([])
})

test('a full queue answers never, or 503 at once', async () => {
  const overflow = (): Admission => ({ kind: 'overflow', waiting: 200 })
  const hanging = open({ fleet: fleetOf(overflow).fleet })
  await expect(hanging.settle(hanging.fetch(url))).rejects.toMatchObject({ cause: { code: 'UND_ERR_HEADERS_TIMEOUT' } })
  expect(hanging.find('exchange.arrived')).toMatchObject([{ queued: 200, answersIn: null }])
  hanging.close()
  const rejecting = open({ fleet: fleetOf(overflow, { overflow: 'reject' }).fleet })
  const response = await rejecting.settle(rejecting.fetch(url))
  expect(response.status).toBe(503)
  expect(rejecting.clock.now()).toBeLessThan(20)
})

test('a condition hits the exchanges it made wait, and no others', async () => {
  const conditions = [
    { fault: 'loop', condition: { kind: 'deadly-demand', perSecond: 1, restartMs: 20_000 } },
    { fault: 'loop', condition: { kind: 'demand', perSecond: 5 } },
    { fault: 'loss', condition: { kind: 'workers-lost', share: 0.5 } },
  ] as const
  const idle = fleetOf(served(0, 60))
  const atEase = open({ fleet: idle.fleet, conditions })
  await atEase.settle(atEase.fetch(url))
  expect(atEase.find('fault.hit')).toEqual([])
  expect(idle.pressures.map((pressure) => pressure(0))).toEqual([
    { lostShare: 0.5, extraPerSecond: 5, deadlyPerSecond: 1, restartMs: 20_000 },
  ])
  atEase.close()
  const waiting = open({ fleet: fleetOf(served(100, 160, 2)).fleet, conditions })
  await waiting.settle(waiting.fetch(url))
  expect(waiting.find('fault.hit').map(({ fault }) => fault)).toEqual(['loop', 'loss'])
})

test('each hop of a redirect is an exchange of its own', async () => {
  const service = tinyService('api.test', {
    '/old': () => ({ status: 307, headers: [['location', '/contacts/c1']], body: null }),
  })
  const { settle, fetch, find } = open({ service })
  const response = await settle(fetch(`${base}/old`))
  expect([response.status, response.redirected]).toEqual([200, true])
  expect(find('exchange.sent').map(({ exchange, redirectOf, nth }) => [exchange, redirectOf, nth])).toEqual([
    [1, undefined, 1],
    [2, 1, 2],
  ])
  expect(find('exchange.ended')).toHaveLength(2)
})

test('a redirect out of the simulation is refused', async () => {
  const service = tinyService('api.test', {
    '/old': () => ({ status: 302, headers: [['location', 'https://elsewhere.test/']], body: null }),
  })
  const { settle, fetch, escapes } = open({ service })
  await expect(settle(fetch(`${base}/old`))).rejects.toMatchObject({ cause: { code: 'ENOTFOUND' } })
  expect(escapes()).toEqual([{ host: 'elsewhere.test', via: 'fetch', near: false }])
})

test('past its limit an operation gets no answers, which is recorded once', async () => {
  const { fetch, find, clock } = open()
  let answers = 0
  runAs(ownerOf(1), () => {
    for (let index = 0; index < limits.exchangesPerOperation + 3; index += 1)
      fetch(url).then(
        () => (answers += 1),
        () => {},
      )
  })
  await clock.run()
  expect(answers).toBe(limits.exchangesPerOperation)
  expect(find('limit.reached')).toMatchObject([{ limit: 'exchangesPerOperation', operation: 1 }])
  expect(rig.inFlight()).toBe(3)
})

test('the plan is asked with what an exchange is about', async () => {
  const asked: unknown[] = []
  const decide = (view: unknown, at: number) => {
    asked.push(view, at)
    return undefined
  }
  const { settle, fetch } = open({ decide })
  await settle(runAs(ownerOf(4), () => fetch(url, { method: 'PUT', body: 'x' })))
  expect(asked).toEqual([
    {
      exchange: 1,
      operation: 4,
      instance: 0,
      nth: 1,
      method: 'PUT',
      route: '/contacts/{id}',
      host: 'api.test',
      region: 'au',
      product: 'rest',
      fleet: 'au-rest',
      workspace: 'ours',
      shard: null,
      tokenGeneration: null,
      customer: null,
      url: new URL(url),
      body: 'x',
    },
    0,
  ])
})

test('no token and no body is in any event', async () => {
  const { fetch, settle, events } = open()
  const control = new AbortController()
  const init = {
    method: 'PUT',
    body: 'a private message',
    headers: { authorization: 'Bearer tok-123456789', 'idempotency-key': 'for tok-123456789' },
    signal: control.signal,
  }
  const failure = settle(fetch(`${base}/x/tok-123456789?access_token=tok-123456789`, init))
  control.abort(new Error('gave up on tok-123456789'))
  await expect(failure).rejects.toThrow('gave up')
  await expect(settle(fetch('https://tok-123456789.test/'))).rejects.toThrow('fetch failed')
  const text = JSON.stringify(events)
  expect(text).not.toContain('tok-123456789')
  expect(text).not.toContain('private')
  expect(text).toContain('Error: gave up on [secret]')
})

test('a reason that cannot be text is recorded all the same', async () => {
  const { fetch, find, clock } = open()
  const control = new AbortController()
  const reason = Object.create(null) as object
  const failure = fetch(url, { signal: control.signal })
  control.abort(reason)
  await expect(failure).rejects.toBe(reason)
  await clock.run()
  expect(find('exchange.aborted')).toMatchObject([{ reason: '(object without text)' }])
})

test('a service that throws stops the clock and is no network failure', async () => {
  const service = tinyService('api.test', {
    '/x': () => {
      throw new RangeError('our bug')
    },
  })
  const { fetch, clock } = open({ service })
  let settled = false
  void fetch(`${base}/x`).finally(() => (settled = true))
  await expect(clock.run()).rejects.toThrow('our bug')
  expect(settled).toBe(false)
})

test('the global fetch is ours while the transport is open, and a closed transport answers nothing', async () => {
  const before = Object.getOwnPropertyDescriptor(globalThis, 'fetch')
  const { fetch, clock, events } = open()
  expect(globalThis.fetch).toBe(fetch)
  let settled = false
  void fetch(url).finally(() => (settled = true))
  rig.close()
  rig.close()
  expect(Object.getOwnPropertyDescriptor(globalThis, 'fetch')).toEqual(before)
  await clock.run()
  expect(settled).toBe(false)
  expect(events.map(({ kind }) => kind)).toEqual(['exchange.sent', 'exchange.arrived'])
  await expect(fetch(url)).rejects.toThrow('a run that has ended')
})

test('one more exchange of somebody else changes nothing for an operation', async () => {
  const timesOf = async (others: number) => {
    const { settle, fetch, find } = open({ options: { plan: planOf(() => undefined) } })
    for (let index = 0; index < others; index += 1) await settle(runAs(ownerOf(99), () => fetch(url)))
    await settle(runAs(ownerOf(1), () => fetch(url)))
    rig.close()
    return find('exchange.arrived').at(-1)!.answersIn
  }
  expect(await timesOf(3)).toBeCloseTo((await timesOf(0))!, 9)
})

test('a signal that outlives its exchanges keeps no listeners of theirs', async () => {
  const service = tinyService('api.test', {
    '/none': () => ({ status: 204, headers: [], body: null }),
    '/old': () => ({ status: 302, headers: [['location', '/contacts/c1']], body: null }),
  })
  const { settle, fetch } = open({ service, decide: ({ route }) => (route === '/reset' ? reset : undefined) })
  const { signal } = new AbortController()
  const read = async (path: string, take: (response: Response) => unknown) =>
    take(await settle(fetch(base + path, { signal })))
  await read('/contacts/c1', (response) => response.text())
  await read('/contacts/c1', (response) => response.body!.cancel())
  await read('/contacts/c1', async (response) => {
    for await (const part of response.body!) expect(part.length).toBeGreaterThan(0)
  })
  await read('/old', (response) => response.json())
  await read('/none', () => {})
  await read('/reset', () => {}).catch(() => {})
  await settle(fetch('https://elsewhere.test/', { signal })).catch(() => {})
  expect(getEventListeners(signal, 'abort')).toEqual([])
})

test('when the run is over nobody listens to a signal, whatever was not read or not answered', async () => {
  const { settle, fetch, clock } = open({
    decide: ({ nth }) => (nth === 1 ? [] : [{ kind: 'hang', effect: 'none', phase: 'headers' }]),
  })
  const { signal } = new AbortController()
  await settle(fetch(url, { signal }))
  void fetch(url, { signal })
  await clock.run(clock.now() + 1_000)
  expect(getEventListeners(signal, 'abort')).toHaveLength(2)
  rig.close()
  expect(getEventListeners(signal, 'abort')).toEqual([])
})

test('an abort reaches an exchange whose Request and signal nobody else holds', async () => {
  setFlagsFromString('--expose-gc')
  const collect = runInNewContext('gc') as () => void
  const { fetch, find } = open({ decide: () => silent })
  const controls = Array.from({ length: 20 }, () => new AbortController())
  for (const { signal } of controls) {
    fetch(new Request(url, { signal })).catch(() => {})
    fetch(url, { signal: AbortSignal.any([signal]) }).catch(() => {})
  }
  for (let turns = 0; turns < 3; turns += 1) {
    await new Promise((done) => setTimeout(done, 5))
    collect()
  }
  for (const control of controls) control.abort('timeout')
  expect(find('exchange.aborted')).toHaveLength(2 * controls.length)
  expect(rig.inFlight()).toBe(0)
})

test('a process that dies is not heard of again: what it sent is served, and nobody waits for the answer', async () => {
  open()
  const life = { number: 0, over: false }
  const heard: string[] = []
  const ask = (owner: Owner, name: string): void =>
    void runAs(owner, () => rig.fetch(url, { method: 'POST', body: '{}' })).finally(() => heard.push(name))
  ask({ ...ownerOf(1), life }, 'dead')
  ask(ownerOf(2), 'alive')
  await rig.clock.run(1)
  life.over = true
  rig.drop(life)
  ask({ ...ownerOf(3), life }, 'dead')
  await rig.clock.run()
  expect(heard).toEqual(['alive'])
  expect(rig.find('exchange.sent').map(({ operation }) => operation)).toEqual([1, 2])
  expect(rig.find('exchange.aborted')).toMatchObject([{ at: 1, exchange: 1, reason: 'the process died' }])
  expect(rig.find('effect.committed').map(({ exchange }) => exchange)).toEqual(expect.arrayContaining([1, 2]))
  expect(rig.inFlight()).toBe(0)
})

test('changes that nobody of ours asked for are numbered with all others', async () => {
  open()
  rig.commit([{ entity: 'contact:c9', version: 3, change: 'updated' }])
  await rig.settle(rig.fetch(url, { method: 'POST', body: '{}' }))
  expect(rig.find('effect.committed').map(({ effect, exchange }) => [effect, exchange])).toEqual([
    [1, null],
    [2, 1],
  ])
})
