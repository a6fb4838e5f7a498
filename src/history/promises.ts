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
