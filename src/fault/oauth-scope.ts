// Which requests need which permission of an OAuth app: a few permissions cover the whole API.

import type { ExchangeView } from './fault.ts'

export const oauthScopes = [
  'read-people',
  'write-people',
  'read-conversations',
  'write-conversations',
  'read-tickets',
  'write-tickets',
  'read-articles',
  'write-articles',
  'read-tags',
  'write-tags',
  'read-admins',
  'write-events',
] as const

export type OauthScope = (typeof oauthScopes)[number]

const owners: readonly (readonly [prefix: string, owner: string])[] = [
  ['/contacts', 'people'],
  ['/companies', 'people'],
  ['/conversations', 'conversations'],
  ['/messages', 'conversations'],
  ['/tickets', 'tickets'],
  ['/ticket_types', 'tickets'],
  ['/articles', 'articles'],
  ['/help_center', 'articles'],
  ['/tags', 'tags'],
  ['/admins', 'admins'],
  ['/teams', 'admins'],
  ['/events', 'events'],
]

/** `undefined` for what needs none, such as `/me`. */
export function scopeNeeded({ method, route }: Pick<ExchangeView, 'method' | 'route'>): OauthScope | undefined {
  const owner = owners.find(([prefix]) => route === prefix || route.startsWith(`${prefix}/`))?.[1]
  // A search is a read, whatever its method.
  const isRead = method.toUpperCase() === 'GET' || route.endsWith('/search') || route === '/companies/list'
  return oauthScopes.find((scope) => scope === `${isRead ? 'read' : 'write'}-${owner}`)
}
