// How a run ended, as data. Wall time and paths live in `environment`, apart from everything that must be reproducible.

import type { UserError } from '#context/user-error.ts'
import type { HandshakeEnd } from '#history/facts.ts'
import type { Header } from '#history/header.ts'
import type { ArmingJudgement } from '#oracle/arming.ts'
import type { Outcome, Verdict } from '#oracle/verdict.ts'
import type { Scene } from '#scene/scene.ts'
import type { Degradation } from './degradation.ts'
import type { Incident } from './incident/incident.ts'

/** One row of the report's table: operations invoked, and exchanges sent, between two phase marks. Latencies in ms, of
 * settled operations, `null` when there are none. */
export type PhaseStats = {
  readonly phase: string
  readonly from: number
  readonly until: number
  readonly operations: number
  readonly exchanges: number
  readonly ok: number
  readonly stale: number
  /** queued, fallback and dropped. */
  readonly degraded: number
  readonly error: number
  readonly unknown: number
  readonly cancelled: number
  readonly p50Ms: number | null
  readonly p99Ms: number | null
  /** `null` when no operation was invoked. */
  readonly exchangesPerOperation: number | null
}

type Environment = {
  readonly wallMs: number
  readonly replayMs: number
  readonly node: string
  readonly historyPath: string
  /** Through what the client sends that virtual time does not serve, so that the run was moved to real sockets. */
  readonly moved?: string
  /** What programs of the client printed. */
  readonly clientLog?: string
  /** Why there is no history of it, though it was judged. */
  readonly lost?: UserError
}

/** The incident once more without one of its faults: which of the oracles that failed fail still. */
export type Ablation = { readonly fault: string; readonly stillFail: readonly string[] }

/** The same run with other seeds: in how many of them each oracle failed, and how many ended how. */
export type Agreement = {
  readonly seeds: readonly string[]
  readonly failedIn: Readonly<Record<string, number>>
  readonly outcomes: Readonly<Partial<Record<Outcome, number>>>
}

export type Judged = {
  readonly kind: 'judged'
  readonly header: Header
  readonly outcome: Outcome
  /** Why, in one sentence. */
  readonly because: string
  readonly verdicts: readonly Verdict[]
  readonly phases: readonly PhaseStats[]
  /** What a release is compared by with the one before it. */
  readonly degradation: Degradation
  /** What the documents of the incident tell, when they were asked for. */
  readonly incident?: Incident
  /** What a page draws of it, when that was asked for. */
  readonly scene?: Scene
  /** Whether the incident happened as the scenario requires. */
  readonly arming: ArmingJudgement
  /** Of the fault-free twin; absent when this *is* the judgement of the twin. */
  readonly nominal?: readonly PhaseStats[]
  /** True when the fault-free twin itself was not healthy and is what was judged. */
  readonly withoutFaults: boolean
  /** Operations of the load that the client does not offer. */
  readonly notOffered: readonly string[]
  /** On real sockets: requests that carried no trace of an operation. */
  readonly untraced?: number
  /** Over HTTPS: connections that ended before anything was asked, though nothing was wrong with them. */
  readonly handshakes?: Readonly<Record<HandshakeEnd, number>>
  /** How often each kind of event happened, for the honest part of the report. */
  readonly counts: Readonly<Record<string, number>>
  /** Faults that were on and never met this client, so that it proved nothing against them. */
  readonly untouched: readonly string[]
  readonly historySha256: string
  /** When a recorded history was judged again: how many of its thresholds are others now. */
  readonly rejudged?: { readonly changedThresholds: number }
  /** One for each fault, when the run failed and it was asked for. */
  readonly ablations?: readonly Ablation[]
  /** When several seeds were asked for. */
  readonly agreement?: Agreement
}

export type RunResult = {
  readonly scenario: string
  readonly client: string
  readonly seed: string
  readonly environment: Environment
} & (
  | Judged
  /** `via`: only virtual time is the problem; the stack through which the client sends works on real sockets. */
  | { readonly kind: 'rejected'; readonly problem: UserError; readonly via?: string }
  /** The client offers none of the operations that the scenario asks for. */
  | { readonly kind: 'not-applicable'; readonly needs: readonly string[]; readonly problem: UserError }
  | { readonly kind: 'harness-error'; readonly message: string }
  | { readonly kind: 'interrupted' }
)
