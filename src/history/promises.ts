// What a client promises about its operations, resolved to numbers. Part of the history, because oracles judge by it.

/** One rung of the ladder of degraded outcomes, in order of preference. */
export type Step =
  | { readonly kind: 'stale'; readonly maxAgeMs: number }
  | { readonly kind: 'queue'; readonly maxDelayMs: number }
  | { readonly kind: 'fallback' }
  | { readonly kind: 'drop' }
  | { readonly kind: 'error' }

export type PromiseOf = {
  /** The operation settles this soon, whatever happens. */
  readonly withinMs?: number
  /** A value handed over as fresh is at most this old. Default 0: only what this operation itself fetched. */
  readonly freshMs?: number
  /** Empty: the operation promises to succeed. An unlisted outcome is a failure. */
  readonly degrade: readonly Step[]
  /** The field of the input that names the same piece of business when it is asked for twice. */
  readonly key?: string
  /** The field of the input whose writes must keep their order. */
  readonly order?: string
}

/** By operation name. */
export type Promises = Readonly<Record<string, PromiseOf>>

/** A circuit breaker, as its owner describes it. */
export type BreakerFacts = {
  /** Failures in a row after which it opens; with `share`, the fewest calls it takes. */
  readonly failures: number
  /** It opens when this share of the calls within `windowMs` failed, instead of counting failures in a row. */
  readonly share?: number
  readonly windowMs?: number
  /** For how long nothing is sent once it is open. */
  readonly restMs: number
  /** How many requests may try the service again after the rest. */
  readonly probes: number
  /** What one breaker covers. */
  readonly per: 'workspace' | 'host' | 'route'
  /** The operations it guards; all when absent. */
  readonly guards?: readonly string[]
}

/** What a client says of its own mechanisms. What is not declared is not judged. */
export type Declared = {
  /** Requests in flight at once, for one workspace and process. */
  readonly concurrency?: number
  /** Operations that wait, for a turn or for a better time, in one process. More are refused, and told so. */
  readonly queue?: number
  readonly breaker?: BreakerFacts
}
