// What a driver's answer comes to: the very value that a client in process would return, or the error that it would throw.

import { dropped, fallback, queued, stale } from '../outcome.ts'
import { isRecord, type Answer } from './message.ts'
import { ProtocolError } from './protocol-error.ts'

const outcomes = ['fresh', 'stale', 'queued', 'fallback', 'dropped']

/** Whether an answer can be understood at all: says what is wrong with it. */
export function wrongIn({ id, outcome, error }: Answer): ProtocolError | undefined {
  if (isAbsent(outcome) || !isAbsent(error) || outcomes.includes(outcome as string)) return undefined
  const shown = typeof outcome === 'string' ? `"${outcome.slice(0, 40)}"` : `a ${typeof outcome}`
  return new ProtocolError(`the outcome of answer ${id} is ${shown}; it must be one of ${outcomes.join(', ')}`)
}

/** Throws what the client threw. */
export function returnedBy({ value, outcome, ageMs, error }: Answer): unknown {
  if (!isAbsent(error)) throw thrownBy(error)
  switch (outcome) {
    case 'stale':
      return stale(value, { age: ageMs as number })
    case 'queued':
      return queued()
    case 'fallback':
      return fallback(value)
    case 'dropped':
      return dropped()
    default:
      return value
  }
}

/** An object becomes an error that has its fields; a text is thrown as it is, as JavaScript may. */
function thrownBy(written: unknown): unknown {
  if (!isRecord(written)) return written
  const error = new Error()
  for (const [name, value] of Object.entries(written))
    Object.defineProperty(error, name, { value, writable: true, configurable: true, enumerable: true })
  return error
}

export function isAbsent(value: unknown): value is null | undefined {
  return value === undefined || value === null
}
