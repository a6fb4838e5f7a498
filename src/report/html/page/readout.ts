// What the figures are at the cursor, in words: for the line below the controls, and for screen readers.

import { formatDuration, formatInstant, formatMeasured } from '#clock/instant.ts'
import { outcomes } from '#scene/series.ts'
import type { PageData } from '../page-data.ts'
import type { Bucket } from './figures.ts'

const dayMs = 86_400_000

export function timeIn({ startMs, spanMs }: PageData, at: number): string {
  const instant = formatInstant(startMs + Math.round(at))
  return spanMs > dayMs ? `${instant.slice(5, 10)} ${instant.slice(11, 19)}Z` : `${instant.slice(11, 19)}Z`
}

/** Phrases, the time first. */
export function phrasesOf(bucket: Bucket, data: PageData): readonly string[] {
  const { from, until, asked, operations, sent, twin, p50, p99, inFlight, queue, backlog, again, others } = bucket
  const phase = data.bands.findLast((band) => band.row === 'phase' && band.from <= from)
  const ended = outcomes.flatMap((outcome) => (asked[outcome] > 0 ? [`${asked[outcome]} ${outcome}`] : []))
  return [
    `${timeIn(data, from)} + ${formatDuration(until - from)}${phase ? `, ${phase.name}` : ''}`,
    operations === 0 ? 'nothing asked' : `${operations} asked: ${ended.join(', ')}`,
    `${sent} sent${twin ? ` (${twin.sent} without faults)` : ''}`,
    ...(p50 === null ? [] : [`p50 ${formatMeasured(p50)}, p99 ${formatMeasured(p99 ?? p50)}`]),
    `${inFlight} in flight`,
    ...(backlog > 0 ? [`${backlog} queued at the client`] : []),
    ...(queue > 0 ? [`${queue} queued at the provider`] : []),
    ...(again > 0 ? [`${again} sent before the time they were told`] : []),
    ...(others > 0 ? [`${others} by others into a silence`] : []),
  ]
}
