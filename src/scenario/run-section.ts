// `source` and `run`: where the incident comes from and which stretch of it is replayed. All other times are resolved here.

import { z } from 'zod'
import { limits } from '#context/limits.ts'
import { formatInstant, formatTime, parseInstant } from '#clock/instant.ts'
import type { Path, Problems } from './problem.ts'
import { date, hasDate, section, sentence, time, wholeNumber } from './terms.ts'

export const sourceSchema = section({
  document: sentence.describe('The report that tells of the incident: a file or a URL.'),
  date: date.describe('The day (UTC) that times without a date are on.'),
  severity: z
    .enum(['P1', 'P2', 'P3', 'P4'])
    .describe('P1: all calls fail. P2: degraded. P3: partly. P4: nobody notices.'),
}).describe('Where the incident comes from.')

export const runSchema = section({
  from: time.describe('When the replay starts; it needs some minutes of baseline before the first fault.'),
  until: time.describe('When it ends, some minutes after the last fault.'),
  instances: wholeNumber(1, limits.instances).optional().describe('Processes of the client under test. Default: 1.'),
  ties: z
    .enum(['in-order', 'shuffled'])
    .optional()
    .describe(
      'What happens at the same instant: in the order in which it was set up, or in one that chance decides, as on real machines. Default: in-order.',
    ),
}).describe('Which stretch of time is replayed.')

/** Times of the file in ms since the run's start. One outside of the run is a problem; its number is returned all the same. */
export interface Calendar {
  readonly startMs: number
  readonly spanMs: number
  at(written: string, path: Path): number
  /** As `at`, but facts may lie outside of the run. */
  anywhere(written: string): number
  /** `11:14Z`, with seconds or the date where they matter. */
  show(at: number): string
}

export function resolveRun(run: z.infer<typeof runSchema>, day: string, problems: Problems): Calendar {
  const instant = (written: string): number =>
    parseInstant(hasDate(written) ? written : `${day} ${written}`) ?? Number.NaN
  const startMs = instant(run.from)
  const spanMs = instant(run.until) - startMs
  if (spanMs <= 0) {
    const hint = hasDate(run.until) ? undefined : 'Where a run crosses midnight, write the date too: 2026-04-28 01:00Z.'
    problems.value(['run', 'until'], `the run ends at ${run.until}, which is not after its start at ${run.from}`, hint)
  }
  return {
    startMs,
    spanMs,
    anywhere: (written) => instant(written) - startMs,
    at(written, path) {
      const at = instant(written) - startMs
      const label = `\`${path.join('.')}\``
      if (at < 0) problems.value(path, `${label} is at ${written}, before the run starts at ${run.from}`)
      if (at > spanMs && spanMs > 0)
        problems.value(path, `${label} is at ${written}, after the run ends at ${run.until}`)
      return at
    },
    show: (at) => showTime(startMs + at, day),
  }
}

/** The time of day, with milliseconds, seconds and the date only where they say something. It reads back as the same instant. */
export function showTime(epochMs: number, day: string): string {
  const instant = formatInstant(epochMs)
  const exact = epochMs % 1_000 === 0 ? formatTime(epochMs).replace(/:00Z$/u, 'Z') : instant.slice(11)
  const own = instant.slice(0, 10)
  return own === day ? exact : `${own} ${exact}`
}
