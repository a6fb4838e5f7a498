// Sums up what all faults do to one fleet at one moment.

import type { Imposed } from '#fault/plan.ts'
import { noPressure, type Pressure } from '#server/fleet.ts'

/** Demands add up, the slowest restart counts, and losses overlap by chance: two halves leave a quarter. */
export function sumPressure(imposed: readonly Imposed[]): Pressure {
  if (imposed.length === 0) return noPressure
  let { lostShare, extraPerSecond, deadlyPerSecond, restartMs } = noPressure
  for (const { condition } of imposed)
    switch (condition.kind) {
      case 'workers-lost':
        lostShare = 1 - (1 - lostShare) * (1 - condition.share)
        break
      case 'demand':
        extraPerSecond += condition.perSecond
        break
      case 'deadly-demand':
        deadlyPerSecond += condition.perSecond
        restartMs = Math.max(restartMs, condition.restartMs)
        break
    }
  return { lostShare, extraPerSecond, deadlyPerSecond, restartMs }
}
