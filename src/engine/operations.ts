// Asks the client and records how each operation ended. One operation is one call of a handler of the client.

import { plainCopy } from '#context/plain-copy.ts'
import { runAs } from '#context/owner.ts'
import type { Owner } from '#context/owner.ts'
import type { ClientDefinition, Operation, Operations } from '#client/client.ts'
import { outcomeOf } from '#client/outcome.ts'
import type { RunClock } from '#clock/run-clock.ts'
import type { EventOf } from '#history/event.ts'
import type { Recorder } from '#history/recorder.ts'
import type { Prng } from '#random/prng.ts'
import type { IntentName } from '#server/intent.ts'
import { isCut } from '#server/intercom/intents/shown.ts'
import type { EffectFacts } from '#server/service.ts'
import type { Fulfilled } from '#transport/transport.ts'
import { errorFacts } from './error-facts.ts'
import type { Alive, Instance } from './instance.ts'
import { Wishes } from './wishes.ts'
import type { Request } from './workload.ts'

/** How often an impatient person asks again before giving up. */
const repeatsMax = 2

type Parts = {
  readonly clock: RunClock
  readonly recorder: Recorder
  readonly random: Prng
  readonly definition: ClientDefinition
  readonly instances: readonly Instance[]
  /** How many operations the load asks for; repeats are numbered beyond. */
  readonly planned: number
}

type Settling =
  | { kind: 'operation.ok'; result: 'fresh' | 'stale' | 'queued' | 'fallback' | 'dropped'; hollow?: true }
  | { kind: 'operation.error'; error: ReturnType<typeof errorFacts> }

export class Desk {
  readonly #parts: Parts
  /** Operations that have not settled, and the instance that was asked. */
  readonly #open = new Map<number, number>()
  readonly #waiting: { readonly instance: number; readonly tell: () => void }[] = []
  readonly #entities = new Map<number, string>()
  readonly #keys = new Map<number, string>()
  readonly #wishes = new Wishes()

  constructor(parts: Parts) {
    this.#parts = parts
  }

  /** Asks now, and again if nobody answers an impatient person. */
  ask(request: Request): void {
    this.#ask(request, 0, undefined)
  }

