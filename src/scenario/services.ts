// What the simulated services are called, made of and answer to. A list of its own, because reading a scenario must not load
// the services; tests compare it with theirs.

import type { Scope } from '#fault/spec.ts'
import type { IntentName } from '#server/intent.ts'

/** Where the provider hosts workspaces. */
export const regions = ['us', 'eu', 'au'] as const

/** Where there is something to fail: the status page is of no region. */
export const places: readonly string[] = [...regions, 'global']

export const products: readonly string[] = ['rest', 'status', 'graph', 'media']

/** What the status page tells about. */
export { usualComponents as components } from '#server/status-page/components.ts'

const shipped = {
  'contact.read': true,
  'contact.search': true,
  'contact.list': true,
  'contact.create': true,
  'contact.upsert': true,
  'contact.update': true,
  'contact.delete': true,
  'contact.merge': true,
  'conversation.read': true,
  'conversation.list': true,
  'conversation.open': true,
  'conversation.reply': true,
  'conversation.close': true,
  'conversation.search': true,
  'company.read': true,
  'company.upsert': true,
  'company.list': true,
  'company.scroll': true,
  'tag.add': true,
  'note.add': true,
  'message.send': true,
  'message.relay': true,
  'media.fetch': true,
  'event.track': true,
  'ticket.create': true,
  'ticket.read': true,
  'article.read': true,
  'article.list': true,
  'admin.list': true,
  'me.read': true,
} satisfies Partial<Record<IntentName, true>>

/** What a load may ask of Intercom. */
export const intentNames: readonly string[] = Object.keys(shipped)

/** What can happen in a workspace without the client. */
export const activityTopics: readonly string[] = [
  'conversation.user.created',
  'conversation.user.replied',
  'contact.user.created',
  'contact.user.updated',
]

/** What webhooks tell about. */
export { topics } from '#server/webhooks/notice.ts'

/** Where the services answer. */
export const hosts: readonly string[] = [
  'api.intercom.io',
  'api.eu.intercom.io',
  'api.au.intercom.io',
  'status.intercom.com',
  'www.intercomstatus.com',
  'graph.facebook.com',
  'lookaside.fbsbx.com',
]

/** Without a product it is one of Intercom's, or of those that are told by their beginning. */
export type KnownRoute = {
  readonly methods: readonly string[]
  readonly template: string
  readonly product?: string
}

export const knownRoutes: readonly KnownRoute[] = [
  { methods: ['GET'], template: '/me' },
  { methods: ['GET', 'POST'], template: '/contacts' },
  { methods: ['POST'], template: '/contacts/search' },
  { methods: ['GET'], template: '/contacts/find_by_external_id/{external_id}' },
  { methods: ['GET', 'PUT', 'DELETE'], template: '/contacts/{id}' },
  { methods: ['POST'], template: '/contacts/merge' },
  { methods: ['POST'], template: '/contacts/{id}/archive' },
  { methods: ['POST'], template: '/contacts/{id}/unarchive' },
  { methods: ['GET', 'POST'], template: '/contacts/{id}/companies' },
  { methods: ['DELETE'], template: '/contacts/{id}/companies/{company_id}' },
  { methods: ['GET', 'POST'], template: '/contacts/{id}/notes' },
  { methods: ['GET', 'POST'], template: '/contacts/{id}/tags' },
  { methods: ['DELETE'], template: '/contacts/{id}/tags/{tag_id}' },
  { methods: ['GET', 'POST'], template: '/companies' },
  { methods: ['POST'], template: '/companies/list' },
  { methods: ['GET'], template: '/companies/scroll' },
  { methods: ['GET', 'PUT', 'DELETE'], template: '/companies/{id}' },
  { methods: ['GET'], template: '/companies/{id}/contacts' },
  { methods: ['GET', 'POST'], template: '/tags' },
  { methods: ['GET', 'DELETE'], template: '/tags/{id}' },
  { methods: ['GET'], template: '/notes/{id}' },
  { methods: ['GET'], template: '/admins' },
  { methods: ['GET'], template: '/admins/{id}' },
  { methods: ['GET', 'POST'], template: '/conversations' },
  { methods: ['GET', 'PUT', 'DELETE'], template: '/conversations/{id}' },
  { methods: ['POST'], template: '/conversations/{id}/reply' },
  { methods: ['POST'], template: '/conversations/{id}/parts' },
  { methods: ['POST'], template: '/conversations/{id}/tags' },
  { methods: ['DELETE'], template: '/conversations/{id}/tags/{tag_id}' },
  { methods: ['POST'], template: '/conversations/search' },
  { methods: ['POST'], template: '/messages' },
  { methods: ['GET', 'POST'], template: '/events' },
  { methods: ['POST'], template: '/events/summaries' },
  { methods: ['POST'], template: '/tickets' },
  { methods: ['POST'], template: '/tickets/search' },
  { methods: ['GET', 'PUT'], template: '/tickets/{id}' },
  { methods: ['POST'], template: '/tickets/{id}/reply' },
  { methods: ['GET'], template: '/ticket_types' },
  { methods: ['GET'], template: '/ticket_types/{id}' },
  { methods: ['GET'], template: '/ticket_states' },
  { methods: ['GET', 'POST'], template: '/articles' },
  { methods: ['GET'], template: '/articles/search' },
  { methods: ['GET', 'PUT', 'DELETE'], template: '/articles/{id}' },
  { methods: ['GET'], template: '/api/v2/status.json' },
  { methods: ['GET'], template: '/api/v2/summary.json' },
  { methods: ['GET'], template: '/api/v2/components.json' },
  { methods: ['GET'], template: '/api/v2/incidents.json' },
  { methods: ['GET'], template: '/api/v2/incidents/unresolved.json' },
  { methods: ['GET'], template: '/api/v2/scheduled-maintenances.json' },
  { methods: ['GET'], template: '/api/v2/scheduled-maintenances/upcoming.json' },
  { methods: ['GET'], template: '/api/v2/scheduled-maintenances/active.json' },
  { methods: ['GET', 'POST'], template: '/{media}' },
  { methods: ['GET'], template: '/whatsapp_business/attachments/' },
]

/** The routes a scope is about: all of them when it names none. */
export function routesIn(
  { route, method, product, fleet }: Scope,
  routes: readonly KnownRoute[] = knownRoutes,
): readonly KnownRoute[] {
  const wanted = method?.toUpperCase()
  const served = product ?? fleet?.slice(fleet.indexOf('-') + 1)
  return routes.filter((known) => {
    const { methods, template } = known
    const sameMethod = wanted === undefined || methods.includes(wanted)
    const sameProduct = served === undefined || (known.product ?? productOf(template)) === served
    return sameMethod && sameProduct && (route === undefined || matches(route, template))
  })
}

/** The product that serves a route. */
function productOf(template: string): string {
  if (template.startsWith('/api/v2/')) return 'status'
  if (template.startsWith('/whatsapp_business/')) return 'media'
  return template === '/{media}' ? 'graph' : 'rest'
}

function matches(pattern: string, template: string): boolean {
  const [wanted, known] = [nameless(pattern), nameless(template)]
  return wanted.endsWith('*') ? known.startsWith(wanted.slice(0, -1)) : wanted === known
}

/** What a parameter is called does not matter. */
function nameless(route: string): string {
  return route.replaceAll(/\{[^}]*\}/gu, '{}')
}
