// What a client declares of its own mechanisms, resolved to numbers. Untyped JavaScript gets a sentence for what the types
// would have refused.

import { parseDuration } from '#clock/instant.ts'
import { nearestName } from '#context/nearest-name.ts'
import { UserError } from '#context/user-error.ts'
import type { BreakerFacts, Declared } from '#history/promises.ts'

const fields = ['concurrency', 'queue', 'breaker']
const breakerFields = ['failures', 'share', 'within', 'rest', 'probes', 'per', 'guards']
const scopes = ['workspace', 'host', 'route'] as const

/** Throws UserError for what makes no sense. */
export function resolveDeclared({ name, declares }: { readonly name: string; readonly declares?: unknown }): Declared {
  if (declares === undefined) return {}
  const texts = record(`"declares" of the client "${name}"`, declares, fields)
  const concurrency = count('"concurrency"', texts['concurrency'])
  const queue = count('"queue"', texts['queue'])
  const breaker = texts['breaker'] === undefined ? undefined : resolveBreaker(texts['breaker'])
  return {
    ...(concurrency !== undefined && { concurrency }),
    ...(queue !== undefined && { queue }),
    ...(breaker && { breaker }),
  }
}

function resolveBreaker(declared: unknown): BreakerFacts {
  const texts = record('"breaker"', declared, breakerFields)
  const failures = count('"failures" of the breaker', texts['failures'])
  const restMs = span('"rest" of the breaker', texts['rest'])
  if (failures === undefined || restMs === undefined)
    throw new UserError('The declared breaker needs "failures" and "rest", such as { failures: 5, rest: \'10s\' }.')
  const share = part(texts['share'])
  const windowMs = span('"within" of the breaker', texts['within'])
  if ((share === undefined) !== (windowMs === undefined))
    throw new UserError('A breaker that opens at a share of failures needs both "share" and "within".')
  const guards = names(texts['guards'])
  return {
    failures,
    ...(share !== undefined && windowMs !== undefined && { share, windowMs }),
    restMs,
    probes: count('"probes" of the breaker', texts['probes']) ?? 1,
    per: scope(texts['per']),
    ...(guards && { guards }),
  }
}

function record(what: string, value: unknown, known: readonly string[]): Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new UserError(`${what} must be an object with some of: ${known.join(', ')}.`)
  for (const field of Object.keys(value)) {
    if (known.includes(field)) continue
    const meant = nearestName(field, known)
    throw new UserError(`${what} has an unknown field "${field}".`, {
      hint: meant ? `Did you mean "${meant}"?` : `It may have: ${known.join(', ')}.`,
    })
  }
  return value as Readonly<Record<string, unknown>>
}

function count(what: string, value: unknown): number | undefined {
  if (value === undefined) return undefined
  if (typeof value === 'number' && Number.isInteger(value) && value > 0) return value
  throw new UserError(`${what} must be a whole number above 0.`)
}

function span(what: string, value: unknown): number | undefined {
  if (value === undefined) return undefined
  const ms = typeof value === 'string' ? parseDuration(value) : undefined
  if (ms === undefined || ms <= 0) throw new UserError(`${what} must be a duration such as '10s'.`)
  return ms
}

function part(value: unknown): number | undefined {
  if (value === undefined) return undefined
  const percent = typeof value === 'string' ? Number(/^(\d+(?:\.\d+)?)%$/u.exec(value)?.[1]) : Number.NaN
  if (percent > 0 && percent <= 100) return percent / 100
  throw new UserError('"share" of the breaker must be a percentage such as \'50%\'.')
}

function scope(value: unknown): BreakerFacts['per'] {
  if (value === undefined) return 'workspace'
  const known = scopes.find((one) => one === value)
  if (known) return known
  throw new UserError(`"per" of the breaker must be one of: ${scopes.join(', ')}.`)
}

function names(value: unknown): readonly string[] | undefined {
  if (value === undefined) return undefined
  if (Array.isArray(value) && value.every((name) => typeof name === 'string')) return value
  throw new UserError('"guards" of the breaker must be a list of operations.')
}
