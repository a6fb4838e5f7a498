// Goal: deliveries follow the platform's policy whatever the endpoint does. Method: an instance made by hand, virtual time.

import { expect, test } from 'vitest'
import type { Client, WebhookCall, WebhookRequest } from '#client/client.ts'
import { currentOwner } from '#context/owner.ts'
import { inVirtualTime } from '#clock/in-virtual-time.ts'
import type { Unstamped } from '#history/event.ts'
import { createPrng } from '#random/prng.ts'
import { createComposer } from '#server/webhooks/compose.ts'
import type { Alive, Instance } from './instance.ts'
import { Post } from './post.ts'

type Endpoint = (request: WebhookRequest, call: WebhookCall, nth: number) => unknown

const minute = 60_000
const notice = { topic: 'contact.user.updated', appId: 'app', entity: 'contact:1', item: {} } as const

/** Sends one notification at once, lets five minutes pass, and tells what was recorded, with its time. */
function sent(
  endpoint: Endpoint | null,
  during: (alive: Alive) => void = () => {},
): Promise<(readonly [number, string])[]> {
  return inVirtualTime(async (clock) => {
    const told: (readonly [number, string])[] = []
    let nth = 0
    const webhook = (request: WebhookRequest, call: WebhookCall) => endpoint?.(request, call, (nth += 1)) as never
    const owner = { instance: 0, workspace: 'ours', operation: null, random: () => 0 }
    const alive: Alive = { client: { operations: {}, webhook } as Client, owner, life: { number: 0, over: false } }
    const instance = {
      index: 0,
      alive: endpoint ? alive : null,
      background: () => (endpoint ? { ...owner, life: alive.life } : null),
    }
    const composer = createComposer({ startMs: 0, secret: 'secret' })
    const recorder = { record: (event: Unstamped) => void told.push([clock.now(), inWords(event)]) }
    const random = createPrng('post')
    const post = new Post({ clock, recorder, random, spanMs: 5 * minute, composer, instances: [] })
    const notification = composer.notify(notice, 0, random)
    clock.schedule(0, () => {
      during(alive)
      post.send({ notification, workspace: 'ours', instance: instance as unknown as Instance, name: ['test'] }, 0)
    })
    await new Promise((resolve) => setTimeout(resolve, 10 * minute))
    expect(post.busy()).toBe(false)
    return told
  })
}

function inWords(event: Unstamped): string {
  if (event.kind === 'webhook.sent') return `sent ${event.attempt}`
  if (event.kind === 'webhook.answered') return `answered ${event.status}`
  if (event.kind === 'webhook.failed') return event.reason
  return event.kind === 'webhook.acted' ? `acted ${event.notification}` : event.kind
}

test('what a notification makes the client do is done in its name, also after the answer', async () => {
  const names: (number | undefined)[] = []
  await sent(async (_, call) => {
    names.push(currentOwner()?.delivery)
    setTimeout(() => call.resume(() => names.push(currentOwner()?.delivery)), 10_000)
    await sleep(10)
    names.push(currentOwner()?.delivery)
  })
  expect(names).toEqual([1, 1, 1])
})

const sleep = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms))

test.for<[string, Endpoint, string[]]>([
  ['nothing is a 200', () => undefined, ['0 sent 1', '0 answered 200']],
  ['a status is a status', () => ({ status: 202 }), ['0 sent 1', '0 answered 202']],
  ['something without a status is a 200', () => ({ ok: true }), ['0 sent 1', '0 answered 200']],
  ['a late answer within the limit', () => sleep(4_999), ['0 sent 1', '4999 answered 200']],
  [
    'a 503 is tried again once',
    () => ({ status: 503 }),
    ['0 sent 1', '0 answered 503', '60000 sent 2', '60000 answered 503'],
  ],
  [
    'well the second time',
    (_, __, nth) => ({ status: nth === 1 ? 500 : 200 }),
    ['0 sent 1', '0 answered 500', '60000 sent 2', '60000 answered 200'],
  ],
  [
    'nonsense for a status is a 500',
    (_, __, nth) => (nth === 1 ? { status: 'fine' } : undefined),
    ['0 sent 1', '0 answered 500', '60000 sent 2', '60000 answered 200'],
  ],
  [
    'what throws is tried again',
    (_, __, nth) => {
      if (nth === 1) throw new Error('no')
    },
    ['0 sent 1', '0 threw', '60000 sent 2', '60000 answered 200'],
  ],
  [
    'silence too',
    (_, __, nth) => (nth === 1 ? sleep(minute) : undefined),
    ['0 sent 1', '5000 timeout', '65000 sent 2', '65000 answered 200'],
  ],
  ['whoever is gone is left alone', () => ({ status: 410 }), ['0 sent 1', '0 answered 410']],
])('%s', async ([, endpoint, expected]) => {
  expect((await sent(endpoint)).map(([at, what]) => `${at} ${what}`)).toEqual(expected)
})

test('nobody is there, and again a minute later', async () => {
  expect(await sent(null)).toEqual([
    [0, 'sent 1'],
    [0, 'down'],
    [minute, 'sent 2'],
    [minute, 'down'],
  ])
})

test('the signal tells the endpoint that nobody waits any more', async () => {
  const aborted: number[] = []
  await sent((_, { signal }) => {
    signal.addEventListener('abort', () => aborted.push(Date.now()))
    return new Promise(() => {})
  })
  expect(aborted).toEqual([5_000, 70_000])
})

test('the client may act later, and whatever it calls the notification is a text', async () => {
  const told = await sent((_, { acted }) => {
    acted('now')
    setTimeout(() => acted({ toString: () => 'later' } as never), minute)
  })
  expect(told).toEqual([
    [0, 'sent 1'],
    [0, 'acted now'],
    [0, 'answered 200'],
    [minute, 'acted later'],
  ])
})

test('a dead process does not act', async () => {
  const told = await sent(
    (_, { acted }) => sleep(1).then(() => acted('never')),
    (alive) => {
      setTimeout(() => {
        alive.life.over = true
      }, 1)
    },
  )
  expect(told.map(([, what]) => what)).not.toContain('acted never')
})
