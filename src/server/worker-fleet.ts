// A fleet of identical workers behind one FIFO queue, from which latency, time-outs and 5xx emerge. It is advanced only when
// we ask something of it: everybody else's requests up to that moment are taken first, from streams of their own.
// Guarantees: the same seed, pressure and times give the same admissions; asking never moves anybody else's arrivals.

import assert from 'node:assert/strict'
import type { Prng } from '#random/prng.ts'
import { SteadyDemand, tickMs, VaryingDemand } from './demand.ts'
import { quickExponential } from './exponential-table.ts'
import { noPressure } from './fleet.ts'
import type { Admission, Fleet, FleetConfig, Pressure } from './fleet.ts'
import { WaitingLine } from './waiting-line.ts'
import { WorkerHeap } from './worker-heap.ts'

const overflow = -1
const gatewayTimeout = -2

export function createFleet(name: string, config: FleetConfig, random: Prng): Fleet {
  assert(config.workers >= 1 && Number.isInteger(config.workers), `Fleet ${name} has ${config.workers} workers.`)
  assert(Number.isFinite(config.gatewayTimeoutMs), `The gateway of fleet ${name} must give up at some time.`)
  return new WorkerFleet(name, config, random.fork('fleet', name))
}

class WorkerFleet implements Fleet {
  readonly name: string
  readonly config: FleetConfig
  readonly #workers: WorkerHeap
  readonly #line = new WaitingLine()
  readonly #random: Prng
  readonly #serviceTimes: Prng
  readonly #extraServiceTimes: Prng
  readonly #others: SteadyDemand
  #pressure: ((at: number) => Pressure) | null = null
  #extra: VaryingDemand | null = null
  #deadly: VaryingDemand | null = null
  /** By tick: workers that are gone in it. */
  readonly #lost: number[] = []
  #lastAt = 0
  #sameTime = 0

  constructor(name: string, config: FleetConfig, random: Prng) {
    this.name = name
    this.config = config
    this.#workers = new WorkerHeap(config.workers)
    this.#random = random
    this.#serviceTimes = random.fork('service')
    this.#extraServiceTimes = random.fork('extra-service')
    this.#others = new SteadyDemand(config.otherTenantsPerSecond, random.fork('others'))
  }

  under(pressure: (at: number) => Pressure): void {
    assert(this.#lastAt === 0 && this.#sameTime === 0, 'Pressure is installed before the first request.')
    this.#pressure = pressure
    this.#lost.length = 0
    this.#extra = new VaryingDemand((at) => pressure(at).extraPerSecond, this.#random.fork('extra'))
    this.#deadly = new VaryingDemand((at) => pressure(at).deadlyPerSecond, this.#random.fork('deadly'))
  }

  admit(at: number): Admission {
    assert(at >= this.#lastAt, `Fleet ${this.name} was asked about ${at} after ${this.#lastAt}.`)
    this.#sameTime = at === this.#lastAt ? this.#sameTime + 1 : 1
    this.#lastAt = at
    this.#advance(at)
    const waiting = this.#line.countAt(at)
    // Drawn by the moment, not in sequence: one request more or less leaves the work of all others as it was.
    const workMs = this.#work(this.#random.fork('ours', at, this.#sameTime))
    const startsAt = this.#take(at, workMs)
    if (startsAt === overflow) return { kind: 'overflow', waiting }
    if (startsAt === gatewayTimeout) {
      return { kind: 'gateway-timeout', endsAt: at + this.config.gatewayTimeoutMs, waiting }
    }
    return { kind: 'served', startsAt, endsAt: startsAt + workMs, waiting }
  }

  /** Takes everybody else's requests that come by `until`. */
  #advance(until: number): void {
    const others = this.#others
    let extraAt = this.#extra?.nextBy(until) ?? Number.POSITIVE_INFINITY
    let deadlyAt = this.#deadly?.nextBy(until) ?? Number.POSITIVE_INFINITY
    for (;;) {
      const at = Math.min(others.nextAt, extraAt, deadlyAt)
      if (at > until) return
      if (at === deadlyAt) {
        this.#take(at, this.#pressureAt(at).restartMs)
        this.#deadly?.take()
        deadlyAt = this.#deadly?.nextBy(until) ?? Number.POSITIVE_INFINITY
      } else if (at === extraAt) {
        this.#take(at, this.#work(this.#extraServiceTimes))
        this.#extra?.take()
        extraAt = this.#extra?.nextBy(until) ?? Number.POSITIVE_INFINITY
      } else {
        this.#take(at, this.#work(this.#serviceTimes))
        others.take()
      }
    }
  }

  /** When a request that comes at `at` is started, or why it never is. FIFO: whoever comes later starts later. */
  #take(at: number, occupiesMs: number): number {
    const givesUpAt = at + this.config.gatewayTimeoutMs
    const startsAt = this.#nextStart(at, givesUpAt)
    if (startsAt > at) {
      if (this.#line.countAt(at) >= this.config.queue) return overflow
      this.#line.join(Math.min(startsAt, givesUpAt))
      if (startsAt > givesUpAt) return gatewayTimeout
    }
    this.#workers.occupyEarliest(startsAt + occupiesMs)
    return startsAt
  }

  /** The first moment at which a worker is both free and there; anything beyond `latest` when there is none by then. */
  #nextStart(at: number, latest: number): number {
    for (;;) {
      const startsAt = Math.max(at, this.#workers.earliest)
      if (this.#pressure === null || startsAt > latest || !this.#isLost(this.#workers.earliestWorker, startsAt)) {
        return startsAt
      }
      this.#workers.occupyEarliest((Math.floor(startsAt / tickMs) + 1) * tickMs)
    }
  }

  #isLost(worker: number, at: number): boolean {
    const tick = Math.floor(at / tickMs)
    const known = this.#lost[tick]
    if (known !== undefined) return worker < known
    const lost = Math.round(this.config.workers * Math.min(1, this.#pressureAt(tick * tickMs).lostShare))
    this.#lost[tick] = lost
    return worker < lost
  }

  #pressureAt(at: number): Pressure {
    return this.#pressure?.(Math.floor(at / tickMs) * tickMs) ?? noPressure
  }

  /** Half of the mean is the least a request costs; the rest varies exponentially. */
  #work(random: Prng): number {
    const half = this.config.serviceTimeMs / 2
    return half + quickExponential(half, random)
  }
}
