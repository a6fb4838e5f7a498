// An error of the client as the history keeps it: short, without stack, without anything that differs between machines.

import { presentable } from '#context/foreign-text.ts'
import { limits } from '#context/limits.ts'
import type { Cause, ErrorFacts } from '#history/event.ts'
import { readField } from './read-field.ts'
import { requestIdOf } from './request-id.ts'

export function errorFacts(error: unknown): ErrorFacts {
  const own = factsOf(error)
  const below = causesOf(error)
  const requestId = [error, ...below].map(requestIdOf).find((id) => id !== undefined)
  const causes = below.map(factsOf)
  const code = own.code ?? causes[0]?.code
  return {
    ...own,
    ...(code !== undefined && { code }),
    ...(requestId !== undefined && { requestId: shortened(requestId) }),
    ...(causes.length > 0 && { causes }),
  }
}

function factsOf(error: unknown): Cause {
  if (typeof error !== 'object' || error === null) return { name: typeof error, message: shortened(textOf(error)) }
  const code = readField(error, 'code')
  const status = readField(error, 'statusCode') ?? readField(error, 'status')
  return {
    name: shortened(text(readField(error, 'name')) ?? 'Error'),
    message: shortened(text(readField(error, 'message')) ?? ''),
    ...(typeof status === 'number' && Number.isFinite(status) && { status }),
    ...(typeof code === 'string' && { code: shortened(code) }),
  }
}

/** Outermost first. A chain that bites its own tail ends there. */
function causesOf(error: unknown): readonly unknown[] {
  const seen = new Set<unknown>([error])
  let below = causeOf(error)
  while (below !== undefined && below !== null && !seen.has(below) && seen.size <= limits.causes) {
    seen.add(below)
    below = causeOf(below)
  }
  return [...seen].slice(1)
}

/** Of several errors at once (AggregateError, as Node throws it when every address refuses), the first. */
function causeOf(error: unknown): unknown {
  const cause = readField(error, 'cause')
  if (cause !== undefined && cause !== null) return cause
  return readField(error, 'name') === 'AggregateError' ? readField(readField(error, 'errors'), '0') : undefined
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined
}

function textOf(value: unknown): string {
  try {
    return String(value)
  } catch {
    return ''
  }
}

/** No token, address or machine path reaches a history, whatever a client puts into its messages. */
export function shortened(value: string): string {
  if (value.length > limits.readCharacters) return `a text of ${value.length} characters`
  const shown = presentable(value.slice(0, 4 * limits.foreignText))
  return shown.length <= limits.foreignText ? shown : `${shown.slice(0, limits.foreignText)}…`
}
