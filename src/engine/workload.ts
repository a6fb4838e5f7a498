// The load of a scenario, drawn once before the run: who asks what, and when. It depends on the seed and the load alone, so
// the nominal twin and every client are asked the same.

import type { Prng } from '#random/prng.ts'
import type { Load } from '#scenario/scenario.ts'
import type { Ask, Intent } from '#server/intent.ts'

export type Request = {
  /** The number of the operation, 0 for the first: the same whatever else happens in the run. */
  readonly operation: number
  readonly at: number
  readonly load: Load
  readonly nth: number
  readonly intent: Intent
  readonly ask: Ask
}

/** Everything the loads ask for in [0, spanMs), in order of time. */
export function drawWorkload(
  loads: readonly Load[],
  intents: ReadonlyMap<string, Intent>,
  spanMs: number,
  random: Prng,
): Request[] {
  const requests = loads.flatMap((load) => {
    const intent = intents.get(load.do)
    return intent ? drawLoad(load, intent, spanMs, random.fork('load', load.name)) : []
  })
  return requests.toSorted((one, other) => one.at - other.at).map((request, operation) => ({ operation, ...request }))
}

type Drawn = Omit<Request, 'operation'>

function drawLoad(load: Load, intent: Intent, spanMs: number, random: Prng): Drawn[] {
  const rankOf = rankDistribution(load.pick)
  return arrivals(load, spanMs, random.fork('arrivals')).map((at, index) => {
    const nth = index + 1
    const own = random.fork('ask', nth)
    return { at, load, nth, intent, ask: intent.draw(load.workspace, rankOf(own.next()), nth, own, at) }
  })
}

type Rhythm = Pick<Load, 'gapMs' | 'regular' | 'fromMs' | 'untilMs'>

/** When something comes in [fromMs, untilMs) of the run, in whole milliseconds. */
export function arrivals({ gapMs, regular, fromMs, untilMs }: Rhythm, spanMs: number, random: Prng): number[] {
  const times: number[] = []
  const until = Math.min(spanMs, untilMs)
  let at = fromMs + (regular ? gapMs / 2 : random.exponential(gapMs))
  while (at < until) {
    times.push(Math.round(at))
    at += regular ? gapMs : random.exponential(gapMs)
  }
  return times
}

/** From a uniform number to a rank: 0 is the most popular. */
function rankDistribution(pick: Load['pick']): (uniform: number) => number {
  if (pick.kind === 'uniform') return (uniform) => Math.floor(uniform * pick.of)
  const cumulative: number[] = []
  let total = 0
  for (let rank = 0; rank < pick.of; rank += 1) {
    total += 1 / (rank + 1)
    cumulative.push(total)
  }
  return (uniform) => {
    const target = uniform * total
    const rank = cumulative.findIndex((sum) => sum > target)
    return rank < 0 ? pick.of - 1 : rank
  }
}
