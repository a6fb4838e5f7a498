// The only file that knows which path is served by which route.

import { adminRoutes } from './admin-routes.ts'
import { articleRoutes } from './article-routes.ts'
import type { Route } from './call.ts'
import { companyListRoutes } from './company-list-routes.ts'
import { companyRoutes } from './company-routes.ts'
import { contactCompanyRoutes } from './contact-company-routes.ts'
import { contactLifecycleRoutes } from './contact-lifecycle-routes.ts'
import { contactRoutes } from './contact-routes.ts'
import { contactSearchRoutes } from './contact-search-routes.ts'
import { contactTagRoutes } from './contact-tag-routes.ts'
import { conversationPartRoutes } from './conversation-part-routes.ts'
import { conversationRoutes } from './conversation-routes.ts'
import { conversationSearchRoutes } from './conversation-search-routes.ts'
import { conversationTagRoutes } from './conversation-tag-routes.ts'
import { conversationUpdateRoutes } from './conversation-update-routes.ts'
import { dataEventRoutes } from './data-event-routes.ts'
import { meRoutes } from './me-routes.ts'
import { messageRoutes } from './message-routes.ts'
import { noteRoutes } from './note-routes.ts'
import { tagRoutes } from './tag-routes.ts'
import { ticketRoutes } from './ticket-routes.ts'
import { ticketSearchRoutes } from './ticket-search-routes.ts'
import { ticketTypeRoutes } from './ticket-type-routes.ts'
import { ticketUpdateRoutes } from './ticket-update-routes.ts'
import { decode, segmentsOf } from '../path.ts'

/** With what stands for the template's parameters, at most two. */
export type Match = { readonly route: Route; readonly id: string; readonly second: string }

/** Literal paths before those with a parameter. */
export const routes: readonly Route[] = [
  ...meRoutes,
  ...adminRoutes,
  ...contactSearchRoutes,
  ...contactRoutes,
  ...contactTagRoutes,
  ...contactCompanyRoutes,
  ...companyListRoutes,
  ...companyRoutes,
  ...tagRoutes,
  ...noteRoutes,
  ...conversationRoutes,
  ...conversationPartRoutes,
  ...conversationSearchRoutes,
  ...conversationUpdateRoutes,
  ...conversationTagRoutes,
  ...contactLifecycleRoutes,
  ...messageRoutes,
  ...dataEventRoutes,
  ...ticketSearchRoutes,
  ...ticketRoutes,
  ...ticketUpdateRoutes,
  ...ticketTypeRoutes,
  ...articleRoutes,
]

/** A parameter's segment is `null`. */
type Entry = { readonly route: Route; readonly segments: readonly (string | null)[] }

/** By method and number of segments. */
const table = new Map<string, Entry[]>()
for (const route of routes) {
  const segments = segmentsOf(route.template).map((segment) => (segment.startsWith('{') ? null : segment))
  const key = `${route.method} ${segments.length}`
  table.set(key, [...(table.get(key) ?? []), { route, segments }])
}

/** `undefined` for an unknown path and for an unsupported method alike: Intercom answers both 404. */
export function matchRoute(method: string, path: string): Match | undefined {
  const segments = segmentsOf(path)
  const found = table
    .get(`${method} ${segments.length}`)
    ?.find((entry) => entry.segments.every((segment, at) => segment === null || segment === segments[at]))
  if (!found) return undefined
  const [id = '', second = ''] = segments.filter((_, at) => found.segments[at] === null).map(decode)
  return id === null || second === null ? undefined : { route: found.route, id, second }
}
