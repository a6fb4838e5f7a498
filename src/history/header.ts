// The first event of every history. With it a history can be judged on its own, today or in a year.

import type { Declared, Promises } from './promises.ts'

export type Profile = 'strict' | 'default' | 'lenient'
/** A `share` is a part of a whole, from 0 to 1 (`99%`); a `ratio` is a factor (`1.2x`). */
export type Unit = 'ms' | 'count' | 'share' | 'ratio'
/** Which side of a threshold is the good one. The threshold itself belongs to it. */
export type Bound = 'at-most' | 'at-least'

export type Threshold = {
  readonly oracle: string
  readonly name: string
  readonly value: number
  readonly unit: Unit
  readonly bound: Bound
  /** Whose number it is: the client's (never scaled) or the incident's (scaled with the timeline). */
  readonly domain: 'client' | 'incident'
  readonly source: 'scenario' | 'promise' | 'profile' | 'config' | 'nominal'
  /** Where the number comes from, in words. */
  readonly cite: string
  /** Which of several expectations of its oracle it belongs to, from 0. */
  readonly expectation?: number
}

export type PhaseMark = { readonly name: string; readonly at: number }

/** What the scenario expects in particular: settings of one oracle, which is then required to be armed. */
export type Expectation = { readonly oracle: string; readonly settings: Readonly<Record<string, number | string>> }

/** Where the fault lies: with the provider, or with the client and its operators. */
export type Whose = 'theirs' | 'ours'
export const causes = ['provider', 'network', 'token', 'scope', 'rate-limit', 'input'] as const
type Cause = (typeof causes)[number]

/** What a health check must have said by `from` + `withinMs`, for as long as the problem lasts. */
export type ProblemMark = {
  readonly name: string
  readonly from: number
  readonly until: number
  readonly whose: Whose
  readonly cause: Cause
  readonly withinMs: number
}

/** How an operation may end; `ok` is any end but an error: fresh, a copy, queued, a fallback, dropped. */
export const propertyOutcomes = ['ok', 'fresh', 'stale', 'queued', 'fallback', 'dropped', 'error'] as const

/** What the scenario states of the operations of a load: that all of them end so, or at least one. */
export type PropertyMark = {
  readonly name: string
  readonly type: 'always' | 'sometimes'
  readonly outcome: (typeof propertyOutcomes)[number]
  readonly load: string
  /** Of operations that are asked in this phase; `null`: at any time. */
  readonly phase: string | null
}

/** Facts about the world that must have happened, or the run proves nothing. */
export type Arming = { readonly faultHits: number; readonly unansweredForMs: number }

/** What the harness knows of an operation the load asks for. */
export type IntentFacts = { readonly name: string; readonly effect: 'read' | 'write' }

/** How the fault-free twin of this run went: the baseline of relative thresholds. */
export type Baseline = {
  readonly operations: number
  readonly exchanges: number
  readonly exchangesPerOperation: Readonly<Record<string, number>>
  /** The most exchanges sent within any 10 s, and the most in flight at once, of all processes together. */
  readonly peakSends: number
  readonly peakInFlight: number
  /** By load name. */
  readonly loads: Readonly<Record<string, LoadBaseline>>
}

export type LoadBaseline = {
  /** The share of operations that ended ok, and the 99th percentile of their latency. */
  readonly okShare: number
  readonly p99Ms: number
  /** Where copies served some of the load: the 99th percentile of those operations of the same name and workspace, of any load,
   * that asked the API. A copy that expired in the incident is fetched again, and that takes as long. */
  readonly askedP99Ms?: number
  /** Of what ended ok, the shares that were queued, or a copy that the client declared. Unknown in histories of old. */
  readonly usual?: { readonly queued: number; readonly stale: number }
}

export type Header = {
  readonly format: 1
  readonly scenario: string
  readonly title: string
  readonly client: string
  readonly seed: string
  readonly profile: Profile
  readonly transport: 'virtual' | 'loopback'
  readonly scale: number
  /** In real time: thresholds of the incident, ms, were not divided below this. */
  readonly floorMs?: number
  /** Its addresses began with https. */
  readonly https?: true
  /** Milliseconds since the epoch, UTC, of `at: 0`. */
  readonly startMs: number
  /** Length of the scripted run; operations may settle, and `close()` may run, after it. */
  readonly spanMs: number
  readonly phases: readonly PhaseMark[]
  /** Faults are on from `firstFaultAt` to `lastLiftAt` (ms since the run's start); both `null` in a run without faults. */
  readonly firstFaultAt: number | null
  readonly lastLiftAt: number | null
  readonly intents: readonly IntentFacts[]
  readonly promises: Promises
  readonly declares: Declared
  readonly expect: readonly Expectation[]
  readonly arming: Arming
  readonly severity: 'P1' | 'P2' | 'P3' | 'P4'
  readonly problems: readonly ProblemMark[]
  /** None in a run without faults: they are about the incident. */
  readonly properties: readonly PropertyMark[]
  /** Every numeric parameter of every oracle, resolved. */
  readonly thresholds: readonly Threshold[]
  /** `null` in the nominal run itself, and in a cell, which does not know its twin. */
  readonly baseline: Baseline | null
  /** What the scenario asks for and the client does not offer; absent when it offers everything. */
  readonly notOffered?: readonly string[]
  /** What the client has besides the API, in words: which Redis it is. */
  readonly services?: { readonly redis: string }
}
