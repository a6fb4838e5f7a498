// What a run may grow to before the harness stops it. A client that runs away is stopped soon; a run that is long because much is
// asked may be long.

import { limits } from '#context/limits.ts'
import type { Scenario } from '#scenario/scenario.ts'

/** `wallMs`: of real time, in virtual time. */
export type Bounds = { readonly exchanges: number; readonly events: number; readonly wallMs: number }

export function boundsOf({ loads, spanMs }: Pick<Scenario, 'loads' | 'spanMs'>): Bounds {
  const asks = loads.reduce(
    (sum, { gapMs, fromMs, untilMs }) => sum + Math.max(0, Math.min(spanMs, untilMs) - fromMs) / gapMs,
    0,
  )
  const exchanges =
    asks > limits.exchangesPerRun / limits.exchangesPerAsk
      ? Math.ceil(asks * limits.exchangesPerAsk)
      : limits.exchangesPerRun
  return {
    exchanges,
    events: Math.max(limits.eventsPerRun, exchanges * limits.eventsPerExchange),
    wallMs: Math.max(limits.runWallMs, Math.round(asks * limits.askWallMs)),
  }
}
