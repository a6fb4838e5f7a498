// The contract of a fault. A fault *decides* about exchanges, *imposes conditions* on a fleet, a workspace or the client's
// process or cache, or *disturbs* the delivery of webhooks; it holds no state, knows no clock and never touches a server. Scope, share, nth and shape are applied once, by the plan, before it is asked.
//
// Order of evaluation: the plan asks the faults in the order of the file; delays add up; the first decision that ends the
// exchange (`respond`, `abort`, `hang`) wins and later faults are not asked; rewrites and drips apply to the reply that remains.

import type { z } from 'zod'
import type { Effect } from '#history/event.ts'
import type { NetCode, NetPhase } from '#history/facts.ts'
import type { LimitHeaders } from '#history/limit-headers.ts'
import type { Prng } from '#random/prng.ts'

export type Pairs = readonly (readonly [name: string, value: string])[]
export type ReplyBody = string | Uint8Array | null
export type FaultReply = {
  readonly status: number
  readonly headers: Pairs
  readonly body: ReplyBody
  /** An error in the words of Intercom: an API that has words of its own says it in those. */
  readonly ofApi?: true
  /** What comes after the body although its length was told. */
  readonly surplus?: string | Uint8Array
}

/** `effect: committed` means that the server did the work before it went wrong. Delays are in ms. */
export type Decision =
  | { readonly kind: 'pass' }
  | { readonly kind: 'delay'; readonly ms: number }
  | ({ readonly kind: 'respond'; readonly effect: Effect } & FaultReply)
  /** `edit` returns the very same reply where it has nothing to change. `epochMs` is the instant at which the reply leaves, `told`
   * where its API tells limits.
   * `keepsContent`: what the body tells of entities stays as it was, always or for this reply. */
  | {
      readonly kind: 'rewrite'
      readonly keepsContent?: true | ((reply: FaultReply) => boolean)
      edit(reply: FaultReply, epochMs: number, told: LimitHeaders): FaultReply
    }
  | { readonly kind: 'abort'; readonly effect: Effect; readonly phase: NetPhase; readonly code: NetCode }
  | { readonly kind: 'hang'; readonly effect: Effect; readonly phase: 'headers' | 'body' }
  /** The service answers as ever; the body then trickles in over `ms`. */
  | { readonly kind: 'drip'; readonly ms: number }

/** How the handshake of a connection goes wrong: the certificate is too old, for somebody else or signed by nobody who is known, or
 * the connection is closed. */
export type Handshake = 'expired' | 'other-name' | 'unknown-authority' | 'cut'

/** What a fault does to a fleet as a whole. Shares in 0..1, rates per second, times in ms. */
type FleetCondition =
  | { readonly kind: 'workers-lost'; readonly share: number }
  | { readonly kind: 'demand'; readonly perSecond: number }
  /** Requests that kill the worker that takes them; it is back, cold, after `restartMs`. */
  | { readonly kind: 'deadly-demand'; readonly perSecond: number; readonly restartMs: number }

/** What a fault does to a workspace as a whole. */
export type WorkspaceCondition =
  /** Reads show the workspace as it was so long ago; writes go through at once. */
  | { readonly kind: 'replica-lag'; readonly ms: number }
  /** Searches do not find yet what was written in this time. */
  | { readonly kind: 'index-lag'; readonly ms: number }
  /** Attachments show up in conversations so long after their message. */
  | { readonly kind: 'attachment-lag'; readonly ms: number }
  /** Calls that other apps make on the workspace's shared quota. */
  | { readonly kind: 'other-apps'; readonly perMinute: number }
  /** Other limits than the usual ones; what is not named stays. */
  | { readonly kind: 'rate-limit'; readonly appPerMinute?: number; readonly workspacePerMinute?: number }

/** What a fault does to the process of the client. */
export type ClientCondition =
  /** The system clock (not the monotonic one) is off by so much while the fault is on. */
  | { readonly kind: 'clock-offset'; readonly ms: number }
  /** Once, when the fault begins: the process dies without a word and a new one starts after `awayMs`. */
  | { readonly kind: 'restart'; readonly awayMs: number }
  /** While the fault is on it does not run, or has no network. */
  | { readonly kind: 'held'; readonly state: 'paused' | 'cut off' }

