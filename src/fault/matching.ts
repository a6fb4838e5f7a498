// Which exchanges, fleets, workspaces and notifications a fault is about, and whether a scope can match anything at all.
// Routes are matched on templates: `/contacts/{id}` whatever its parameter is called, or a prefix that ends in `*`.

import type { ExchangeView, FaultKind, NotificationView } from './fault.ts'
import { httpMethods } from './http-method.ts'
import type { Scope } from './spec.ts'

/** Where a workspace lives. */
export type WorkspacePlace = { readonly name: string; readonly region: string; readonly shard: string }

/** Compiles a scope once, because it is asked for every exchange. */
export function exchangeMatcher(where: Scope): (exchange: ExchangeView) => boolean {
  const tests: ((exchange: ExchangeView) => boolean)[] = []
  for (const key of ['region', 'product', 'fleet', 'workspace', 'shard', 'customer'] as const) {
    const wanted = where[key]
    if (wanted !== undefined) tests.push((exchange) => exchange[key] === wanted)
  }
  if (where.method !== undefined) {
    const method = where.method.toUpperCase()
    tests.push((exchange) => exchange.method.toUpperCase() === method)
  }
  if (where.route !== undefined) {
    const matches = routeMatcher(where.route)
    tests.push((exchange) => matches(exchange.route))
  }
  return (exchange) => tests.every((test) => test(exchange))
}

function routeMatcher(pattern: string): (route: string) => boolean {
  if (pattern.endsWith('*')) {
    const prefix = nameless(pattern.slice(0, -1))
    return (route) => nameless(route).startsWith(prefix)
  }
  const wanted = nameless(pattern)
  return (route) => nameless(route) === wanted
}

function nameless(route: string): string {
  return route.replaceAll(/\{[^}]*\}/gu, '{}')
}

/** Whether conditions of this scope apply to a fleet. Keys that say nothing about fleets are `scopeProblem`'s business. */
export function matchesFleet(where: Scope, fleet: string): boolean {
  const { region, product } = partsOf(fleet)
  return (
    (where.fleet === undefined || where.fleet === fleet) &&
    (where.region === undefined || where.region === region) &&
    (where.product === undefined || where.product === product)
  )
}

/** Which keys of a scope only a request has: what happens to a connection cannot depend on them. */
export function keysOfRequests(where: Scope): readonly string[] {
  return Object.keys(where).filter((key) => !fleetKeys.includes(key))
}

/** Whether conditions of this scope apply to a workspace. */
export function matchesWorkspace(where: Scope, { name, region, shard }: WorkspacePlace): boolean {
  return (
    (where.region === undefined || where.region === region) &&
    (where.workspace === undefined || where.workspace === name) &&
    (where.shard === undefined || where.shard === shard)
  )
}

/** Whether a disturbance of this scope is about a notification. */
export function matchesNotification(where: Scope, { workspace, region, shard, topic }: NotificationView): boolean {
  const isTopic = where.topic === undefined || where.topic === topic
  return isTopic && matchesWorkspace(where, { name: workspace, region, shard })
}

/** A region has no dash in its name, a product may: `eu-web-app` serves `web-app`. */
function partsOf(fleet: string): { readonly region: string; readonly product: string } {
  const dash = fleet.indexOf('-')
  return { region: fleet.slice(0, dash), product: fleet.slice(dash + 1) }
}

const scopeKeys = ['region', 'product', 'fleet', 'route', 'method', 'workspace', 'shard', 'topic', 'customer'] as const
const exchangeKeys: readonly string[] = scopeKeys.filter((key) => key !== 'topic')
const fleetKeys: readonly string[] = ['region', 'product', 'fleet']
const workspaceKeys: readonly string[] = ['region', 'workspace', 'shard']
const notificationKeys: readonly string[] = [...workspaceKeys, 'topic']

/** What a kind acts on, in plain words. */
export function subjectOf({ acts, on = 'fleet' }: FaultKind): string {
  if (acts === 'decides') return 'exchanges'
  if (acts === 'disturbs') return 'webhooks'
  if (on === 'client') return "the client's process"
  return on === 'cache' ? "the client's cache" : `whole ${on}s`
}

/** The keys that mean something to a kind. */
function keysOf({ acts, on = 'fleet' }: FaultKind): readonly string[] {
  if (acts === 'decides') return exchangeKeys
  if (acts === 'disturbs') return notificationKeys
  if (on === 'client' || on === 'cache') return []
  return on === 'fleet' ? fleetKeys : workspaceKeys
}
const methods: readonly string[] = httpMethods

/** Why a fault of this kind and scope can match nothing, as a sentence; `undefined` when it can. `fleets` are the fleets the
 * world configures, when known: a condition on none of them would change nothing. */
export function scopeProblem(
  kind: FaultKind,
  where: Readonly<Record<string, unknown>>,
  fleets?: readonly string[],
): string | undefined {
  for (const [key, value] of Object.entries(where)) {
    const problem = keyProblem(kind, key, value)
    if (problem) return problem
  }
  const scope = where as Scope
  const onFleets = kind.acts === 'imposes' && (kind.on ?? 'fleet') === 'fleet'
  return contradiction(scope) ?? (onFleets && fleets ? nowhere(kind, scope, fleets) : undefined)
}

function keyProblem(kind: FaultKind, key: string, value: unknown): string | undefined {
  if (!(scopeKeys as readonly string[]).includes(key))
    return `A fault cannot be scoped by "${key}"; use ${oneOf(scopeKeys)}.`
  const keys = keysOf(kind)
  if (!keys.includes(key)) {
    const choice = keys.length === 0 ? 'leave the scope out' : `use ${oneOf(keys)}`
    return `A ${kind.kind} acts on ${subjectOf(kind)} and cannot be scoped by "${key}"; ${choice}.`
  }
  if (typeof value !== 'string' || value === '') return `The scope's "${key}" is not a name.`
  if (key === 'method' && !methods.includes(value.toUpperCase()))
    return `"${value}" is not an HTTP method; use ${oneOf(methods)}.`
  if (key === 'route' && !/^\/[^*?#\s]*\*?$/u.test(value))
    return `"${value}" is not a route; write a template as in "/contacts/{id}", or a prefix as in "/contacts/*".`
  if (key === 'fleet' && !/^[^-]+-.+$/u.test(value))
    return `"${value}" is not a fleet; fleets are named <region>-<product>, as in "au-rest".`
  return undefined
}

function contradiction({ fleet, region, product }: Scope): string | undefined {
  if (fleet === undefined) return undefined
  const parts = partsOf(fleet)
  if (region !== undefined && region !== parts.region)
    return `The fleet "${fleet}" is not in the region "${region}", so the fault can match nothing.`
  if (product !== undefined && product !== parts.product)
    return `The fleet "${fleet}" does not serve the product "${product}", so the fault can match nothing.`
  return undefined
}

function nowhere(kind: FaultKind, where: Scope, fleets: readonly string[]): string | undefined {
  if (fleets.some((fleet) => matchesFleet(where, fleet))) return undefined
  const known = fleets.length === 0 ? 'the world has no fleets' : `the world's fleets are ${fleets.join(', ')}`
  return `A ${kind.kind} acts on fleets and its scope matches none; ${known}.`
}

function oneOf(names: readonly string[]): string {
  return `${names.slice(0, -1).join(', ')} or ${names.at(-1)}`
}
