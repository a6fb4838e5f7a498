// query.ts for a long history: its exchanges and its operations, joined.

import { ExchangeRows } from './long-exchanges.ts'
import type { LongHistory } from './long-history.ts'
import { OperationRows } from './long-operations.ts'

const known = new WeakMap<LongHistory, Joined>()

export function joinedOf(history: LongHistory): Joined {
  const found = known.get(history) ?? new Joined(history)
  known.set(history, found)
  return found
}

class Joined {
  readonly exchanges: ExchangeRows
  readonly operations: OperationRows

  constructor(history: LongHistory) {
    this.operations = new OperationRows(history)
    this.exchanges = new ExchangeRows(history, this.operations)
    this.operations.take(this.exchanges)
  }
}
