// Ends processes of the client and starts new ones while the run goes on. An orderly stop asks nothing more of the old process,
// calls its `close()` and lets it finish what is in flight; a killed one is gone at once, with its timers, its connections and
// what it was working on. The new one gets the same store and the tokens of that moment, and modules that were loaded anew for
// it.

import { limits } from '#context/limits.ts'
import { runAs, type Life } from '#context/owner.ts'
import { checkClient } from '#client/check-client.ts'
import type { ClientDefinition } from '#client/client.ts'
import { killDriver } from '#client/driver/roster.ts'
import type { Scheduled } from '#clock/clock.ts'
import type { RunClock } from '#clock/run-clock.ts'
import type { IntentFacts } from '#history/header.ts'
import type { Recorder } from '#history/recorder.ts'
import type { Opened } from '#transport/transport.ts'
import { recordClosed } from './clients.ts'
import { errorFacts } from './error-facts.ts'
import type { Alive, Instance } from './instance.ts'
import type { Desk } from './operations.ts'
import { within } from './within.ts'

type Parts = {
  readonly clock: RunClock
  readonly recorder: Recorder
  readonly opened: Opened
  readonly desk: Desk
  readonly definition: ClientDefinition
  readonly intents: readonly IntentFacts[]
  readonly spanMs: number
  /** The new process cannot start. */
  readonly onCrash: (error: unknown) => void
}

/** Between two processes: the one that is stopping or starting, or when the next one starts. */
type Change = { readonly life: Life } | { readonly birth: Scheduled }

export class Restarts {
  readonly #parts: Parts
  readonly #changes = new Map<Instance, Change>()

  constructor(parts: Parts) {
    this.#parts = parts
  }

  /** Some instance is between two processes. */
  busy(): boolean {
    return this.#changes.size > 0
  }

  /** In an orderly way. An instance that is between two processes is left alone. */
  restart(instance: Instance): void {
    const { alive } = instance
    if (!alive) return
    instance.alive = null
    this.#changes.set(instance, { life: alive.life })
    this.#guard(this.#replace(instance, alive))
  }

  /** A process that would start after the end of the run never does. */
  kill(instance: Instance, awayMs: number): void {
    const { clock, spanMs } = this.#parts
    const change = this.#changes.get(instance)
    if (change && 'birth' in change) {
      change.birth.cancel()
      this.#changes.delete(instance)
    }
    if (change && 'life' in change) this.#end(instance, change.life)
    if (instance.alive) this.#end(instance, instance.alive.life)
    const startsAt = clock.now() + awayMs
    if (startsAt >= spanMs) return
    this.#changes.set(instance, { birth: clock.schedule(startsAt, () => this.#guard(this.#begin(instance, false))) })
  }

  async #replace(instance: Instance, { client, owner, life }: Alive): Promise<void> {
    const { clock, recorder, desk } = this.#parts
    const { close } = client
    const answer = close && (await within(clock, limits.closeMs, owner, () => close.call(client)))
    if (life.over) return
    recordClosed(recorder, answer ?? { kind: 'absent' })
    await within(clock, limits.stoppingMs, owner, () => desk.idle(instance.index))
    if (life.over) return
    this.#end(instance, life)
    await this.#begin(instance, true)
  }

  /** Whatever the process still had to do is not done. */
  #end(instance: Instance, life: Life): void {
    const { clock, opened, desk } = this.#parts
    life.over = true
    instance.alive = null
    this.#changes.delete(instance)
    killDriver(life)
    clock.dropTimers(life)
    opened.drop(life)
    desk.giveUp('crashed', instance.index)
  }

  async #begin(instance: Instance, orderly: boolean): Promise<void> {
    const { clock, recorder, definition, intents } = this.#parts
    const { owner, life, create } = instance.conceive()
    this.#changes.set(instance, { life })
    const answer = await within(clock, limits.closeMs, owner, create)
    if (life.over) return
    this.#changes.delete(instance)
    if (answer.kind === 'failed') return this.#fail(answer.error)
    if (answer.kind === 'overdue') return this.#fail(new Error(`create() did not end in ${limits.closeMs / 1_000} s`))
    try {
      instance.alive = { client: runAs(owner, () => checkClient(definition, answer.value, intents)), owner, life }
    } catch (error) {
      return this.#fail(error)
    }
    recorder.record({ kind: 'client.restarted', instance: instance.index, orderly })
  }

  #fail(error: unknown): void {
    const { name, message } = errorFacts(error)
    this.#parts.onCrash({ name, message: `${message} (when the client was started again)` })
  }

  /** A mistake of ours stops the run. */
  #guard(work: Promise<void>): void {
    const { clock } = this.#parts
    work.catch((error: unknown) =>
      clock.schedule(clock.now(), () => {
        throw error
      }),
    )
  }
}
