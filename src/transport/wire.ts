// What all exchanges of one run share: the options, the counters, the fleets under pressure, and harness work that is
// scheduled outside any client's context and does nothing once the transport is closed.

import { runAsHarness, type Life, type Owner } from '#context/owner.ts'
import type { Unstamped } from '#history/event.ts'
import type { Fleet } from '#server/fleet.ts'
import type { EffectFacts } from '#server/service.ts'
import { isLocal } from './local.ts'
import { createRedactor, type Redactor } from './foreign-text.ts'
import { ServiceHandler, toHandlers } from './handlers.ts'
import { sumLevers } from './levers.ts'
import { sumPressure } from './pressure.ts'
import type { Escape, TransportOptions } from './transport.ts'

/** What the wire knows of an exchange: whose it is, and how to end it. */
type OpenExchange = { readonly owner: Owner | undefined; drop(): void }

/** An answer with a body, and the process that was to read it. */
export type Unread = { readonly life: Life | undefined }

export class Wire {
  readonly options: TransportOptions
  readonly redactor: Redactor = createRedactor()
  /** What the client has neither finished nor aborted. Held here, or an abort could come too late: after collection. */
  readonly open = new Set<OpenExchange>()
  /** Answers whose body the client has neither read nor given up. */
  readonly unread = new Set<Unread>()
  /** Calls of `fetch` that an abort may still end. Weakly: an answer that nobody reads must not keep all that was asked. */
  readonly abortable = new Set<WeakRef<{ finish(): void }>>()
  closed = false
  readonly #escapes = new Map<string, Escape>()
  readonly #handlers = new Map<string, ServiceHandler>()
  readonly #sent = new Map<string, number>()
  readonly #own = new Map<number, number>()
  #exchanges = 0
  #effects = 0

  constructor(options: TransportOptions) {
    this.options = options
    for (const handler of toHandlers(options.world.services))
      for (const { host } of handler.service.hosts) this.#handlers.set(host, handler)
    for (const [name, fleet] of options.world.fleets)
      fleet.under((at) => sumPressure(options.plan.conditions(name, at)))
    options.world.tunable?.under((workspace, at) => sumLevers(options.plan.workspaceConditions(workspace, at)))
  }

  record(event: Unstamped): void {
    if (!this.closed) this.options.recorder.record(event)
  }

  now(): number {
    return this.options.clock.now()
  }

  /** Runs harness work in virtual time. */
  at(at: number, work: () => void): void {
    runAsHarness(() =>
      this.options.clock.schedule(at, () => {
        if (!this.closed) runAsHarness(work)
      }),
    )
  }

  /** A mistake of ours, or of a service, stops the clock: it must not look like a network failure to the client. */
  stop(error: unknown): void {
    this.at(this.now(), () => {
      throw error
    })
  }

  /** Ends the run's traffic. Node keeps composed signals that somebody listens to for ever, and with them all they lead to. */
  close(): void {
    this.closed = true
    for (const call of this.abortable) call.deref()?.finish()
  }

  handlerOf(url: URL): ServiceHandler | undefined {
    return this.#handlers.get(url.host)
  }

  fleetOf(name: string): Fleet | undefined {
    return this.options.world.fleets.get(name)
  }

  nextExchange(): number {
    this.#exchanges += 1
    return this.#exchanges
  }

  /** `exchange` is null for changes that no client of ours asked for. */
  commit(effects: readonly EffectFacts[], exchange: number | null, workspace: string | null = null): void {
    for (const effect of effects) {
      const { entity, key, version, change } = effect
      this.#effects += 1
      this.record({
        kind: 'effect.committed',
        effect: this.#effects,
        exchange,
        entity,
        ...(key !== undefined && { key }),
        version,
        change,
        ...(exchange !== null && this.options.fulfilled?.(workspace, effect)),
      })
    }
  }

  /** 1 for the first exchange of an operation, or of an instance's background work. */
  nextOf(owner: Owner | undefined): number {
    const whose = ownerName(owner)
    const nth = (this.#sent.get(whose) ?? 0) + 1
    this.#sent.set(whose, nth)
    return nth
  }

  /** 1 for the first exchange that is certainly this operation's own. */
  countOf(operation: number): number {
    const count = (this.#own.get(operation) ?? 0) + 1
    this.#own.set(operation, count)
    return count
  }

  /** A request that left the simulation. It went nowhere. */
  refuse(host: string, via: string, owner: Owner | undefined): void {
    const cleaned = this.redactor.clean(host)
    this.record({ kind: 'exchange.refused', host: cleaned, via, operation: owner?.operation ?? null })
    const bare = host.replace(/:\d+$/u, '')
    if (this.options.dropHosts.has(host) || this.options.dropHosts.has(bare)) return
    const near = isLocal(host) || this.#handlers.has(bare)
    this.#escapes.set(`${cleaned} ${via}`, { host: cleaned, via, near })
  }

  escapes(): readonly Escape[] {
    return [...this.#escapes.values()]
  }
}

/** Stable across runs in which other owners do something else, so it names the owner's streams of randomness. */
export function ownerName(owner: Owner | undefined): string {
  if (owner && owner.operation !== null) return `operation ${owner.operation}`
  return `background ${owner?.instance ?? 0}`
}
