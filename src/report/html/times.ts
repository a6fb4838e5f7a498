// Moments of a run as times of the incident.

import { formatInstant, parseInstant } from '#clock/instant.ts'
import type { JudgedRun } from '../report-schema.ts'

const dayMs = 86_400_000

export function startOf({ start }: Pick<JudgedRun, 'start'>): number {
  return parseInstant(start) ?? 0
}

/** `11:46:20Z`; with month and day when the run is longer than a day. */
export function timeOfDay(run: Pick<JudgedRun, 'start' | 'spanMs'>, at: number): string {
  const instant = formatInstant(startOf(run) + Math.round(at))
  const time = `${instant.slice(11, 19)}Z`
  return run.spanMs > dayMs ? `${instant.slice(5, 10)} ${time}` : time
}

/** `2026-04-27 11:00Z`. */
export function dayAndTime(epochMs: number): string {
  const instant = formatInstant(epochMs)
  return `${instant.slice(0, 10)} ${instant.slice(11, 16)}Z`
}
