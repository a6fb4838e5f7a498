// The rows of swim lanes: an operation, and one for each of its attempts.

import { formatMeasured } from '#clock/instant.ts'
import type { Lane } from '#scene/story.ts'

export type Row = {
  readonly key: string
  readonly title: string
  readonly from: number
  readonly until: number
  readonly tone: string
  readonly end: string
  readonly thick: boolean
}

/** Operations far apart in time are drawn apart, so that each can be seen. */
export function clustersOf(lanes: readonly Lane[]): Lane[][] {
  const clusters: Lane[][] = []
  let until = Number.NEGATIVE_INFINITY
  let longest = 0
  for (const lane of lanes.toSorted((one, other) => one.from - other.from)) {
    const last = clusters.at(-1)
    if (last && lane.from - until <= longest * 2) last.push(lane)
    else clusters.push([lane])
    until = Math.max(until, lane.until)
    longest = Math.max(longest, lane.until - lane.from)
  }
  return clusters
}

export function rowsOf(lane: Lane, place: number): Row[] {
  const took = lane.settledAt === null ? '' : ` after ${formatMeasured(lane.settledAt - lane.from)}`
  const own: Row = {
    key: `${place}`,
    title: lane.title,
    from: lane.from,
    until: lane.settledAt ?? lane.until,
    tone: lane.operation === null ? 'none' : lane.good ? 'fresh' : 'error',
    end: `${lane.settled}${took}`,
    thick: false,
  }
  return [
    own,
    ...lane.attempts.map((attempt, index) => ({
      key: `${place} ${index}`,
      title: `${index + 1 > 4 ? index + 1 + lane.leftOut : index + 1}. ${attempt.request}`,
      from: attempt.from,
      until: attempt.until,
      tone: attempt.tone,
      end: [
        `${attempt.end} after ${formatMeasured(attempt.until - attempt.from)}`,
        ...(attempt.retryAfter === null ? [] : [`Retry-After ${attempt.retryAfter}`]),
        ...attempt.faults,
        ...attempt.effects.map(() => 'committed'),
      ].join(' · '),
      thick: true,
    })),
  ]
}
