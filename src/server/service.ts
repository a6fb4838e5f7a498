// The contract of a simulated service: a plain function from request to reply, with its own route table and its own Store.
// It knows nothing of faults, sockets or msw; `transport` asks it.

import type { Versions } from '#history/event.ts'
import type { LimitHeaders } from '#history/limit-headers.ts'
import type { Prng } from '#random/prng.ts'
import type { Fleet } from './fleet.ts'

export type Host = { readonly host: string; readonly region: string; readonly product: string }

export type ServiceRequest = {
  readonly method: string
  readonly url: URL
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string>>
  /** The body as sent; empty when there is none. */
  readonly body: string
}

/** What a request is about, without serving it. */
export type RequestFacts = {
  /** The route's template, `/contacts/{id}`; the bare path when unknown. */
  readonly route: string
  /** Where it is served: a call to a global host is routed to the region of the token's workspace. */
  readonly region: string
  readonly product: string
  /** `null` without valid credentials. */
  readonly workspace: string | null
  readonly shard?: string
  /** 0 for the workspace's first token, 1 after one rotation. */
  readonly tokenGeneration?: number
  readonly entity?: string
  /** The business key of the write it asks for (see intent.ts). */
  readonly key?: string
  /** External id of the contact it is about. */
  readonly customer?: string
  /** What it proves its workspace with, where that is not in `authorization`: no history may hold it. */
  readonly credential?: string
  /** Where the service has it in a header of its own. */
  readonly idempotencyKey?: string
}

/** One committed change. `version` counts per entity from 1. */
export type EffectFacts = {
  readonly entity: string
  readonly key?: string
  readonly version: number
  /** In words. What ends in `updated` only sets fields, so that serving it twice changes nothing more: `no-duplicate-effect` counts on that. */
  readonly change: string
}

export type Reply = {
  readonly status: number
  readonly headers: readonly (readonly [name: string, value: string])[]
  readonly body: string | null
  /** Entities, at their version, that this reply tells the client about. */
  readonly contains: Versions
  readonly effects: readonly EffectFacts[]
  /** Levers in force without which the reply would have been another one. */
  readonly bentBy?: readonly Lever[]
}

export interface Service {
  readonly name: string
  readonly hosts: readonly Host[]
  facts(request: ServiceRequest): RequestFacts
  /** Serves the request at `at` (ms since the run's start), committing what it changes. `random` is a stream of this one
   * exchange (request ids). Never throws for bad input: that is a 4xx. */
  handle(request: ServiceRequest, at: number, random: Prng): Reply
  /** An error in the shape of this API, for faults and for whoever stands before it. Absent: Intercom's. */
  errorReply?(status: number, random: Prng): Reply
  /** In which headers it tells its limits. Absent: Intercom's. */
  readonly limitHeaders?: LimitHeaders
}

/** What faults do to a workspace at one moment; transport sums the conditions up. */
export type Levers = {
  readonly replicaLagMs: number
  readonly indexLagMs: number
  readonly attachmentLagMs: number
  /** Calls of other apps on the shared quota. */
  readonly otherAppsPerMinute: number
  /** `null`: the usual limit. */
  readonly appPerMinute: number | null
  readonly workspacePerMinute: number | null
}

export const noLevers: Levers = {
  replicaLagMs: 0,
  indexLagMs: 0,
  attachmentLagMs: 0,
  otherAppsPerMinute: 0,
  appPerMinute: null,
  workspacePerMinute: null,
}

/** Named as the condition of a fault that pulls it. */
export type Lever = 'replica-lag' | 'index-lag' | 'attachment-lag' | 'other-apps' | 'rate-limit'

/** Where a workspace lives: what faults are scoped by. */
type WorkspacePlace = { readonly name: string; readonly region: string; readonly shard: string }

export interface Tunable {
  /** Installs the levers of the run's faults, as a pure function of time. */
  under(levers: (workspace: WorkspacePlace, at: number) => Levers): void
}

/** All services of one run, and the fleets that serve them, by `<region>-<product>`. A fleet that is not listed is ample. */
export type World = {
  readonly services: readonly Service[]
  readonly fleets: ReadonlyMap<string, Fleet>
  /** What faults on workspaces act on. */
  readonly tunable?: Tunable
}
