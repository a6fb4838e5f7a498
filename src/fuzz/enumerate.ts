// Placing instead of drawing: each form of each fault at each kind of exchange of the fault-free run, one at a time, then two at
// a time. Up to the first fault a run is its twin, so that a window of a millisecond meets exactly the exchange it is meant for.

import { UserError } from '#context/user-error.ts'
import type { FaultKind } from '#fault/fault.ts'
import { possibleEffects } from '#fault/problem.ts'
import type { EventOf } from '#history/event.ts'
import type { History } from '#history/history.ts'
import type { Case, Window } from './case.ts'
import { formsOf } from './forms.ts'
import { givenCase, type Ground } from './ground.ts'
import type { Guide, Part } from './guide.ts'
import { pathText, type CasePath } from './path.ts'

/** One exchange for all that are alike: the same request, at the same place in the same kind of operation. */
type Place = Readonly<Pick<Window, 'where' | 'fromMs' | 'untilMs'>>

export type Space = {
  /** Exchanges of the fault-free run between baseline and recovery, and how many kinds of them there are. */
  readonly exchanges: number
  readonly places: number
  /** Forms of faults, of that many kinds. */
  readonly forms: number
  readonly kinds: number
  readonly singles: number
  readonly pairs: number
  /** The first `singles` are single windows, the rest pairs. Throws UserError for what is none. */
  caseAt(path: CasePath): Case
}

export function spaceOf(ground: Ground, nominal: History): Space {
  const sent = nominal.all('exchange.sent').filter(({ at }) => at >= ground.fromMs && at < ground.untilMs - 1)
  const places = placesOf(nominal, sent)
  const kinds = ground.kinds.filter(({ acts }) => acts === 'decides')
  const makers = kinds.flatMap(makersOf)
  const singles = places.flatMap((place) => makers.map((make) => make(place)))
  const { workload } = givenCase(ground)
  const pairs = (singles.length * (singles.length - 1)) / 2
  return {
    exchanges: sent.length,
    places: places.length,
    forms: makers.length,
    kinds: kinds.length,
    singles: singles.length,
    pairs,
    caseAt: (path) => {
      const [index, ...changes] = path
      if (index >= singles.length + pairs || changes.length > 0) throw noPlacement(path, singles.length + pairs)
      const [one, other] = index < singles.length ? [index] : pairAt(index - singles.length)
      return { workload, windows: named([one, other].flatMap((at) => (at === undefined ? [] : (singles[at] ?? [])))) }
    },
  }
}

function noPlacement(path: CasePath, count: number): UserError {
  return new UserError(`There is no placement ${pathText(path)} in this campaign.`, {
    hint: count > 0 ? `Its placements have the numbers 0 to ${count - 1}.` : 'There is no request to place a fault at.',
  })
}

/** All of them in order, then the end. `part`: every `of`th. */
export function enumeratingGuide(total: number, part: Part): Guide {
  let nth = part.index
  return {
    next(count) {
      const paths: CasePath[] = []
      for (; paths.length < count && nth < total; nth += part.of) paths.push([nth])
      return paths
    },
    learn() {},
  }
}

function placesOf(nominal: History, sent: readonly EventOf<'exchange.sent'>[]): readonly Place[] {
  const names = new Map(nominal.all('operation.invoked').map(({ operation, name }) => [operation, name]))
  const places = new Map<string, Place>()
  for (const { method, route, workspace, operation, nth, at } of sent) {
    const name = operation === null ? 'background' : names.get(operation)
    const key = JSON.stringify([name, method, route, workspace, Math.min(nth, 4)])
    const fromMs = Math.floor(at)
    if (!places.has(key))
      places.set(key, {
        where: { route, method, ...(workspace !== null && { workspace }) },
        fromMs,
        untilMs: fromMs + 1,
      })
  }
  return [...places.values()]
}

type Maker = (place: Place) => Omit<Window, 'name'>

/** Each form, with each effect that it can have. */
function makersOf(kind: FaultKind): readonly Maker[] {
  return formsOf(kind).flatMap((form) =>
    possibleEffects(kind, kind.schema.parse(form, { jitless: true })).map((effect): Maker => (place) => ({
      kind: kind.kind,
      ...place,
      shape: { kind: 'constant' },
      share: 1,
      effect,
      with: form,
    })),
  )
}

function named(windows: readonly Omit<Window, 'name'>[]): readonly Window[] {
  return windows.map((window, index) => ({ ...window, name: `${window.kind}-${index + 1}` }))
}

/** 0, 1, 2, ... to (1, 0), (2, 0), (2, 1), (3, 0), ...: those of the first places and forms come first. */
function pairAt(index: number): readonly [number, number] {
  const larger = Math.floor((1 + Math.sqrt(1 + 8 * index)) / 2)
  return [larger, index - (larger * (larger - 1)) / 2]
}
