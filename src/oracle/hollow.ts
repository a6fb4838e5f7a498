// Recognises a success that is none: a garbled or empty body handed over as the thing that was asked for.

import type { History } from '#history/history.ts'
import { operations, selector, succeeded, type Operation } from '#history/query.ts'
import { statusOf } from './classify.ts'

/** Values of these operations can usually be compared with the Store, so one that cannot is suspicious. */
const comparable = selector((history): ReadonlySet<string> => {
  const counts = new Map<string, { compared: number; all: number }>()
  for (const { invoked, settled } of operations(history)) {
    if (settled?.kind !== 'operation.ok' || settled.result !== 'fresh') continue
    const count = counts.get(invoked.name) ?? { compared: 0, all: 0 }
    count.all += 1
    if (settled.truth) count.compared += 1
    counts.set(invoked.name, count)
  }
  const usual = Array.from(counts).filter(([, { compared, all }]) => compared * 2 > all)
  return new Set(usual.map(([name]) => name))
})

/** Operations of which at least one value could be compared with the Store. */
const everCompared = selector(
  (history): ReadonlySet<string> =>
    new Set(
      operations(history).flatMap(({ invoked, settled }) =>
        settled?.kind === 'operation.ok' && settled.truth ? [invoked.name] : [],
      ),
    ),
)

export function canBeCompared(history: History, { invoked }: Operation): boolean {
  return everCompared(history).has(invoked.name)
}

/** The API itself said that there is nothing: a search that found nobody, or a thing that is gone. */
export function wasToldNothing({ invoked, exchanges }: Operation): boolean {
  return exchanges.some((exchange) => {
    const status = statusOf(exchange)
    if (status === 404 || status === 410) return true
    if (!succeeded(exchange) || exchange.end?.kind !== 'exchange.ended') return false
    return invoked.entity !== undefined && !(invoked.entity in exchange.end.contains)
  })
}

/** A read that was asked for an entity, got a good status without that entity in it, and called it a fresh value. */
export function handedNothing(history: History, operation: Operation): boolean {
  const { invoked, settled, exchanges, certain } = operation
  if (settled?.kind !== 'operation.ok' || settled.result !== 'fresh' || settled.truth) return false
  if (invoked.effect !== 'read' || invoked.entity === undefined || !certain) return false
  const last = exchanges.at(-1)
  if (!last || !succeeded(last) || last.end?.kind !== 'exchange.ended') return false
  if (invoked.entity in last.end.contains) return false
  return comparable(history).has(invoked.name)
}
