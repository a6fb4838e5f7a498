// Processes that were turned away together do not come back together.
//
// Verified: of several processes of one client that were asked to stay away until the same moment, or that failed at the same
// moment, not most send their next attempt in the same instant. Only work that was waiting counts: what somebody asks for just
// then comes when it comes. Several herds are looked at together, because two processes may meet by chance.
// Not verified: clients of one process; how wide the spread is beyond an instant; moments that differ by more than that; dates
// and resets while the process itself was disturbed (its clock was set).

import { formatMeasured } from '#clock/instant.ts'
import type { History } from '#history/history.ts'
import { exchanges, operationOf, type Exchange } from '#history/query.ts'
import { defineOracle, type Param } from './oracle.ts'
import { ownPauses } from './pauses.ts'
import { isClockSure, silenceAskedBy } from './silence.ts'
import { createTally, thresholdsOf } from './tally.ts'
import { requestOf, timeOf } from './words.ts'

const name = 'spreads-retries'

/** Failures, and attempts, that are no farther apart are of the same instant. */
const instantMs = 50
/** Two may meet by chance. */
const leastHerd = 3
/** Ends of silences are told in whole seconds. */
const secondMs = 1_000
/** What comes later has other reasons. */
const longestReturnMs = 30_000

const params = {
  together: {
    unit: 'share',
    domain: 'client',
    defaults: { strict: 0.25, default: 0.5, lenient: 0.75 },
    cite: 'jitter of at least a fifth of the pause (gRPC A6; the IETF draft on rate limits warns of thundering herds)',
  },
  samples: {
    unit: 'count',
    bound: 'at-least',
    domain: 'client',
    defaults: { strict: 10, default: 10, lenient: 10 },
    cite: 'fewer processes that come back may meet by chance',
  },
} as const satisfies Record<string, Param>

type Return = { readonly why: Exchange; readonly back: Exchange }
/** Of as many processes as there are entries. */
type Cohort = { readonly until: number | null; readonly returns: readonly Return[]; readonly herd: readonly Return[] }

export const spreadsRetries = defineOracle({
  name,
  family: 'safety',
  verified: 'Processes that failed, or were asked to stay away, together do not try again in the same instant.',
  notVerified: 'Clients of one process, and how wide the spread is.',
  hint: 'Add a random part to every pause, also to the one that Retry-After or a reset asks for.',
  params,
  selectors: {},
  judge: (history, { number }) => {
    const { together } = thresholdsOf(history, name, params, number)
    const tally = createTally()
    const cohorts = [...afterSilence(history), ...afterFailure(history)].filter(
      (each) => each.returns.length >= leastHerd,
    )
    const all = cohorts.reduce((sum, { returns }) => sum + returns.length, 0)
    const inHerds = cohorts.reduce((sum, { herd }) => sum + herd.length, 0)
    const worst = cohorts.toSorted((one, other) => other.herd.length - one.herd.length)[0]
    if (worst && all >= number.samples)
      tally.compare(together, inHerds / all, () => ({
        witness: worst.herd.flatMap(({ why, back }) => [why.end?.seq, back.sent.seq]),
        sentence: sentenceFor(history, worst, cohorts),
      }))
    const unarmed = 'No three processes failed at the same moment and tried again.'
    return tally.judgement({ unarmed, armed: all, samples: number.samples })
  },
})

/** Whoever was told the same end. */
function afterSilence(history: History): readonly Cohort[] {
  const lanes = Map.groupBy(exchanges(history), laneOf)
  const told = exchanges(history).flatMap((why) => {
    const silence = silenceAskedBy(history, why)
    if (!silence || (silence.by !== 'seconds' && !isClockSure(history, silence.from))) return []
    return [{ why, until: silence.until, end: Math.round(silence.until / secondMs) }]
  })
  const byEnd = Map.groupBy(told, ({ why, end }) => `${why.sent.workspace} ${why.sent.host} ${end}`)
  return Array.from(byEnd.values(), (all) => {
    const perProcess = new Map(all.map((each) => [each.why.sent.instance, each]))
    const returns = Array.from(perProcess.values()).flatMap(({ why, until }) => {
      const back = firstBack(history, lanes.get(laneOf(why)) ?? [], why, until)
      return back ? [{ why, back }] : []
    })
    return cohortOf(all[0]?.until ?? null, returns)
  })
}

