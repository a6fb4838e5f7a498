// What a run needs of time, be it virtual or real: everything of a clock, and to let it pass until something holds.

import type { Life, Owner } from '#context/owner.ts'
import type { LoopEnd, LoopOptions } from './clock-loop.ts'
import type { Clock } from './clock.ts'

export type RunOptions = LoopOptions & {
  /** A timer callback of the client threw. The loop goes on. */
  readonly onClientError: (error: unknown, owner: Owner | undefined) => void
}

export interface RunClock extends Clock {
  /** Lets time pass until `until()`. A scheduled work of the harness that throws rejects: that is our bug. */
  run(options: RunOptions): Promise<LoopEnd>
  /** Pending timers of client code that would keep its process alive (`unref` ones and `AbortSignal.timeout` do not);
   * with an argument, those of that operation only, `null` being background work. */
  clientTimers(operation?: number | null): number
  /** Forgets every timer of a process that has died. */
  dropTimers(life: Life): void
  /** By how many ms something came too late that was due, at worst; virtual time is never late. */
  lagMs(): number | undefined
  /** Sets the system clock (`Date`, not the monotonic clocks) so many ms off. */
  offset(ms: number): void
}
