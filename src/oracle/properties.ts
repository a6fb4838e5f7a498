// What the client and the scenario say must hold: which properties there are, and what the history knows of each.

import type { EventOf, PropertyKind } from '#history/event.ts'
import type { PropertyMark } from '#history/header.ts'
import type { History } from '#history/history.ts'
import { selector, type Operation } from '#history/query.ts'
import { judged } from './loads.ts'

/** One that the client declares, and when it first held and first did not. */
export type Told = {
  readonly name: string
  readonly type: PropertyKind
  readonly firstHeld: EventOf<'property.seen'> | undefined
  readonly firstBroken: EventOf<'property.seen'> | undefined
  /** Absent when the run did not live to count. */
  readonly counted: EventOf<'property.counted'> | undefined
}

/** One that the scenario states, and the operations that it is about. */
export type Stated = {
  readonly mark: PropertyMark
  readonly held: readonly Operation[]
  readonly broken: readonly Operation[]
}

export const toldProperties: (history: History) => readonly Told[] = selector((history) => {
  const seen = Map.groupBy(history.all('property.seen'), ({ property }) => property)
  const counts = new Map(history.all('property.counted').map((event) => [event.property, event]))
  return history.all('property.declared').map(({ property: name, type }) => ({
    name,
    type,
    firstHeld: seen.get(name)?.find(({ holds }) => holds),
    firstBroken: seen.get(name)?.find(({ holds }) => !holds),
    counted: counts.get(name),
  }))
})

export const statedProperties: (history: History) => readonly Stated[] = selector((history) =>
  history.header.properties.map((mark) => {
    const asked = operationsOf(history, mark)
    const isMeant = ({ outcome }: Operation): boolean =>
      mark.outcome === 'ok' ? outcome !== 'error' && outcome !== 'unknown' : outcome === mark.outcome
    return {
      mark,
      held: asked.filter(isMeant),
      broken: asked.filter((operation) => !isMeant(operation)),
    }
  }),
)

function operationsOf(history: History, { load, phase }: PropertyMark): readonly Operation[] {
  const { phases } = history.header
  const index = phases.findIndex(({ name }) => name === phase)
  const from = phases[index]?.at ?? 0
  const until = phase === null ? Number.POSITIVE_INFINITY : (phases[index + 1]?.at ?? Number.POSITIVE_INFINITY)
  return judged(history).filter(({ invoked }) => invoked.load === load && invoked.at >= from && invoked.at < until)
}

/** `"one", "two" and 3 more`. */
export function namesInWords(names: readonly string[]): string {
  const shown = names.slice(0, 5).map((name) => `"${name}"`)
  return names.length > shown.length ? `${shown.join(', ')} and ${names.length - shown.length} more` : shown.join(', ')
}
