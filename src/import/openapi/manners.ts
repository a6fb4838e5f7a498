// What holds for the whole service: where it answers, how a caller says who it is, how lists are told, what an error looks like.

import type { AuthDefinition, Json, PaginationDefinition } from '#server/defined/definition.ts'
import { hosts as taken } from '#scenario/services.ts'
import { failureOf, jsonOf } from './answers.ts'
import type { Collection } from './collections.ts'
import type { List } from './lists.ts'
import { plainName } from './names.ts'
import type { Notes } from './notes.ts'
import { shapeOf } from './shape.ts'
import { listAt, own, partOf, textAt, type Part, type Specification } from './specification.ts'
import { tidy } from '../words.ts'

type Host = { readonly host: string; readonly region?: string }
const hostForm = /^[a-z0-9-]+(?:\.[a-z0-9-]+)+$/u
const baseForm = /^(?:\/[A-Za-z0-9._~-]+)+$/u

export function placesOf(
  spec: Specification,
  name: string,
  notes: Notes,
): { readonly hosts: readonly Host[]; readonly base?: string } {
  const hosts: Host[] = []
  let base: string | undefined
  // Below which it answers on a machine of one's own, or wherever the specification lies.
  let otherwise: string | undefined
  for (const server of listAt(spec.root, 'servers')) {
    const url = urlOf(spec.part(server))
    const place = url && usable(url, hosts)
    if (!url || place === undefined) {
      otherwise ??= url?.pathname.replace(/\/+$/u, '')
      notes.leave(
        'servers that are not simulated',
        tidy(textAt(spec.part(server), 'url') ?? 'one without an address', 120),
      )
      continue
    }
    base ??= url.pathname.replace(/\/+$/u, '')
    hosts.push(place)
  }
  if (hosts.length === 0) {
    notes.assume(`No server can be taken over: the service answers at api.${name}.example.`)
    hosts.push({ host: `api.${name}.example` })
    base = otherwise
  }
  const isBase = base !== undefined && baseForm.test(base)
  if (base !== undefined && base !== '' && !isBase) notes.leave('beginnings of paths that are none', tidy(base, 120))
  return { hosts, ...(isBase && base !== undefined && { base }) }
}

/** With the defaults of its variables. A relative one is of no host that anybody could have. */
function urlOf(server: Part | undefined): URL | undefined {
  const variables = partOf(server && own(server, 'variables')) ?? {}
  const url = (textAt(server, 'url') ?? '').replaceAll(/\{(\w+)\}/gu, (_, name: string) => {
    return textAt(partOf(own(variables, name)), 'default') ?? ''
  })
  const whole = url.startsWith('/') && !url.startsWith('//') ? `http://localhost${url}` : url
  return /^https?:\/\//u.test(whole) && URL.canParse(whole) ? new URL(whole) : undefined
}

/** One for each region, and none that is simulated already or is somebody's own machine. */
function usable({ hostname }: URL, before: readonly Host[]): Host | undefined {
  const region = /(?:^|[.-])(us|eu|au|uk|ca|de|fr|in|jp|sg|ap)(?=[.-])/u.exec(hostname)?.[1]
  const isOther = !before.some((one) => one.host === hostname || one.region === region)
  if (!isOther || !hostForm.test(hostname) || /^[\d.]+$/u.test(hostname) || taken.includes(hostname)) return undefined
  return { host: hostname, ...(region !== undefined && { region }) }
}

export function authOf(spec: Specification, notes: Notes): AuthDefinition {
  const schemes = partOf(own(spec.below(spec.root, 'components') ?? {}, 'securitySchemes')) ?? {}
  const wanted = listAt(spec.root, 'security').flatMap((one) => Object.keys(partOf(one) ?? {}))
  const names = [...wanted, ...Object.keys(schemes)].filter((name, index, all) => all.indexOf(name) === index)
  const found = names.flatMap((name) => {
    const auth = oneAuth(spec.part(own(schemes, name)))
    if (!auth) notes.leave('ways of saying who one is that are not simulated', tidy(name, 60))
    return auth ? [{ name, auth }] : []
  })
  const [first, ...others] = found
  for (const { name } of others) notes.leave('ways of saying who one is beside the first', tidy(name, 60))
  if (first) return first.auth
  const isOpen = names.length === 0
  notes.assume(
    isOpen
      ? 'Nothing says how a caller says who it is: nobody has to.'
      : 'A caller says who it is with a bearer token.',
  )
  return { kind: isOpen ? 'none' : 'bearer' }
}