function laneOf({ sent }: Exchange): string {
  return `${sent.instance} ${sent.workspace} ${sent.host}`
}

/** The same operation's next attempt; or the first background work, where the operation handed its own over to a queue. One
 * particular attempt, because the first of many that waited would come early whatever the jitter. */
function firstBack(history: History, lane: readonly Exchange[], why: Exchange, until: number): Exchange | undefined {
  const owner = why.sent.operation === null ? undefined : operationOf(history, why.sent.operation)
  const own = owner?.exchanges.find((next) => isBack(next, why, until) && requestOf(next) === requestOf(why))
  if (own) return own
  for (let index = indexAt(lane, until - secondMs); index < lane.length; index += 1) {
    const next = lane[index]
    if (!next || next.sent.at > until + longestReturnMs) return undefined
    if (isBack(next, why, until) && isBackground(history, next)) return next
  }
  return undefined
}

function isBack({ sent }: Exchange, why: Exchange, until: number): boolean {
  if (why.end === null || sent.seq < why.end.seq || sent.redirectOf !== undefined) return false
  return sent.at >= until - secondMs && sent.at <= until + longestReturnMs
}

/** Nobody asks for it just then. */
function isBackground(history: History, { sent }: Exchange): boolean {
  const owner = sent.operation === null ? undefined : operationOf(history, sent.operation)
  return owner === undefined || (owner.settled !== null && owner.settled.seq < sent.seq)
}

/** The first that was sent at `at` or later, by bisection. */
function indexAt(lane: readonly Exchange[], at: number): number {
  let low = 0
  let high = lane.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((lane[middle]?.sent.at ?? at) < at) low = middle + 1
    else high = middle
  }
  return low
}

/** Whoever failed in the same instant, and made a pause of its own. */
function afterFailure(history: History): readonly Cohort[] {
  const pauses = ownPauses(history).toSorted((one, other) => failedAt(one.before) - failedAt(other.before))
  const groups: Return[][] = []
  for (const { before: why, after: back } of pauses) {
    const group = groups.at(-1)
    const began = group?.[0]
    const isSame = began && failedAt(why) - failedAt(began.why) <= instantMs && why.sent.host === began.why.sent.host
    if (!group || !isSame) groups.push([{ why, back }])
    else if (!group.some((each) => each.why.sent.instance === why.sent.instance)) group.push({ why, back })
  }
  return groups.map((returns) => cohortOf(null, returns))
}

function failedAt({ completedAt }: Exchange): number {
  return completedAt ?? Number.POSITIVE_INFINITY
}

function cohortOf(until: number | null, returns: readonly Return[]): Cohort {
  const sorted = returns.toSorted((one, other) => one.back.sent.at - other.back.sent.at)
  let first = 0
  let herd: readonly Return[] = []
  sorted.forEach(({ back }, index) => {
    while ((sorted[first]?.back.sent.at ?? 0) < back.sent.at - instantMs) first += 1
    if (index - first + 1 >= Math.max(leastHerd, herd.length + 1)) herd = sorted.slice(first, index + 1)
  })
  return { until, returns: sorted, herd }
}

function sentenceFor(history: History, { until, returns, herd }: Cohort, cohorts: readonly Cohort[]): string {
  const times = herd.map(({ back }) => back.sent.at)
  const [firstAt = 0, lastAt = 0] = [times[0], times.at(-1)]
  const herds = cohorts.filter((each) => each.herd.length > 0).length
  const why =
    until === null
      ? `${returns.length} processes failed at ${timeOf(history, failedAt(returns[0]?.why as Exchange))}`
      : `${returns.length} processes were asked to stay away until ${timeOf(history, until)}`
  const request = herd[0] ? requestOf(herd[0].back) : 'a request'
  return `${why}, and ${herd.length} of them came back within ${formatMeasured(lastAt - firstAt)} of each other, at ${timeOf(history, firstAt)}, the first with ${request}; so it went ${herds} of ${cohorts.length} times.`
}
