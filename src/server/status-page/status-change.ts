// What a scenario tells the status page to show, and when. The page is driven by nothing else, so its lag is replayed too.

export type Impact = 'minor' | 'major' | 'critical'

/** `at` is milliseconds since the run's start. */
export type StatusPageChange = { readonly at: number; readonly incident: string } & (
  | { readonly kind: 'open'; readonly title: string; readonly component: string; readonly impact: Impact }
  | { readonly kind: 'resolve'; readonly title?: string }
)

/** An announced maintenance. Times are ms since the run's start; it may have been announced before. */
export type PageMaintenance = {
  readonly name: string
  readonly title: string
  readonly components: readonly string[]
  readonly announcedAt: number
  readonly scheduledFrom: number
  readonly scheduledUntil: number
  /** When the page said that it had begun, and that it was over: not always as scheduled. */
  readonly startedAt: number
  readonly completedAt: number
}

/** Worst last. */
export const impacts: readonly Impact[] = ['minor', 'major', 'critical']

export const componentStatus: Readonly<Record<Impact, string>> = {
  minor: 'degraded_performance',
  major: 'partial_outage',
  critical: 'major_outage',
}
