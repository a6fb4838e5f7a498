// What thresholds become in a replay in real time: the client's own get the tolerance of a machine that does other things, too;
// those of the incident are divided with its timeline.

import { formatDuration } from '#clock/instant.ts'
import type { Header, Threshold } from '#history/header.ts'
import type { History } from '#history/history.ts'

export type RealScale = {
  readonly scale: number
  /** Times of the incident are not divided below this. */
  readonly floorMs: number
}

/** Source: what timers, the scheduler and a busy machine of two processors add, with room. Limits and margins of the client have it in them. */
export const machineMs = 250

/** How much later than it happened something may have been seen: requests take time to arrive. */
export function graceMs({ transport }: Pick<Header, 'transport'>): number {
  return transport === 'loopback' ? machineMs : 0
}

/** Why nothing can be held against a client that failed on this machine; `null` when nothing speaks against it. */
export function tooBusy(history: History): string | null {
  const { lagMs = 0 } = history.all('run.ended').at(-1) ?? {}
  if (lagMs <= machineMs || breaksProtocol(history)) return null
  return (
    `This machine was too busy for real time: what was due came up to ${formatDuration(lagMs)} late, and ` +
    `${formatDuration(machineMs)} are allowed for. Whether the client failed because of it cannot be told.`
  )
}

/** Who does so would on any machine, and a flood of what nobody asked for is itself why things are late. */
function breaksProtocol(history: History): boolean {
  return history.all('client.crashed').some(({ cause }) => cause === 'protocol')
}

export function inRealTime(threshold: Threshold, { scale, floorMs }: RealScale): Threshold {
  const { unit, domain, bound, source, value, cite } = threshold
  if (unit !== 'ms') return threshold
  if (domain === 'client') {
    if (bound !== 'at-most' || source !== 'profile') return threshold
    return { ...threshold, value: value + machineMs, cite: `${cite}; in real time ${machineMs} ms more` }
  }
  const least = Math.min(value, floorMs)
  const divided = Math.max(Math.round(value / scale), least)
  if (divided === value) return threshold
  return {
    ...threshold,
    value: divided,
    cite: `${cite}; divided by the time scale of ${scale}, but not below ${formatDuration(least)}`,
  }
}
