// When an incident was over, as far as the client is concerned.

import type { History } from '#history/history.ts'

/** When the faults were lifted, or the named phase began; `null` when they never were before the run ended. */
export function startOf({ header }: History, phase: string | undefined): number | null {
  if (phase === undefined)
    return header.lastLiftAt !== null && header.lastLiftAt < header.spanMs ? header.lastLiftAt : null
  const mark = header.phases.find(({ name: known }) => known === phase)
  if (!mark) throw new Error(`The history has no phase "${phase}".`)
  return mark.at
}
