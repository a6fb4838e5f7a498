// Promises as the client wrote them, resolved to numbers. The types reject a wrong promise at compile time; untyped
// JavaScript gets the same answer here, as a sentence that names the operation and the field.

import { parseDuration } from '#clock/instant.ts'
import { UserError } from '#context/user-error.ts'
import type { PromiseOf, Promises, Step } from '#history/promises.ts'
import { nearestName } from '#context/nearest-name.ts'

const fields = ['within', 'fresh', 'degrade', 'key', 'order']
const steps = ['stale', 'queue', 'fallback', 'drop', 'error']
const stepExamples = "'stale 1h', 'queue 5m', 'fallback', 'drop' or 'error'"

type Texts = { readonly name: string; readonly promises: unknown }

export function resolvePromises(definition: Texts): Promises {
  if (!isRecord(definition.promises))
    throw new UserError(`The client "${definition.name}" has no promises.`, {
      hint: "Write promises: { 'contact.read': { within: '10s', degrade: ['error'] } }, one entry per operation.",
    })
  const resolved: Record<string, PromiseOf> = {}
  for (const [operation, texts] of Object.entries(definition.promises))
    resolved[operation] = resolvePromise(operation, texts)
  return resolved
}

function resolvePromise(operation: string, texts: unknown): PromiseOf {
  if (!isRecord(texts)) throw new UserError(`The promise of "${operation}" is ${shown(texts)}; it must be an object.`)
  for (const field of Object.keys(texts)) if (!fields.includes(field)) throw unknownField(operation, field)
  const within = span(operation, 'within', texts['within'])
  const fresh = span(operation, 'fresh', texts['fresh'])
  const key = name(operation, 'key', texts['key'])
  const order = name(operation, 'order', texts['order'])
  return {
    ...(within !== undefined && { withinMs: within }),
    ...(fresh !== undefined && { freshMs: fresh }),
    degrade: ladder(operation, texts['degrade']),
    ...(key !== undefined && { key }),
    ...(order !== undefined && { order }),
  }
}

function ladder(operation: string, degrade: unknown): Step[] {
  if (degrade === undefined) return []
  if (!Array.isArray(degrade))
    throw new UserError(
      `"degrade" of "${operation}" is ${shown(degrade)}; it must be a list such as ['stale 1h', 'error'].`,
    )
  return degrade.map((text) => step(operation, text))
}

function step(operation: string, text: unknown): Step {
  const where = `A step of "degrade" of "${operation}"`
  if (typeof text !== 'string') throw new UserError(`${where} is ${shown(text)}; write ${stepExamples}.`)
  const [kind = '', length, ...rest] = text.trim().split(/\s+/u)
  if (rest.length > 0 || !steps.includes(kind)) {
    const meant = steps.includes(kind) ? undefined : nearestName(kind, steps)
    throw new UserError(
      `${where} is ${shown(text)}; write ${stepExamples}.`,
      meant ? { hint: `Did you mean "${meant}"?` } : {},
    )
  }
  if (kind === 'stale') return { kind, maxAgeMs: stepSpan(where, text, length) }
  if (kind === 'queue') return { kind, maxDelayMs: stepSpan(where, text, length) }
  if (length !== undefined) throw new UserError(`${where} is ${shown(text)}; "${kind}" takes no duration.`)
  return { kind: kind as 'fallback' | 'drop' | 'error' }
}

function stepSpan(where: string, text: string, length: string | undefined): number {
  const ms = length === undefined ? undefined : parseDuration(length)
  if (ms === undefined || ms <= 0)
    throw new UserError(`${where} is ${shown(text)}; it needs a duration, such as "${text.split(/\s+/u)[0]} 1h".`)
  return ms
}

function span(operation: string, field: string, text: unknown): number | undefined {
  if (text === undefined) return undefined
  const ms = typeof text === 'string' ? parseDuration(text) : undefined
  if (ms === undefined || ms <= 0)
    throw new UserError(
      `"${field}" of "${operation}" is ${shown(text)}; it must be a duration such as '10s', '30m' or '1h30m'.`,
    )
  return ms
}

function name(operation: string, field: string, text: unknown): string | undefined {
  if (text === undefined || (typeof text === 'string' && text !== '')) return text
  throw new UserError(`"${field}" of "${operation}" is ${shown(text)}; it must name a field of the operation's input.`)
}

function unknownField(operation: string, field: string): UserError {
  const meant = nearestName(field, fields)
  return new UserError(`The promise of "${operation}" has an unknown field "${field}".`, {
    hint: meant ? `Did you mean "${meant}"?` : `It may have: ${fields.join(', ')}.`,
  })
}

/** The value as the user wrote it, as far as that can be shown in a sentence. */
function shown(value: unknown): string {
  if (typeof value === 'string') return `'${value.slice(0, 60)}'`
  if (Array.isArray(value)) return 'a list'
  if (typeof value === 'object' && value !== null) return 'an object'
  return typeof value === 'function' ? 'a function' : String(value)
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
