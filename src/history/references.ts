// Whether the events of a history speak of what there is. An oracle takes an operation that ends without having begun, or begins
// without the end that another one got, for something the client did.

import type { HistoryEvent } from './event.ts'

const ends: readonly string[] = ['operation.ok', 'operation.error', 'operation.unknown']

export class References {
  readonly #invoked = new Set<number>()
  readonly #ended = new Set<number>()
  readonly #sent = new Set<number>()

  /** What is wrong with the next event, as a sentence; `undefined` when it is sound. */
  problem(event: HistoryEvent): string | undefined {
    return this.#operationProblem(event) ?? this.#exchangeProblem(event)
  }

  #operationProblem(event: HistoryEvent): string | undefined {
    const { kind } = event
    const operation = 'operation' in event ? event.operation : null
    if (operation === null) return undefined
    if (kind === 'operation.invoked')
      return add(this.#invoked, operation) ? undefined : `the operation ${operation} is invoked a second time`
    if (!this.#invoked.has(operation)) return `${kind} tells of the operation ${operation}, which was never invoked`
    if (!ends.includes(kind) || add(this.#ended, operation)) return undefined
    return `the operation ${operation} ends a second time`
  }

  #exchangeProblem(event: HistoryEvent): string | undefined {
    const { kind } = event
    const exchange = 'exchange' in event ? event.exchange : null
    if (exchange === null) return undefined
    if (kind === 'exchange.sent')
      return add(this.#sent, exchange) ? undefined : `the exchange ${exchange} is sent a second time`
    return this.#sent.has(exchange) ? undefined : `${kind} tells of the exchange ${exchange}, which was never sent`
  }
}

/** False when it was there. */
function add(known: Set<number>, one: number): boolean {
  const { size } = known
  return known.add(one).size > size
}
