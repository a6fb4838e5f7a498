// Every limit of the harness, in one place. Reaching one is an event of the history and a sentence in the report.

export const limits = {
  /** Exchanges one operation may send before the rest hang. Source: WASABI's missing-cap rule, 90 injections. */
  exchangesPerOperation: 90,
  /** Exchanges of one run: about ten times the busiest scenario. */
  exchangesPerRun: 200_000,
  eventsPerRun: 2_000_000,
  /** Timers that may fire without virtual time passing the next millisecond or an operation settling: a livelock. */
  idleTimerSteps: 100_000,
  /** Real milliseconds to wait for threadpool work (files, crypto, zlib) before saying which resource never ended. */
  threadpoolWallMs: 5_000,
  /** Real milliseconds of silence after which the parent kills the cell. */
  silenceWallMs: 5_000,
  /** Resident memory of the cell, bytes. */
  residentBytes: 1_000_000_000,
  /** `--max-old-space-size` of the cell, megabytes. */
  heapMegabytes: 640,
  /** Virtual milliseconds `close()` may take. */
  closeMs: 60_000,
  /** Virtual milliseconds after the end of the load in which operations may still settle. */
  settleMs: 300_000,
  /** Characters of foreign text (error messages, hosts, reasons) kept in an event. */
  foreignText: 300,
  redirects: 20,
  /** Characters of a response body the services will build. */
  bodyCharacters: 4_000_000,
} as const

export type LimitName = keyof typeof limits
