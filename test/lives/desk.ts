// The smallest client that offers everything a scenario may ask for. How well it does each is up to its options, so that a
// test can plant one defect at a time.

import { createHmac } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { defineClient, queued, type ClientDefinition, type ClientWorld, type HealthReport } from 'brownout'

export type Habits = {
  /** Keeps its queue and what it has acted on in the store. */
  readonly durable?: boolean
  readonly checksSignatures?: boolean
  readonly remembersNotifications?: boolean
  readonly health?: (down: boolean) => HealthReport
  /** What `create` does when it is called again. */
  readonly again?: () => void
}

type Write = { readonly workspace: string; readonly externalId: string; readonly email: string; readonly name: string }
type Memory = {
  get(key: string): unknown
  set(key: string, value: unknown): void
  delete(key: string): void
  keys(): string[]
}

export function desk(name: string, habits: Habits): ClientDefinition {
  return defineClient({
    name,
    promises: {
      'contact.read': { within: '10s', degrade: ['error'] },
      'contact.upsert': { within: '1s', degrade: ['queue 24h'], key: 'external_id' },
    },
    create: (world) => createDesk(world, habits),
  }) as ClientDefinition
}

function createDesk(world: ClientWorld, habits: Habits) {
  if (world.store.get('born') !== undefined) habits.again?.()
  world.store.set('born', Date.now())
  const memory: Memory = habits.durable ? world.store : (new Map<string, unknown>() as unknown as Memory)
  const keys = () => [...memory.keys()]
  let down = false
  let paused = false
  const call = async (workspace: string, path: string, init: RequestInit = {}) => {
    const { url, token } = world.workspaces[workspace] as { url: string; token: string }
    const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' }
    const response = await fetch(url + path, { ...init, headers, signal: AbortSignal.timeout(5_000) })
    down = response.status >= 500
    if (!response.ok) throw Object.assign(new Error(`It answered ${response.status}.`), { status: response.status })
    return (await response.json()) as unknown
  }
  let flushing: Promise<void> | null = null
  const flush = () => (flushing ??= flushAll().finally(() => (flushing = null)))
  const flushAll = async () => {
    for (const key of keys().filter((each) => each.startsWith('write '))) {
      const { workspace, externalId, email, name } = memory.get(key) as Write
      const body = JSON.stringify({ role: 'user', external_id: externalId, email, name })
      await call(workspace, '/contacts', { method: 'POST', body }).catch((error: { status?: number }) => {
        if (error.status !== 409) throw error
      })
      memory.delete(key)
    }
  }
  const timer = setInterval(() => {
    if (!paused) flush().catch(() => {})
  }, 10_000)
  return {
    operations: {
      'contact.read': ({ contact }: { contact: { id: string } }, { workspace }: { workspace: string }) =>
        call(workspace, `/contacts/${contact.id}`),
      'contact.upsert': (input: Omit<Write, 'workspace'>, { workspace }: { workspace: string }) => {
        memory.set(`write ${input.externalId}`, { ...input, workspace })
        return queued()
      },
    },
    async webhook(
      { headers, body }: { headers: Readonly<Record<string, string>>; body: string },
      { acted, signal }: { acted(id: string): void; signal: AbortSignal },
    ) {
      const signature = `sha1=${createHmac('sha1', world.webhookSecret).update(body).digest('hex')}`
      if (habits.checksSignatures && headers['x-hub-signature'] !== signature) return { status: 401 }
      const { id } = JSON.parse(body) as { id: string }
      const known = memory.get(`notification ${id}`) !== undefined
      // The sender will come again.
      if (down) await sleep(8_000, undefined, { signal })
      memory.set(`notification ${id}`, true)
      if (!known || !habits.remembersNotifications) acted(id)
      return undefined
    },
    ...(habits.health && { health: () => (habits.health as (down: boolean) => HealthReport)(down) }),
    actions: {
      'queue.pause': () => (paused = true),
      'queue.resume': () => (paused = false),
      'queue.burn': () => {
        throw new Error('There is no fire.')
      },
    },
    drain: flush,
    close: () => clearInterval(timer),
  }
}
