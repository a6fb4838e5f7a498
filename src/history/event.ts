// Everything that can happen in a run. Past tense, dotted, discriminated by `kind`. Plain data: events cross processes.

import type { LimitName } from '#context/limits.ts'
import type { Header, Whose } from './header.ts'
import type { Effect, ErrorFacts, HandshakeEnd, NetCode, NetPhase, Truth, Versions } from './facts.ts'

export type { Cause, Effect, ErrorFacts, Truth, Versions } from './facts.ts'

/** `at` is milliseconds since the run's start; `seq` counts from 0 and breaks every tie. */
type Stamp = { readonly seq: number; readonly at: number }

/** `always`: must hold whenever it is looked at. `sometimes`: must hold once. `reachable`: must be come by. */
export type PropertyKind = 'always' | 'sometimes' | 'reachable'

export type RateFacts = {
  readonly limit: number
  readonly remaining: number
  /** Seconds since the epoch. */
  readonly resetAt: number
  /** How long the windows are that it counts in. Absent: ten seconds, as Intercom's. */
  readonly windowMs?: number
}

type RunEvent =
  | { readonly kind: 'run.started'; readonly header: Header }
  | { readonly kind: 'phase.started'; readonly phase: string }
  | { readonly kind: 'fault.started' | 'fault.lifted'; readonly fault: string }
  | { readonly kind: 'status.changed'; readonly component: string; readonly status: string; readonly incident: string }
  | { readonly kind: 'limit.reached'; readonly limit: LimitName; readonly operation: number | null }
  | {
      readonly kind: 'run.ended'
      /** Timers of the client that were pending after `close()`, and exchanges neither finished nor aborted. */
      readonly leakedTimers: number
      readonly inFlight: number
      /** Answers whose body was neither read nor cancelled: in a real process each keeps a connection. */
      readonly unread: number
      /** In real time: by how many ms what was due came late, at worst. */
      readonly lagMs?: number
      readonly reason: 'done' | 'deadlock' | 'livelock' | 'crashed' | 'limit'
    }

type ClientEvent =
  | {
      readonly kind: 'client.crashed'
      readonly cause: 'uncaught' | 'exit' | 'protocol' | 'stalled' | 'memory' | 'killed'
      readonly operation: number | null
      readonly message: string
    }
  | { readonly kind: 'client.rejected'; readonly operation: number | null; readonly error: ErrorFacts }
  | {
      readonly kind: 'client.closed'
      readonly how: 'settled' | 'absent' | 'failed' | 'overdue'
      readonly message: string
    }

type OfProcess<K> = { readonly kind: K; readonly instance: number }

/** What somebody did to the client from outside, as an operator would. */
type OperatorEvent =
  /** An action of the client's own, such as `media.pause`; `done` is false when it threw. */
  | {
      readonly kind: 'action.taken'
      readonly action: string
      readonly instance: number
      readonly workspace: string | null
      readonly done: boolean
    }
  /** A new process took over. `orderly`: the old one was closed first; otherwise it was killed. */
  | { readonly kind: 'client.restarted'; readonly instance: number; readonly orderly: boolean }
  /** It does not get to run, or has no network, from the one to the other. */
  | OfProcess<'client.paused'>
  | OfProcess<'client.resumed'>
  | OfProcess<'client.unplugged'>
  | OfProcess<'client.plugged'>
  /** What became of the cache that belongs to the client, whoever did it. `emptied`: what was in it is lost. */
  | { readonly kind: 'cache.changed'; readonly state: 'serving' | 'paused' | 'gone'; readonly emptied: boolean }
  | { readonly kind: 'token.rotated'; readonly workspace: string }
  /** What the client's own health check said, when it was asked. */
  | {
      readonly kind: 'health.reported'
      readonly instance: number
      readonly status: 'ok' | 'degraded' | 'down' | 'unknown'
      readonly problem: Whose | null
      readonly cause: string | null
      readonly why: string
    }

type WebhookEvent =
  | {
      readonly kind: 'webhook.sent'
      readonly delivery: number
      /** The same for all deliveries of one notification. */
      readonly notification: string
      readonly topic: string
      readonly workspace: string
      readonly instance: number
      /** 1 for the first try of the platform. */
      readonly attempt: number
      readonly forged: boolean
      readonly entity?: string
      /** How late it is: ms since what it tells of happened. */
      readonly lateMs: number
    }
  /** The endpoint of the client answered. */
  | { readonly kind: 'webhook.answered'; readonly delivery: number; readonly status: number }
  | { readonly kind: 'webhook.failed'; readonly delivery: number; readonly reason: 'timeout' | 'threw' | 'down' }
  /** The client says that it has done what the notification asks for. */
  | { readonly kind: 'webhook.acted'; readonly notification: string; readonly instance: number }
  /** The platform stopped delivering a topic after too many failures in a row. */
  | { readonly kind: 'webhook.paused'; readonly workspace: string; readonly topic: string; readonly untilMs: number }

/** What the client, or the scenario, says of itself by `always`, `sometimes` and `reachable`. */
type PropertyEvent =
  /** Before anything happens, so that what never happens is listed too. */
  | {
      readonly kind: 'property.declared'
      readonly property: string
      readonly type: PropertyKind
      readonly by: 'client' | 'scenario'
    }
  /** The first time that it held, and the first time that it did not. */
  | {
      readonly kind: 'property.seen'
      readonly property: string
      readonly holds: boolean
      readonly instance: number
      readonly operation: number | null
      /** In the handling of a notification. */
      readonly delivery?: number
      readonly details?: string
    }
  /** How often, in the whole run. */
  | { readonly kind: 'property.counted'; readonly property: string; readonly held: number; readonly broken: number }

