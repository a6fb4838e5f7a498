// Contract of a worker fleet: a capacity model from which latency, time-outs and 5xx emerge. See worker-fleet.ts.

export type FleetConfig = {
  readonly workers: number
  /** Mean time a worker spends on a request. */
  readonly serviceTimeMs: number
  /** Requests that may wait; beyond it the fleet overflows. */
  readonly queue: number
  /** Requests of everybody else, per second. */
  readonly otherTenantsPerSecond: number
  /** Whether a request its client has given up on is still served. */
  readonly abandoned: 'served' | 'dropped'
  /** What happens to a request that finds the queue full: it is never answered, or answered 503 at once. */
  readonly overflow: 'hang' | 'reject'
  /** A request that has waited this long is answered 504 by the gateway and never served. */
  readonly gatewayTimeoutMs: number
}

/** What faults do to a fleet at one moment; transport sums the conditions up. */
export type Pressure = {
  /** 0..1 of the workers are gone. */
  readonly lostShare: number
  readonly extraPerSecond: number
  /** Requests per second that kill the worker that takes them. */
  readonly deadlyPerSecond: number
  readonly restartMs: number
}

export const noPressure: Pressure = { lostShare: 0, extraPerSecond: 0, deadlyPerSecond: 0, restartMs: 0 }

/** `waiting`: requests ahead of it. Times are ms since the run's start. */
export type Admission =
  | { readonly kind: 'served'; readonly startsAt: number; readonly endsAt: number; readonly waiting: number }
  | { readonly kind: 'gateway-timeout'; readonly endsAt: number; readonly waiting: number }
  | { readonly kind: 'overflow'; readonly waiting: number }

export interface Fleet {
  readonly name: string
  readonly config: FleetConfig
  /** Installs the pressure of the run's faults, as a pure function of time. */
  under(pressure: (at: number) => Pressure): void
  /** Takes one of our requests at `at`; times must not decrease from call to call. */
  admit(at: number): Admission
}