  /** Operations that have not settled. */
  open(): readonly number[] {
    return [...this.#open.keys()]
  }

  isOpen(operation: number): boolean {
    return this.#open.has(operation)
  }

  /** Whether it was ever asked for. */
  knows(operation: number): boolean {
    return operation < this.#parts.planned * (repeatsMax + 1)
  }

  /** What this operation started goes on after its end, and somebody else of this instance waits for the same thing: then it
   * is their work, whoever's name it carries. Queues run jobs in the context of whoever woke them. */
  servesAnother(operation: number, instance: number): boolean {
    const entity = this.#entities.get(operation)
    if (entity === undefined || this.#open.has(operation)) return false
    for (const [other, asked] of this.#open) if (asked === instance && this.#entities.get(other) === entity) return true
    return false
  }

  /** The entity an operation was asked about. */
  entityOf(operation: number): string | undefined {
    return this.#entities.get(operation)
  }

  /** The business key an operation was asked about. */
  keyOf(operation: number): string | undefined {
    return this.#keys.get(operation)
  }

  /** What a change did of what was asked for. */
  fulfilled(workspace: string | null, effect: EffectFacts): Fulfilled {
    return this.#wishes.held(workspace, effect)
  }

  /** When nothing that this instance was asked is open any more. */
  idle(instance: number): Promise<void> {
    if (!this.#isBusy(instance)) return Promise.resolve()
    return new Promise((tell) => this.#waiting.push({ instance, tell }))
  }

  /** Nobody will answer what has not been answered: the process is gone, or the run over. */
  giveUp(reason: EventOf<'operation.unknown'>['reason'], instance?: number): void {
    for (const [operation, asked] of this.#open)
      if (instance === undefined || asked === instance) this.#lose(operation, reason)
  }

  #lose(operation: number, reason: EventOf<'operation.unknown'>['reason']): void {
    this.#open.delete(operation)
    this.#parts.recorder.record({ kind: 'operation.unknown', operation, reason })
  }

  #isBusy(instance: number): boolean {
    for (const asked of this.#open.values()) if (asked === instance) return true
    return false
  }

  #ask(request: Request, repeat: number, first: number | undefined): void {
    const { random, instances, planned } = this.#parts
    const { load, nth } = request
    // Never counted on: one impatient person more must not renumber, and so reseed, everybody after.
    const operation = request.operation + repeat * planned
    // Behind a load balancer, whoever asks again is served by the next process.
    const instance = (nth + repeat) % instances.length
    this.#begin(request, operation, instance, first)
    const alive = instances[instance]?.alive
    // Nobody is there. What is under way in a process that is stopping goes on.
    if (!alive) return this.#lose(operation, 'crashed')
    const stream = random.fork('operation', load.name, nth, repeat)
    const owner: Owner = { instance, life: alive.life, workspace: load.workspace, operation, random: stream.next }
    const controller = new AbortController()
    if (load.cancelAfterMs !== undefined) this.#cancelAfter(load.cancelAfterMs, owner, operation, controller)
    if (load.impatientMs !== undefined && repeat < repeatsMax) {
      this.#whenStillOpen(operation, load.impatientMs, () => this.#ask(request, repeat + 1, first ?? operation))
    }
    this.#invoke(request, alive, owner, operation, controller.signal)
  }

  #begin(request: Request, operation: number, instance: number, first: number | undefined): void {
    const { load, intent, ask } = request
    const { entity, key } = ask
    const promise = this.#parts.definition.promises[intent.name as IntentName]
    const order = orderOf(ask.input, promise && 'order' in promise ? promise.order : undefined)
    this.#open.set(operation, instance)
    if (entity !== undefined) this.#entities.set(operation, entity)
    if (key !== undefined) this.#keys.set(operation, key)
    if (first === undefined) this.#wishes.add(operation, request)
    this.#parts.recorder.record({
      kind: 'operation.invoked',
      operation,
      instance,
      workspace: load.workspace,
      name: intent.name,
      effect: intent.effect,
      load: load.name,
      ...(entity !== undefined && { entity }),
      ...(key !== undefined && { key }),
      ...(order !== undefined && { order }),
      ...(intent.content && { content: intent.content.fields }),
      ...(first !== undefined && { repeats: first }),
    })
  }

  #cancelAfter(ms: number, owner: Owner, operation: number, controller: AbortController): void {
    this.#whenStillOpen(operation, ms, () => {
      this.#parts.recorder.record({ kind: 'operation.cancelled', operation })
      runAs(owner, () => controller.abort())
    })
  }

  #whenStillOpen(operation: number, ms: number, work: () => void): void {
    const { clock } = this.#parts
    clock.schedule(clock.now() + ms, () => {
      if (this.#open.has(operation)) work()
    })
  }

  #invoke(request: Request, { client }: Alive, owner: Owner, operation: number, signal: AbortSignal): void {
    const call = { signal, workspace: owner.workspace, resume: <T>(work: () => T): T => runAs(owner, work) }
    const input = plainCopy(request.ask.input)
    const answer = new Promise((resolve, reject) => {
      try {
        resolve(runAs(owner, () => handlerOf(client.operations, request.intent.name)(input, call)))
      } catch (error) {
        reject(error)
      }
    })
    answer.then(
      (value) => this.#settle(operation, () => this.#describe(request, operation, value)),
      (error) => this.#settle(operation, () => ({ kind: 'operation.error', error: errorFacts(error) })),
    )
  }

  #describe({ intent, ask, load }: Request, operation: number, returned: unknown): Settling {
    const outcome = outcomeOf(returned)
    const value = 'value' in outcome ? outcome.value : undefined
    const { shows } = this.#parts.definition
    const shown = value === undefined ? undefined : shows?.(value)
    if (isCut(value)) this.#parts.recorder.record({ kind: 'limit.reached', limit: 'valueMembers', operation })
    const truth = value === undefined ? undefined : intent.truth(load.workspace, ask, value, shown)
    const hollow = 'value' in outcome && isHollow(value, shows !== undefined)
    return {
      kind: 'operation.ok',
      result: outcome.kind,
      ...('ageMs' in outcome && Number.isFinite(outcome.ageMs) && { ageMs: outcome.ageMs }),
      ...(truth && { truth }),
      ...(hollow && { hollow: true as const }),
    }
  }

  /** A value of the client that throws when it is read is an error of the client. */
  #settle(operation: number, describe: () => Settling): void {
    const instance = this.#open.get(operation)
    if (instance === undefined) return
    this.#open.delete(operation)
    const timersLeft = this.#parts.clock.clientTimers(operation)
    this.#parts.recorder.record({ ...described(describe), operation, timersLeft })
    if (this.#waiting.length > 0) this.#tellIdle(instance)
  }

  #tellIdle(instance: number): void {
    if (this.#isBusy(instance)) return
    for (const { instance: other, tell } of this.#waiting.splice(0)) {
      if (other === instance) tell()
      else this.#waiting.push({ instance: other, tell })
    }
  }
}

/** What the promised field holds: a text, a number, or something with an id. */
function orderOf(input: unknown, field: string | undefined): string | undefined {
  if (field === undefined || typeof input !== 'object' || input === null) return undefined
  // The API's spelling of a field is as good as ours.
  const ours = field.replaceAll(/_([a-z])/gu, (_, letter: string) => letter.toUpperCase())
  const name = Object.hasOwn(input, field) ? field : ours
  const value: unknown = Object.getOwnPropertyDescriptor(input, name)?.value
  const told: unknown = typeof value === 'object' && value !== null && 'id' in value ? value.id : value
  return typeof told === 'string' || typeof told === 'number' ? String(told) : undefined
}

/** A view model may be a text, a number or an unread answer, when the client says what it shows. */
function isHollow(value: unknown, hasView: boolean): boolean {
  if (value === undefined || value === null) return true
  if (typeof value !== 'object') return !hasView
  if (Array.isArray(value)) return value.length === 0
  if (value instanceof Response) return !hasView
  const isPlain = Object.getPrototypeOf(value) === Object.prototype || Object.getPrototypeOf(value) === null
  return isPlain && Object.keys(value).length === 0
}

/** Looked up each time, as a server would: a client may take an operation away, and then asking for it is an error. */
function handlerOf(operations: Operations, name: string): Operation<unknown> {
  const handler: unknown = operations[name as keyof Operations]
  if (typeof handler !== 'function') throw new TypeError(`The client no longer offers the operation "${name}"`)
  return handler as Operation<unknown>
}

function described(describe: () => Settling): Settling {
  try {
    return describe()
  } catch (error) {
    return { kind: 'operation.error', error: errorFacts(error) }
  }
}
