// What a document says of an incident, whatever form it had: dated words, words without a time, what the status page showed, and
// what could not be read. Nothing is proposed here.

/** Words with the place where they stand: `line 7`, `incident_updates[2].body`. */
export type Quote = { readonly words: string; readonly place: string }

/** Dated words. `at` is in ms since the epoch. */
export type Moment = Quote & { readonly at: number }

/** What was not used, and why. */
export type Unread = Quote & { readonly why: string }

/** For a while a component of the page was not well. */
export type Stretch = {
  readonly component: string
  readonly status: 'degraded_performance' | 'partial_outage' | 'major_outage' | 'under_maintenance'
  readonly from: number
  /** `null`: the document does not say. */
  readonly until: number | null
  readonly place: string
}

export type PageEntry = {
  readonly opened: Moment
  readonly resolved: Moment | null
}

/** Announced work, as the page told of it. */
export type Work = {
  readonly announced: number
  readonly from: number
  readonly until: number
  readonly started: number
  readonly completed: number
}

export type Severity = 'P1' | 'P2' | 'P3' | 'P4'

export type Account = {
  readonly title: string
  /** Where the public can read it. */
  readonly url: string | null
  /** The day (UTC) that times without a date are on. */
  readonly day: string
  readonly severity: (Quote & { readonly is: Severity }) | null
  /** In the order of their times. */
  readonly moments: readonly Moment[]
  readonly prose: readonly Quote[]
  /** What the document itself calls its beginning and its end. */
  readonly begin: Moment | null
  readonly end: Moment | null
  readonly components: readonly string[]
  readonly stretches: readonly Stretch[]
  readonly page: PageEntry | null
  readonly work: Work | null
  /** What a reader should know of how it was read: an assumed zone, a midnight that was crossed. */
  readonly remarks: readonly string[]
  readonly unread: readonly Unread[]
}

const minute = 60_000
export const day = 24 * 60 * minute

export function sorted<T extends { readonly at: number }>(moments: readonly T[]): readonly T[] {
  return moments.toSorted((one, other) => one.at - other.at)
}
