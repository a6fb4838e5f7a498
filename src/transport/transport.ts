// How exchanges travel. A transport is where the fault plan meets the services; nobody else sees both.

import type { Clock } from '#clock/clock.ts'
import type { Life, Owner } from '#context/owner.ts'
import type { Traced } from '#context/trace.ts'
import type { FaultPlan } from '#fault/plan.ts'
import type { EventOf } from '#history/event.ts'
import type { Recorder } from '#history/recorder.ts'
import type { Prng } from '#random/prng.ts'
import type { EffectFacts, World } from '#server/service.ts'
import type { Authority } from './authority.ts'

export type TransportOptions = {
  readonly world: World
  readonly plan: FaultPlan
  readonly recorder: Recorder
  readonly clock: Clock
  /** The run's start since the epoch. */
  readonly startMs: number
  /** The run's root stream; the transport forks it per exchange. */
  readonly random: Prng
  /** The entity an operation was asked about: an exchange that names another is not certain. */
  readonly entityOf: (operation: number) => string | undefined
  /** Its business key: an exchange that carries it is certain whatever entity it names. */
  readonly keyOf?: (operation: number) => string | undefined
  /** What a change did of what was asked for. */
  readonly fulfilled?: (workspace: string | null, effect: EffectFacts) => Fulfilled
  /** Whether an operation still waits for its client. What runs on in its context afterwards may be anybody's work. */
  readonly isOpen: (operation: number) => boolean
  /** The operation is over, and another one of this instance waits for the same entity. */
  readonly servesAnother?: (operation: number, instance: number) => boolean
  /** Whose request it is that came over a socket; nothing is known of one without a trace. */
  readonly ownerOf?: (traced: Traced | undefined) => Owner
  /** Listeners speak HTTPS, and this vouches for them. Without it they speak HTTP. */
  readonly authority?: Authority
  /** Hosts outside the simulation whose requests quietly fail instead of ending the run as a mistake of the user. */
  readonly dropHosts: ReadonlySet<string>
  /** Beyond so many exchanges all hang. Default: `limits.exchangesPerRun`. */
  readonly mostExchanges?: number
  /** Where the services listen on real sockets, when it is not this machine alone that must reach them. */
  readonly front?: Front
  /** The folder from which lines of the client's code are told; without it none is. */
  readonly root?: string
}

/** An address that others than this machine reach. They must know the name by which they are to call it; who does not is turned away. */
export type Front = { readonly address: string; readonly name: string }

/** Which operations it is all that they asked for, or what it lacks. */
export type Fulfilled = Pick<EventOf<'effect.committed'>, 'fulfils' | 'lacks'>

/** A request to a host that is not simulated, or over a stack that cannot run in virtual time. */
export type Escape = {
  readonly host: string
  readonly via: string
  /** A simulated host, or one of this machine: on real sockets the client could have reached it. */
  readonly near: boolean
}

export interface Opened {
  readonly fetch: typeof fetch
  /** Where a simulated host is reached, without a slash at the end. */
  urlOf(host: string): string
  /** Who vouches for these places, as PEM. */
  readonly ca?: string
  /** Exchanges that the client has neither finished nor aborted. */
  inFlight(): number
  /** Answers whose body the client has neither read nor given up. */
  unread(): number
  escapes(): readonly Escape[]
  /** The process is gone, and its connections with it: nobody there hears of them any more. */
  drop(life: Life): void
  /** Records changes that nobody of ours asked for. */
  commit(effects: readonly EffectFacts[]): void
  /** Restores every patched global, and closes every socket. */
  close(): void | Promise<void>
}

export interface Transport {
  readonly kind: 'virtual' | 'loopback'
  open(options: TransportOptions): Opened | Promise<Opened>
}