/** What a fault does to the cache that belongs to the client: a Redis of its own. */
type CacheCondition =
  /** Once, whenever it begins. */
  | { readonly kind: 'cache-emptied' }
  /** It keeps everything, and does nothing. */
  | { readonly kind: 'cache-paused' }
  /** Nobody is there; what comes back is empty. */
  | { readonly kind: 'cache-gone' }

export type Condition = FleetCondition | WorkspaceCondition | ClientCondition | CacheCondition

/** What becomes of one notification that the platform is about to deliver. */
export type Disturbance =
  | { readonly kind: 'delay'; readonly ms: number }
  /** Never delivered. */
  | { readonly kind: 'drop' }
  /** Delivered, and again after `afterMs`, as often as `times`. */
  | { readonly kind: 'repeat'; readonly times: number; readonly afterMs: number }
  /** Delivered; then somebody else sends a notification of this kind, with a signature that is not the platform's. */
  | { readonly kind: 'forge'; readonly signature: 'wrong' | 'missing' | 'of-another-body' }

/** What a fault may know of a notification. */
export type NotificationView = {
  readonly notification: string
  readonly topic: string
  readonly workspace: string
  readonly region: string
  readonly shard: string
  /** 1-based, among the notifications of its workspace. */
  readonly nth: number
}

/** What a fault may know of an exchange. */
export type ExchangeView = {
  readonly exchange: number
  readonly operation: number | null
  readonly instance: number
  /** 1-based, among the exchanges of its operation (or of the instance's background). */
  readonly nth: number
  readonly method: string
  readonly route: string
  readonly host: string
  readonly region: string
  readonly product: string
  /** `<region>-<product>`. */
  readonly fleet: string
  readonly workspace: string | null
  /** The part of the provider's database that holds the workspace. */
  readonly shard: string | null
  /** Which token it carries: 0 for the workspace's first, 1 after one rotation; `null` without a known one. */
  readonly tokenGeneration: number | null
  /** The external id of the contact it is about, where it names one. */
  readonly customer: string | null
  /** What was asked for, with its query. */
  readonly url: URL
  /** The body as sent; empty when there is none. */
  readonly body: string
}

export interface FaultKind<P = unknown> {
  /** Kebab-case, equal to the file's name and to `kind:` in a scenario. */
  readonly kind: string
  readonly schema: z.ZodType<P>
  /** Which of the three it is. `share` then means: of exchanges, of servers, or of notifications. */
  readonly acts: 'decides' | 'imposes' | 'disturbs'
  /** What a kind that imposes acts on. Default: fleets. */
  readonly on?: 'fleet' | 'workspace' | 'client' | 'cache'
  /** What a ramp or square wave changes: how many exchanges are hit, or how hard each is. Only for kinds that decide. */
  readonly shapes: 'share' | 'magnitude'
  /** It needs a process of its own, which runs in real time. */
  readonly real?: true
  /** Without a shape of its own, it rises over its whole window. */
  readonly grows?: true
  /** It only changes answers of these statuses, which something else must give. */
  readonly changes?: readonly number[]
  /** One sentence: what goes wrong. `told`: where the APIs that it is about tell limits, when that is known. */
  explain(params: P, told?: readonly LimitHeaders[]): string
  /** The longest wait that it asks the client for, in ms: what replays in real time must not squeeze. */
  asksMs?(params: P): number | undefined
  /** What it counts against the load, for one that is `by` times as dense. Default: nothing of it. */
  denser?(params: P, by: number): P
  /** A host that it sends the client to, which must be a simulated one. */
  leadsTo?(params: P): string | undefined
  /** It ends connections before there is a request. On sockets it is asked then, and cannot know of any request. */
  handshake?(params: P): Handshake
  /** The effects it can have. Without it: `none` for a kind that imposes, either for one that decides. */
  effects?(params: P): readonly Effect[]
  /** `intensity` is above 0: what is left of the shape after the plan, 1 for a kind that shapes its share. */
  decide?(params: P, exchange: ExchangeView, effect: Effect, intensity: number, random: Prng): Decision
  /** Pure in `intensity` (above 0, up to 1: the shape at that moment) and `share` (above 0, up to 1). */
  impose?(params: P, intensity: number, share: number): readonly Condition[]
  disturb?(params: P, notification: NotificationView, intensity: number, random: Prng): Disturbance
}

export function defineFault<P>(fault: FaultKind<P>): FaultKind {
  return fault as unknown as FaultKind
}
