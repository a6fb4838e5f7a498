// The errors that a client hands to its callers: all the texts in them, and the words to show them by.

import type { ErrorFacts, EventOf } from '#history/event.ts'
import type { Exchange, Operation } from '#history/query.ts'

/** An operation that failed, and how. */
export type Failure = { readonly operation: Operation; readonly settled: EventOf<'operation.error'> }

/** The operations that failed, without those that their callers gave up on. */
export function failuresOf(operations: readonly Operation[]): readonly Failure[] {
  return operations.flatMap((operation) => {
    const { settled, cancelled } = operation
    return settled?.kind === 'operation.error' && !cancelled ? [{ operation, settled }] : []
  })
}

/** A pause, a deadline or a queue takes longer. */
const withItMs = 1

/** What ended at `completedAt` is what made the client settle at `at`. */
export function cameWith(completedAt: number | null, at: number): boolean {
  return completedAt !== null && completedAt <= at && at - completedAt <= withItMs
}

/** The error answer that ended the operation: nothing came after it or was under way, and the error came with it. */
export function answerBehind({ operation, settled }: Failure): Exchange | undefined {
  const exchange = operation.exchanges.findLast(({ sent }) => sent.seq < settled.seq)
  if (exchange?.outcome.kind !== 'answered' || exchange.outcome.status < 400) return undefined
  if (!cameWith(exchange.completedAt, settled.at)) return undefined
  const isAlone = operation.exchanges.every(({ end }) => end !== null && end.seq <= (exchange.end?.seq ?? 0))
  return isAlone ? exchange : undefined
}

/** Names, messages and codes, of the error and of its causes. */
export function textsOf({ name, message, code, causes = [] }: ErrorFacts): readonly string[] {
  return [name, message, code ?? '', ...causes.flatMap((cause) => [cause.name, cause.message, cause.code ?? ''])]
}

const shownCharacters = 120

/** `"Error: no"`, on one line. */
export function wordsForError({ name, message }: ErrorFacts): string {
  const text = (message === '' ? name : `${name}: ${message}`).replaceAll(/\s+/gu, ' ')
  return `"${text.length > shownCharacters ? `${text.slice(0, shownCharacters)}…` : text}"`
}
