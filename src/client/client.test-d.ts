// Checked by tsc alone: what the contract accepts and what it rejects at compile time. Never executed.

import { defineClient, queued, stale } from 'brownout'
import type { Call, HealthReport, WebhookCall, WebhookRequest } from 'brownout'

type Desk = {
  load(id: string, signal: AbortSignal): Promise<{ fromCache: boolean; value: { id: string }; ageMs: number }>
  enqueue(workspace: string, input: { externalId: string }): Promise<void>
  reply(workspace: string, input: { body: string }, signal: AbortSignal): Promise<void>
  stop(): Promise<void>
}
declare function buildDesk(options: { baseUrl: string; token: string }): Desk
declare function answer(input: unknown, call: Call): Promise<unknown>

/** The example of the documentation. */
export const documented = defineClient({
  name: 'support-desk',
  promises: {
    'contact.read': { within: '10s', fresh: '30s', degrade: ['stale 1h', 'error'] },
    'contact.upsert': { within: '1s', degrade: ['queue 24h'], key: 'external_id', order: 'external_id' },
    'conversation.reply': { within: '10s', degrade: ['queue 5m', 'error'] },
  },
  create(world) {
    const desk = buildDesk({ baseUrl: world.url, token: world.token })
    return {
      operations: {
        'contact.read': async ({ contact }, call) => {
          const found = await desk.load(contact.id, call.signal)
          return found.fromCache ? stale(found.value, { age: found.ageMs }) : found.value
        },
        'contact.upsert': (input, call) => desk.enqueue(call.workspace, input).then(queued),
        'conversation.reply': (input, call) => desk.reply(call.workspace, input, call.signal),
      },
      close: desk.stop,
    }
  },
})

export const withMoreOperationsThanPromises = defineClient({
  name: 'more',
  promises: { 'me.read': { within: '1m30s' } },
  create: async () => ({ operations: { 'me.read': answer, 'contact.search': ({ email }) => email.length } }),
})

export const withRedis = defineClient({
  name: 'cached',
  promises: { 'me.read': { within: '1s' } },
  services: { redis: true },
  create: (world) => ({ operations: { 'me.read': () => world.services.redis.length } }),
})

export const withoutRedis = defineClient({
  name: 'wrong',
  promises: { 'me.read': { within: '1s' } },
  // @ts-expect-error: there is none, because none is declared
  create: (world) => ({ operations: { 'me.read': () => world.services.redis.length } }),
})

export const strangeService = defineClient({
  name: 'wrong',
  promises: { 'me.read': { within: '1s' } },
  // @ts-expect-error: no such service
  services: { postgres: true },
  create: () => ({ operations: { 'me.read': answer } }),
})

export const mistypedStep = defineClient({
  name: 'wrong',
  // @ts-expect-error: "stael" is no step
  promises: { 'contact.read': { degrade: ['stael 1h'] } },
  create: () => ({ operations: { 'contact.read': answer } }),
})

export const stepWithoutUnit = defineClient({
  name: 'wrong',
  // @ts-expect-error: an hour, a minute?
  promises: { 'contact.read': { within: '10', degrade: ['error'] } },
  create: () => ({ operations: { 'contact.read': answer } }),
})

export const staleWrite = defineClient({
  name: 'wrong',
  // @ts-expect-error: a write cannot be stale
  promises: { 'conversation.reply': { degrade: ['stale 1h'] } },
  create: () => ({ operations: { 'conversation.reply': answer } }),
})

export const queuedRead = defineClient({
  name: 'wrong',
  // @ts-expect-error: a read cannot be queued
  promises: { 'contact.read': { degrade: ['queue 1h'] } },
  create: () => ({ operations: { 'contact.read': answer } }),
})

export const freshWrite = defineClient({
  name: 'wrong',
  // @ts-expect-error: a write has no freshness
  promises: { 'contact.update': { fresh: '30s' } },
  create: () => ({ operations: { 'contact.update': answer } }),
})

export const unboundPromise = defineClient({
  name: 'wrong',
  promises: { 'contact.read': {}, 'contact.search': {} },
  // @ts-expect-error: nothing keeps the promise of contact.search
  create: () => ({ operations: { 'contact.read': answer } }),
})

export const unknownPromise = defineClient({
  name: 'wrong',
  // @ts-expect-error: no service knows contact.raed
  promises: { 'contact.raed': {} },
  create: () => ({ operations: {} }),
})

export const unknownOperation = defineClient({
  name: 'wrong',
  promises: { 'contact.read': {} },
  // @ts-expect-error: no service knows contact.raed
  create: () => ({ operations: { 'contact.read': answer, 'contact.raed': answer } }),
})

