// An error of the client as the history keeps it: short, without stack, without anything that differs between machines.

import { presentable } from '#context/foreign-text.ts'
import { limits } from '#context/limits.ts'
import type { ErrorFacts } from '#history/event.ts'

export function errorFacts(error: unknown): ErrorFacts {
  if (typeof error !== 'object' || error === null) return { name: typeof error, message: shortened(String(error)) }
  const read = (key: string): unknown => readField(error, key)
  const cause = read('cause')
  const code = read('code') ?? (typeof cause === 'object' && cause !== null ? readField(cause, 'code') : undefined)
  const status = read('statusCode') ?? read('status')
  return {
    name: shortened(text(read('name')) ?? 'Error'),
    message: shortened(text(read('message')) ?? ''),
    ...(typeof status === 'number' && { status }),
    ...(typeof code === 'string' && { code: shortened(code) }),
  }
}

/** A getter of the client may throw. */
function readField(error: object, key: string): unknown {
  try {
    return (error as Record<string, unknown>)[key]
  } catch {
    return undefined
  }
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined
}

/** No token, address or machine path reaches a history, whatever a client puts into its messages. */
export function shortened(value: string): string {
  const shown = presentable(value.slice(0, 4 * limits.foreignText))
  return shown.length <= limits.foreignText ? shown : `${shown.slice(0, limits.foreignText)}…`
}
