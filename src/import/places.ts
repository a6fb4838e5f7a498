// Where in the simulation the names of a document are: regions, routes of the REST API, and components of the status page. What the
// simulation has no part of is said to be nowhere.

import { knownRoutes } from '#scenario/services.ts'

export type Region = 'us' | 'eu' | 'au'

/** Where our first workspace is, and whether the document is about no other region. */
export type Home = { readonly first: Region; readonly only: Region | undefined }

const regions: readonly (readonly [Region, RegExp])[] = [
  ['us', /\bU\.?S\.?A?\b(?! ?\$)|\bUnited States\b|\bNorth America\b/u],
  ['eu', /\bE\.?U\b|\bEurope(?:an)?\b|\bEMEA\b/u],
  ['au', /\bAU\b|\bAustralian?\b|\bAPAC\b/u],
]

export function regionsIn(words: string): readonly Region[] {
  return regions.filter(([, pattern]) => pattern.test(words)).map(([region]) => region)
}

/** What a request must ask for to meet a fault of a route. */
const intents: Readonly<Record<string, string>> = {
  contacts: 'contact.read',
  conversations: 'conversation.read',
  companies: 'company.read',
  tickets: 'ticket.read',
  articles: 'article.read',
  messages: 'message.send',
  events: 'event.track',
  tags: 'tag.add',
  admins: 'admin.list',
}

export type Route = { readonly route: string; readonly intent: string }

/** A path that the words name: `POST /conversations/{id}/reply`. Of one that is not simulated, nothing. */
export function routeIn(words: string): Route | undefined {
  for (const [, first = ''] of words.matchAll(/(?:^|[\s"'`(])\/(?:v\d\/)?([a-z_]{3,40})\b/gu)) {
    const intent = Object.hasOwn(intents, first) ? intents[first] : undefined
    if (intent !== undefined && knownRoutes.some(({ template }) => template.startsWith(`/${first}`)))
      return { route: `/${first}*`, intent }
  }
  return undefined
}

export type Part = 'api' | 'webhooks' | 'media' | 'nothing'

export type Place = {
  /** Of the simulated status page. */
  readonly component: string
  readonly part: Part
  readonly route?: Route
}

const routed = (first: string): Route => ({ route: `/${first}*`, intent: intents[first] ?? 'contact.read' })

/** The first that fits. The API says of which region it is where the name does. */
const places: readonly (readonly [pattern: RegExp, place: Place])[] = [
  [/webhook/iu, { component: 'Webhooks', part: 'webhooks' }],
  [/mobile (?:api|sdk)/iu, { component: 'Mobile APIs', part: 'nothing' }],
  [/whatsapp|media/iu, { component: 'Chats and Posts', part: 'media' }],
  [/\bsearch\b/iu, { component: 'APIs', part: 'api', route: { route: '/contacts/search', intent: 'contact.search' } }],
  [/article|help ?cent(?:er|re)|knowledge/iu, { component: 'APIs', part: 'api', route: routed('articles') }],
  [/ticket/iu, { component: 'APIs', part: 'api', route: routed('tickets') }],
  [/compan(?:y|ies)/iu, { component: 'APIs', part: 'api', route: routed('companies') }],
  [/contacts?\b|user service|\bpeople\b|\bleads?\b/iu, { component: 'APIs', part: 'api', route: routed('contacts') }],
  [/conversations?\b/iu, { component: 'Inbox', part: 'api', route: routed('conversations') }],
  [/message delivery|outbound/iu, { component: 'Message delivery', part: 'api', route: routed('messages') }],
  [/\bevents?\b/iu, { component: 'APIs', part: 'api', route: routed('events') }],
  [/\bapis?\b|\brest\b|developer/iu, { component: 'APIs', part: 'api' }],
  [/\binbox\b/iu, { component: 'Inbox', part: 'nothing' }],
  [/\bfin\b/iu, { component: 'Fin', part: 'nothing' }],
  [/web messenger/iu, { component: 'Web Messenger', part: 'nothing' }],
  [/mobile messenger/iu, { component: 'Mobile Messenger', part: 'nothing' }],
  [/messenger/iu, { component: 'Messenger', part: 'nothing' }],
  [/web app|dashboard|teammate/iu, { component: 'Web Application', part: 'nothing' }],
  [/mobile push|push/iu, { component: 'Mobile Push', part: 'nothing' }],
  [/e-?mail/iu, { component: 'Email', part: 'nothing' }],
  [/chats|posts/iu, { component: 'Chats and Posts', part: 'nothing' }],
  [/notification/iu, { component: 'Admin notifications', part: 'nothing' }],
]

const ofRegion: Readonly<Record<Region, string>> = {
  us: 'REST API (US)',
  eu: 'REST API (Europe)',
  au: 'REST API (Australia)',
}

/** Of a component that the document names; `undefined` for one that is like none that is known. */
export function placeOf(name: string): Place | undefined {
  const place = places.find(([pattern]) => pattern.test(name))?.[1]
  const [region, ...others] = regionsIn(name)
  const isWholeApi = place?.part === 'api' && place.route === undefined
  return place && isWholeApi && region && others.length === 0 ? { ...place, component: ofRegion[region] } : place
}

export function apiOf(region: Region | undefined): string {
  return region === undefined ? 'APIs' : ofRegion[region]
}
