// Which exchanges and fleets a fault is about, and whether a scope can match anything at all.
// Routes are matched on templates: `/contacts/{id}` whatever its parameter is called, or a prefix that ends in `*`.

import type { ExchangeView, FaultKind } from './fault.ts'
import type { Scope } from './spec.ts'

/** Compiles a scope once, because it is asked for every exchange. */
export function exchangeMatcher(where: Scope): (exchange: ExchangeView) => boolean {
  const tests: ((exchange: ExchangeView) => boolean)[] = []
  for (const key of ['region', 'product', 'fleet', 'workspace', 'customer'] as const) {
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

/** A region has no dash in its name, a product may: `eu-web-app` serves `web-app`. */
function partsOf(fleet: string): { readonly region: string; readonly product: string } {
  const dash = fleet.indexOf('-')
  return { region: fleet.slice(0, dash), product: fleet.slice(dash + 1) }
}

const scopeKeys = ['region', 'product', 'fleet', 'route', 'method', 'workspace', 'customer'] as const
const fleetKeys: readonly string[] = ['region', 'product', 'fleet']
const methods: readonly string[] = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS']

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
  return contradiction(scope) ?? (kind.acts === 'imposes' && fleets ? nowhere(kind, scope, fleets) : undefined)
}

function keyProblem(kind: FaultKind, key: string, value: unknown): string | undefined {
  if (!(scopeKeys as readonly string[]).includes(key))
    return `A fault cannot be scoped by "${key}"; use ${oneOf(scopeKeys)}.`
  if (kind.acts === 'imposes' && !fleetKeys.includes(key))
    return `A ${kind.kind} acts on whole fleets and cannot be scoped by "${key}"; use ${oneOf(fleetKeys)}.`
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
