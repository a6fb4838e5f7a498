// What the simulated services are called, made of and answer to. A list of its own, because reading a scenario must not load
// the services; tests compare it with theirs.

import type { Scope } from '#fault/spec.ts'

/** Where the provider hosts workspaces. */
export const regions = ['us', 'eu', 'au'] as const

/** Where there is something to fail: the status page is of no region. */
export const places: readonly string[] = [...regions, 'global']

export const products: readonly string[] = ['rest', 'status']

/** What the status page tells about. */
export const components: readonly string[] = [
  'REST API (US)',
  'REST API (Europe)',
  'REST API (Australia)',
  'Messenger',
  'Inbox',
  'Fin',
  'Webhooks',
]

type KnownRoute = { readonly methods: readonly string[]; readonly template: string }

export const knownRoutes: readonly KnownRoute[] = [
  { methods: ['GET'], template: '/me' },
  { methods: ['GET', 'POST'], template: '/contacts' },
  { methods: ['POST'], template: '/contacts/search' },
  { methods: ['GET'], template: '/contacts/find_by_external_id/{external_id}' },
  { methods: ['GET', 'PUT', 'DELETE'], template: '/contacts/{id}' },
  { methods: ['GET', 'POST'], template: '/conversations' },
  { methods: ['GET'], template: '/conversations/{id}' },
  { methods: ['POST'], template: '/conversations/{id}/reply' },
  { methods: ['POST'], template: '/conversations/{id}/parts' },
  { methods: ['GET'], template: '/api/v2/status.json' },
  { methods: ['GET'], template: '/api/v2/summary.json' },
  { methods: ['GET'], template: '/api/v2/incidents/unresolved.json' },
]

/** The routes a scope is about: all of them when it names none. */
export function routesIn({ route, method }: Scope): readonly KnownRoute[] {
  const wanted = method?.toUpperCase()
  return knownRoutes.filter(({ methods, template }) => {
    const sameMethod = wanted === undefined || methods.includes(wanted)
    return sameMethod && (route === undefined || matches(route, template))
  })
}

function matches(pattern: string, template: string): boolean {
  const [wanted, known] = [nameless(pattern), nameless(template)]
  return wanted.endsWith('*') ? known.startsWith(wanted.slice(0, -1)) : wanted === known
}

/** What a parameter is called does not matter. */
function nameless(route: string): string {
  return route.replaceAll(/\{[^}]*\}/gu, '{}')
}
