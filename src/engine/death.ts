// How a process of the client died, as far as the process that plays the scenario can tell.

import { DriverGone, ProtocolError } from '#client/driver/protocol-error.ts'
import type { EventOf } from '#history/event.ts'
import { errorFacts } from './error-facts.ts'

/** A program that is gone threw nothing. */
export function deathOf(error: unknown): Pick<EventOf<'client.crashed'>, 'cause' | 'message'> {
  if (error instanceof DriverGone) return { cause: 'exit', message: error.message }
  if (error instanceof ProtocolError) return { cause: 'protocol', message: error.message }
  return { cause: 'uncaught', message: sentenceOf(error) }
}

function sentenceOf(error: unknown): string {
  const { name, message } = errorFacts(error)
  return message ? `${name}: ${message}` : name
}