function oneAuth(scheme: Part | undefined): AuthDefinition | undefined {
  const [type, place, name] = ['type', 'in', 'name'].map((key) => textAt(scheme, key))
  if (type === 'oauth2' || type === 'openIdConnect') return { kind: 'bearer' }
  if (type === 'http') return textAt(scheme, 'scheme')?.toLowerCase() === 'bearer' ? { kind: 'bearer' } : undefined
  const isNamed = name !== undefined && /^[\w.[\]-]{1,60}$/u.test(name)
  if (type !== 'apiKey' || !isNamed || (place !== 'header' && place !== 'query')) return undefined
  return { kind: place, name }
}

/** As most of the lists are told. */
export function paginationOf(collections: readonly Collection[], notes: Notes): PaginationDefinition | undefined {
  const lists = collections.flatMap(({ list, path }) => (list ? [{ list, path }] : []))
  const groups = Map.groupBy(lists, ({ list }) => JSON.stringify([list.kind, list.fromParameter, list.items]))
  const [first, ...others] = [...groups.values()].toSorted((one, other) => other.length - one.length)
  if (!first) return undefined
  for (const { path } of others.flat())
    notes.leave('lists that are told otherwise than most, and are simulated as those', path)
  return pagesOf(first[0]!.list, notes)
}

const fewPages = 20

function pagesOf(list: List, notes: Notes): PaginationDefinition | undefined {
  const { items, fromParameter, sizeParameter, next, total } = list
  const named = { ...(sizeParameter !== undefined && { sizeParameter }), items }
  if (list.kind === undefined) {
    if (items === 'data') return undefined
    notes.assume('No parameter says from where a list goes on: all of it is told at once, up to 1000.')
    return { kind: 'page', size: 1_000, most: 1_000, ...named }
  }
  const isTold = items !== '' && (list.kind !== 'cursor' || next !== undefined)
  const kind = list.kind === 'cursor' && !isTold ? 'page' : list.kind
  notes.assume(
    kind === list.kind
      ? `Lists come in pages, by ${kind}, as the names of parameters say${fromParameter === undefined ? '' : ` (${fromParameter})`}.`
      : `Where an answer tells the next cursor is not said: ${fromParameter ?? 'the parameter'} is simulated as the number of a page.`,
  )
  const most = within(list.most ?? 100)
  const size = Math.min(most, within(list.size ?? fewPages))
  if (list.size === undefined || list.most === undefined)
    notes.assume(`A page has ${size} without asking, and ${most} at most.`)
  return {
    kind,
    size,
    most,
    ...named,
    ...(fromParameter !== undefined && { fromParameter }),
    ...(kind === 'cursor' && next !== undefined && { next }),
    ...(items !== '' && total !== undefined && { total }),
  }
}

function within(size: number): number {
  return Math.min(1_000, Math.max(1, Math.round(size)))
}

/** Of the first operation that says what a mistake is answered with. */
export function errorOf(spec: Specification, collections: readonly Collection[], notes: Notes): Json | undefined {
  for (const operation of collections.flatMap(({ verbs }) => [...verbs.values()])) {
    const schema = jsonOf(spec, failureOf(spec, operation))
    const body = schema === undefined ? undefined : bodyOf(spec, schema, notes)
    if (body === undefined || typeof body !== 'object') continue
    notes.assume('What an error says is filled in by the names of its fields.')
    return body
  }
  notes.assume('Nothing says what an error looks like: it is { error: { code, message } }.')
  return undefined
}

const fillings = [
  ['{requestId}', /^(?:request|trace|correlation)_id$/u],
  ['{status}', /^(?:status|status_code|http_status)$/u],
  ['{code}', /^(?:code|type|error_code|error_type|error|reason)$/u],
  ['{message}', /^(?:message|detail|details|title|description|error_message|error_description)$/u],
] as const

function bodyOf(spec: Specification, schema: unknown, notes: Notes, name = '', depth = 0): Json | undefined {
  const shape = depth > 4 ? undefined : shapeOf(spec, schema, notes)
  if (shape?.type === 'array') {
    const item = bodyOf(spec, shape.items, notes, name, depth + 1)
    return item === undefined ? undefined : [item]
  }
  if (!shape || shape.properties.size === 0) return fillings.find(([, pattern]) => pattern.test(plainName(name)))?.[0]
  const members = [...shape.properties].flatMap(([key, inner]) => {
    const made =
      key === '' || key === '__proto__' || key.length > 60 ? undefined : bodyOf(spec, inner, notes, key, depth + 1)
    return made === undefined ? [] : [[key, made] as const]
  })
  return members.length === 0 ? undefined : Object.fromEntries(members)
}

/** The header of a write that says which attempt it belongs to. */
export function idempotencyOf(spec: Specification, collections: readonly Collection[]): string | undefined {
  const parameters = collections.flatMap(({ verbs }) => listAt(verbs.get('create'), 'parameters'))
  const names = parameters.map((one) => textAt(spec.part(one), 'name') ?? '')
  return names.find((name) => /^(?:X-)?Idempotency-Key$/iu.test(name))
}