export const wrongInput = defineClient({
  name: 'wrong',
  promises: { 'contact.read': {} },
  // @ts-expect-error: a contact has no phone here
  create: () => ({ operations: { 'contact.read': ({ contact }) => contact.phone } }),
})

export const unknownKey = defineClient({
  name: 'wrong',
  // @ts-expect-error: the input of a reply has no external id
  promises: { 'conversation.reply': { key: 'external_id' } },
  create: () => ({ operations: { 'conversation.reply': answer } }),
})

export const keyOnRead = defineClient({
  name: 'wrong',
  // @ts-expect-error: a read does no business
  promises: { 'contact.read': { key: 'contact' } },
  create: () => ({ operations: { 'contact.read': answer } }),
})

declare function act(body: string): Promise<void>

/** Everything that a client may offer besides its operations. */
export const complete = defineClient({
  name: 'complete',
  promises: { 'me.read': { within: '10s' } },
  create(world) {
    const restored: unknown = world.store.get('outbox')
    return {
      operations: { 'me.read': () => restored ?? world.graph.url },
      async webhook(request: WebhookRequest, call: WebhookCall) {
        if (request.headers['x-hub-signature'] === undefined) return { status: 401 }
        void call.resume(() => act(request.body).then(() => call.acted('notif_1')))
        return undefined
      },
      health: (): HealthReport => ({
        services: {
          intercom: { status: 'down', problem: 'theirs', cause: 'provider', why: 'the status page says so' },
        },
      }),
      actions: { 'media.pause': ({ workspace }) => workspace.length },
      drain: async () => {},
      close() {},
    }
  },
})

export const silentWebhook = defineClient({
  name: 'silent',
  promises: {},
  create: () => ({ operations: { 'me.read': answer }, webhook: () => {} }),
})

export const wrongStatus = defineClient({
  name: 'wrong',
  promises: {},
  // @ts-expect-error: a status is a number
  create: () => ({ operations: { 'me.read': answer }, webhook: () => ({ status: 'ok' }) }),
})

export const wrongHealth = defineClient({
  name: 'wrong',
  promises: {},
  // @ts-expect-error: "sick" is no status
  create: () => ({ operations: { 'me.read': answer }, health: () => ({ services: { intercom: { status: 'sick' } } }) }),
})

export const wrongAction = defineClient({
  name: 'wrong',
  promises: {},
  // @ts-expect-error: an action is a function
  create: () => ({ operations: { 'me.read': answer }, actions: { 'media.pause': true } }),
})

/** What a client says of its own mechanisms. */
export const declaring = defineClient({
  name: 'declaring',
  promises: {},
  declares: {
    concurrency: 4,
    queue: 1_000,
    breaker: { failures: 20, share: '50%', within: '10s', rest: '30s', probes: 2, per: 'host', guards: ['me.read'] },
  },
  create: () => ({ operations: { 'me.read': answer } }),
})

export const breakerWithoutRest = defineClient({
  name: 'wrong',
  promises: {},
  // @ts-expect-error: a breaker that opens rests
  declares: { breaker: { failures: 5 } },
  create: () => ({ operations: { 'me.read': answer } }),
})

export const restWithoutUnit = defineClient({
  name: 'wrong',
  promises: {},
  // @ts-expect-error: ten seconds, ten minutes?
  declares: { breaker: { failures: 5, rest: '10' } },
  create: () => ({ operations: { 'me.read': answer } }),
})

export const shareAsNumber = defineClient({
  name: 'wrong',
  promises: {},
  // @ts-expect-error: a share is written as a percentage
  declares: { breaker: { failures: 5, share: 0.5, within: '10s', rest: '10s' } },
  create: () => ({ operations: { 'me.read': answer } }),
})

export const unknownScope = defineClient({
  name: 'wrong',
  promises: {},
  // @ts-expect-error: a breaker covers a workspace, a host or a route
  declares: { breaker: { failures: 5, rest: '10s', per: 'region' } },
  create: () => ({ operations: { 'me.read': answer } }),
})

export const unknownMechanism = defineClient({
  name: 'wrong',
  promises: {},
  // @ts-expect-error: nobody knows what "queu" is
  declares: { queu: 1_000 },
  create: () => ({ operations: { 'me.read': answer } }),
})

declare module 'brownout' {
  interface Intents {
    'badge.read': { input: { readonly badge: string }; effect: 'read' }
  }
}

export const ownIntent = defineClient({
  name: 'own',
  promises: { 'badge.read': { within: '10s', degrade: ['fallback', 'error'] } },
  create: () => ({ operations: { 'badge.read': ({ badge }) => badge.length } }),
})
