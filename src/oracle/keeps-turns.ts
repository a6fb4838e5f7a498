// What waits longest has its turn before long: nothing waits for ever while later work goes out.
//
// Verified, among the queued writes of one operation, workspace and process: how long each waited while the queue moved. A
// queue moves while something that was accepted later is sent; a stretch in which nothing goes out counts `stillness` at most.
// What counts is the time in which nobody looked at it: an own try, whatever came of it, is a turn,
// and so is a look at the thing that it is about. Against ten times the
// median of these waits, or `floor` when that is more. Newest first is fine while the oldest still come to their turn.
// Not verified: the order as such; what expired as promised (shed is not starved); fewer than `samples` queued writes.

import { formatDuration, formatMeasured } from '#clock/instant.ts'
import type { Threshold } from '#history/header.ts'
import type { History } from '#history/history.ts'
import { endOf } from '#history/query.ts'
import { backlog, type Queued } from './backlog.ts'
import { defineOracle, type Param } from './oracle.ts'
import { createTally, nominal, thresholdsOf } from './tally.ts'
import { nameOf, timeOf } from './words.ts'

const name = 'keeps-turns'

const params = {
  floor: {
    unit: 'ms',
    domain: 'client',
    defaults: { strict: 300_000, default: 600_000, lenient: 1_800_000 },
    cite: 'ten minutes without a turn while others go; pauses before another try are a minute at most',
  },
  factor: {
    unit: 'ratio',
    domain: 'client',
    defaults: { strict: 5, default: 10, lenient: 20 },
    cite: 'ten times the median is no longer the luck of the draw',
  },
  stillness: {
    unit: 'ms',
    domain: 'client',
    defaults: { strict: 30_000, default: 30_000, lenient: 30_000 },
    cite: 'a queue that sends nothing for half a minute pauses for everybody',
  },
  samples: {
    unit: 'count',
    bound: 'at-least',
    domain: 'client',
    defaults: { strict: 20, default: 20, lenient: 20 },
    cite: 'a median of fewer than 20 says nothing',
  },
} as const satisfies Record<string, Param>

type Wait = {
  readonly one: Queued
  readonly ms: number
  readonly since: number
  readonly overtakenBy: Queued | undefined
}

export const keepsTurns = defineOracle({
  name,
  family: 'liveness',
  verified: 'No queued write is passed over for long while writes accepted later are sent.',
  notVerified: 'The order as such, what expired as promised, and queues of a few writes.',
  hint: 'Serve the queue oldest first, or give each waiting write a turn after some time; shed openly what cannot be served.',
  params,
  selectors: {},
  judge: (history, { number }) => {
    const { floor } = thresholdsOf(history, name, params, number)
    const tally = createTally()
    const groups = Map.groupBy(backlog(history), ({ operation: { invoked } }) =>
      [invoked.instance, invoked.workspace, invoked.name].join(' '),
    )
    let armed = 0
    for (const group of groups.values()) {
      armed = Math.max(armed, group.length)
      if (group.length < number.samples) continue
      const waits = waitsOf(history, group, number.stillness)
      const limit = limitOf(floor, waits, number.factor)
      for (const wait of waits) tally.compare(limit, wait.ms, () => evidenceFor(history, wait, limit))
    }
    return tally.judgement({ unarmed: 'No write was queued.', armed, samples: number.samples })
  },
})

function limitOf(floor: Threshold, waits: readonly Wait[], factor: number): Threshold {
  const sorted = waits.map(({ ms }) => ms).toSorted(ascending)
  const value = factor * (sorted[Math.floor(sorted.length / 2)] ?? 0)
  if (value <= floor.value) return floor
  return nominal(floor, { name: 'factor', value, unit: 'ms', cite: `${factor} times the median wait` })
}

/** One that was sent: where it stood in the order of acceptance, and how long the queue had been moving by then. */
type Departure = { readonly one: Queued; readonly order: number; readonly at: number; readonly movedMs: number }

function departures(group: readonly Queued[], stillnessMs: number): readonly Departure[] {
  const gone = group
    // What had been sent before it was queued never waited in it.
    .flatMap((one, order) => (one.by && one.by.sent.at >= one.from ? [{ one, order, at: one.by.sent.at }] : []))
    .toSorted((one, other) => one.at - other.at)
  let movedMs = 0
  return gone.map((each, index) => {
    const earlier = gone[index - 1]
    if (earlier) movedMs += Math.min(stillnessMs, each.at - earlier.at)
    return { ...each, movedMs }
  })
}

/** For each the longest time in which others went out and it had no turn. */
function waitsOf(history: History, group: readonly Queued[], stillnessMs: number): readonly Wait[] {
  const gone = departures(group, stillnessMs)
  return group.map((one, own) => {
    const end = one.until ?? endOf(history)
    const tried = one.tried.map(({ sent }) => sent.at).filter((at) => at < end)
    const turns = [one.from, ...tried.toSorted(ascending), end]
    let longest: Wait = { one, ms: 0, since: one.from, overtakenBy: undefined }
    turns.forEach((to, index) => {
      const from = turns[index - 1] ?? to
      const passed = gone.slice(firstAfter(gone, from), firstAfter(gone, to))
      const overtaking = passed.find(({ order }) => order > own)
      if (!overtaking) return
      const ms = (passed.at(-1) ?? overtaking).movedMs - overtaking.movedMs
      if (ms > longest.ms) longest = { one, ms, since: overtaking.at, overtakenBy: overtaking.one }
    })
    return longest
  })
}

function ascending(one: number, other: number): number {
  return one - other
}

/** Where the first departure after `at` stands. */
function firstAfter(gone: readonly Departure[], at: number): number {
  let low = 0
  let high = gone.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((gone[middle]?.at ?? 0) > at) high = middle
    else low = middle + 1
  }
  return low
}

function evidenceFor(history: History, { one, ms, since, overtakenBy }: Wait, limit: Threshold) {
  const { operation, until, by } = one
  const end =
    until === null ? 'it still waited at the end' : by ? `it was sent ${timeOf(history, until)}` : 'its time ran out'
  const other = overtakenBy
    ? `${nameOf(overtakenBy.operation)}, accepted ${timeOf(history, overtakenBy.from)}, was sent ${timeOf(history, since)}`
    : 'later ones were sent'
  return {
    witness: [
      operation.invoked.seq,
      operation.settled?.seq,
      overtakenBy?.operation.settled?.seq,
      overtakenBy?.by?.sent.seq,
      by?.sent.seq,
    ],
    sentence: `${nameOf(operation)} was queued at ${timeOf(history, one.from)} and passed over for ${formatMeasured(ms)} while writes accepted after it went out: ${other}, and ${end}; ${formatDuration(limit.value)} is the limit.`,
  }
}
