// The only file that knows which path is served by which route.

import type { Route } from './call.ts'
import { contactRoutes } from './contact-routes.ts'
import { contactSearchRoutes } from './contact-search-routes.ts'
import { conversationPartRoutes } from './conversation-part-routes.ts'
import { conversationRoutes } from './conversation-routes.ts'
import { meRoutes } from './me-routes.ts'

export type Match = { readonly route: Route; readonly id: string }

/** Literal paths before those with a parameter. */
const routes: readonly Route[] = [
  ...meRoutes,
  ...contactSearchRoutes,
  ...contactRoutes,
  ...conversationRoutes,
  ...conversationPartRoutes,
]

type Entry = { readonly route: Route; readonly segments: readonly string[]; readonly parameter: number }

/** By method and number of segments. */
const table = new Map<string, Entry[]>()
for (const route of routes) {
  const segments = segmentsOf(route.template)
  const parameter = segments.findIndex((segment) => segment.startsWith('{'))
  const key = `${route.method} ${segments.length}`
  table.set(key, [...(table.get(key) ?? []), { route, segments, parameter }])
}

/** `undefined` for an unknown path and for an unsupported method alike: Intercom answers both 404. */
export function matchRoute(method: string, path: string): Match | undefined {
  const segments = segmentsOf(path)
  const found = table
    .get(`${method} ${segments.length}`)
    ?.find((entry) => entry.segments.every((segment, at) => at === entry.parameter || segment === segments[at]))
  if (!found) return undefined
  const id = found.parameter < 0 ? '' : decode(segments[found.parameter] ?? '')
  return id === undefined ? undefined : { route: found.route, id }
}

function segmentsOf(path: string): string[] {
  return path.split('/').filter((segment) => segment !== '')
}

function decode(text: string): string | undefined {
  try {
    return decodeURIComponent(text)
  } catch {
    return undefined
  }
}
