// What the harness itself needs of time. `now` counts milliseconds since the run's start; it may have a fraction.

export type Scheduled = { cancel(): void }

export interface Clock {
  /** Milliseconds since the run's start. */
  now(): number
  /** Runs `work` at `at` (ms since the run's start), or at once on the next turn when `at` has passed. Harness timers are
   * never counted as the client's. */
  schedule(at: number, work: () => void): Scheduled
}
