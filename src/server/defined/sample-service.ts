// A service as tests define one, and how they ask it.

import { parseInstant } from '#clock/instant.ts'
import { createPrng } from '#random/prng.ts'
import type { Reply } from '../service.ts'
import { createDefinedService, type DefinedService } from './defined-service.ts'
import type { ServiceDefinition } from './definition.ts'

const host = 'api.parcels.example'

export const parcels = {
  name: 'parcels',
  hosts: [{ host, region: 'eu' }],
  base: '/v1',
  pagination: { kind: 'cursor', size: 4, most: 5, total: 'meta.total' },
  idempotency: 'Idempotency-Key',
  resources: {
    depot: {
      path: '/depots',
      offers: ['list', 'read'],
      seeded: 2,
      ids: 'number',
      fields: { town: { type: 'string' } },
    },
    parcel: {
      path: '/parcels',
      seeded: 9,
      key: 'reference',
      fields: {
        reference: { type: 'string', like: 'PCL-########' },
        depot: { type: 'id', of: 'depot' },
        grams: { type: 'integer', from: 50, to: 30_000 },
        state: { type: 'enum', values: ['announced', 'moving'] },
        note: { type: 'string', optional: true },
        made_at: { type: 'date-time', set: 'created' },
        changed_at: { type: 'date-time', set: 'changed' },
      },
    },
    label: {
      path: '/depots/{depot}/labels',
      seeded: 6,
      fields: { depot: { type: 'id', of: 'depot' }, text: { type: 'string' } },
    },
  },
} as const satisfies ServiceDefinition

const startMs = parseInstant('2026-03-16 10:00Z') ?? 0

export function serviceOf(more: Partial<ServiceDefinition> = {}, seed = 'seed'): DefinedService {
  return createDefinedService({
    definition: { ...parcels, ...more },
    workspaces: [
      { name: 'ours', region: 'eu', shard: 'a' },
      { name: 'sibling', region: 'us', shard: 'b' },
    ],
    startMs,
    random: createPrng(seed),
  })
}

export type Asking = {
  readonly at?: number
  readonly body?: unknown
  readonly headers?: Readonly<Record<string, string>>
  readonly token?: string | null
}

export function requestOf(service: DefinedService, method: string, path: string, asking: Asking = {}) {
  const { body, headers = {}, token = service.tokens['ours'] ?? null } = asking
  return {
    method,
    url: new URL(path, `https://${host}`),
    headers: { ...(token === null ? {} : { authorization: `Bearer ${token}` }), ...headers },
    body: body === undefined ? '' : typeof body === 'string' ? body : JSON.stringify(body),
  }
}

export function ask(service: DefinedService, method: string, path: string, asking: Asking = {}): Reply {
  const { at = 0 } = asking
  return service.handle(requestOf(service, method, path, asking), at, createPrng('exchange', at))
}

export function json(reply: Reply): Record<string, unknown> {
  return JSON.parse(reply.body ?? 'null') as Record<string, unknown>
}

export function headerOf({ headers }: Reply, wanted: string): string | undefined {
  return headers.find(([name]) => name === wanted)?.[1]
}

/** All that a list has, page by page. */
export function listed(service: DefinedService, path: string): Record<string, unknown>[] {
  const items: Record<string, unknown>[] = []
  let next: unknown = ''
  while (next !== null) {
    const page = json(ask(service, 'GET', `${path}${next === '' ? '' : `?cursor=${encodeURIComponent(String(next))}`}`))
    items.push(...(page['data'] as Record<string, unknown>[]))
    next = page['next_cursor']
  }
  return items
}