type OperationEvent =
  | {
      readonly kind: 'operation.invoked'
      readonly operation: number
      readonly instance: number
      readonly workspace: string
      readonly name: string
      readonly effect: 'read' | 'write'
      readonly load: string
      /** The entity asked about, when there is one. */
      readonly entity?: string
      /** The same piece of business has the same key, in the operation and in the effect it commits. */
      readonly key?: string
      /** Writes with the same value must keep their order, as the client promised: that of the field it named. */
      readonly order?: string
      /** Of a write: the fields that it is to leave as asked, beyond what its key tells. */
      readonly content?: readonly string[]
      /** An impatient person asked again: the operation this one repeats. */
      readonly repeats?: number
    }
  /** The caller no longer wants it: `call.signal` was aborted. */
  | { readonly kind: 'operation.cancelled'; readonly operation: number }
  | {
      readonly kind: 'operation.ok'
      readonly operation: number
      readonly result: 'fresh' | 'stale' | 'queued' | 'fallback' | 'dropped'
      /** As the client declared it. */
      readonly ageMs?: number
      readonly truth?: Truth
      /** There is nothing in the value: no object, an empty one, an empty list. */
      readonly hollow?: true
      readonly timersLeft: number
    }
  | {
      readonly kind: 'operation.error'
      readonly operation: number
      readonly error: ErrorFacts
      readonly timersLeft: number
    }
  | {
      readonly kind: 'operation.unknown'
      readonly operation: number
      readonly reason: 'unsettled' | 'crashed' | 'limit'
    }

type Decided = 'delay' | 'respond' | 'rewrite' | 'abort' | 'hang' | 'drip' | 'condition' | 'drop' | 'repeat' | 'forge'

type ExchangeEvent =
  | {
      readonly kind: 'exchange.sent'
      readonly exchange: number
      readonly instance: number
      readonly operation: number | null
      /** False when the exchange names an entity foreign to its operation: the context was borrowed. */
      /** Background work of the handling of a notification. */
      readonly delivery?: number
      readonly certain: boolean
      /** 1 for the operation's first exchange. */
      readonly nth: number
      readonly redirectOf?: number
      readonly method: string
      /** The route's template, `/contacts/{id}`; the bare path when no service knows it. */
      readonly route: string
      readonly host: string
      readonly region: string
      readonly product: string
      readonly workspace: string | null
      readonly entity?: string
      readonly key?: string
      readonly bodyHash: string
      /** A request of a method that carries a body came without one. */
      readonly empty?: true
      readonly idempotencyKey?: string
      /** The line of the client's own code that sent it, `src/desk.ts:42`, where the stack shows it. */
      readonly from?: string
    }
  /** The server has it. `answersIn` is how long the world will take to answer (ms), `null` when it never will. */
  | {
      readonly kind: 'exchange.arrived'
      readonly exchange: number
      readonly queued: number
      readonly answersIn: number | null
    }
  | {
      readonly kind: 'fault.hit'
      /** `null` when it hit a notification, or a process or the cache of the client. */
      readonly exchange: number | null
      readonly fault: string
      readonly decision: Decided
      readonly effect: Effect
    }
  /** A change was committed. `exchange` is null for changes nobody of ours asked for. */
  | {
      readonly kind: 'effect.committed'
      readonly effect: number
      readonly exchange: number | null
      readonly entity: string
      readonly key?: string
      readonly version: number
      readonly change: string
      /** The operations of this key, asked by then, whose content is all there as asked; those that ask once more are not
       * listed. */
      readonly fulfils?: readonly number[]
      /** When there are none: what the last of them misses in it. */
      readonly lacks?: readonly string[]
    }
  | {
      readonly kind: 'exchange.head'
      readonly exchange: number
      readonly status: number
      readonly retryAfter?: string
      readonly rateLimit?: RateFacts
      readonly requestId?: string
    }
  /** The whole response reached the client; `contains` says what it taught the client. */
  | { readonly kind: 'exchange.ended'; readonly exchange: number; readonly contains: Versions }
  | { readonly kind: 'exchange.failed'; readonly exchange: number; readonly phase: NetPhase; readonly code: NetCode }
  /** The client gave up on it; the server may still serve it. */
  | { readonly kind: 'exchange.aborted'; readonly exchange: number; readonly reason: string }
  /** A request to a host that is not simulated. It went nowhere. */
  | {
      readonly kind: 'exchange.refused'
      readonly host: string
      readonly via: string
      readonly operation: number | null
    }
  /** A connection that ended before anything was asked on it, although nothing was wrong with its certificate. */
  | { readonly kind: 'handshake.failed'; readonly host: string; readonly how: HandshakeEnd }

export type Unstamped =
  | RunEvent
  | ClientEvent
  | OperatorEvent
  | WebhookEvent
  | PropertyEvent
  | OperationEvent
  | ExchangeEvent
export type HistoryEvent = Stamp & Unstamped
export type EventKind = HistoryEvent['kind']
export type EventOf<K extends EventKind> = Extract<HistoryEvent, { kind: K }>
