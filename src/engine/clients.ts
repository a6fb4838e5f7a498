// The client within a cell: created once per instance at the start, drained and closed at the end.

import { limits } from '#context/limits.ts'
import { runAs } from '#context/owner.ts'
import { isUserError, UserError } from '#context/user-error.ts'
import { checkClient } from '#client/check-client.ts'
import type { Clock } from '#clock/clock.ts'
import type { LoopEnd } from '#clock/clock-loop.ts'
import type { Recorder } from '#history/recorder.ts'
import { errorFacts } from './error-facts.ts'
import { Instance, type Surroundings } from './instance.ts'
import { settled, within, type Answer, type Settled } from './within.ts'

/** Lets virtual time pass until `until` holds. */
export type Pass = (until: () => boolean, horizon: number) => Promise<LoopEnd>

/** Throws UserError when `create` throws, never ends, or returns something that is not a client. */
export async function createClients(surroundings: Surroundings, pass: Pass): Promise<Instance[]> {
  const { definition, scenario, world } = surroundings
  const instances: Instance[] = []
  for (let index = 0; index < scenario.instances; index += 1) {
    const instance = new Instance(index, surroundings)
    const { owner, life, create } = instance.conceive()
    const answer = await watch(definition.name, pass, () => runAs(owner, create))
    if (answer.kind === 'failed') {
      // What the machine refused is not what the client did.
      if (isUserError(answer.error) && answer.error.isMachine) throw answer.error
      const { name, message } = errorFacts(answer.error)
      throw new UserError(`The client "${definition.name}" threw while it was created: ${name}: ${message}`, {
        hint: '`create(world)` must return { operations } without needing anything outside the simulated world.',
      })
    }
    const client = runAs(owner, () => checkClient(definition, answer.value, [...world.intents.values()]))
    instance.alive = { client, owner, life }
    instances.push(instance)
  }
  return instances
}

async function watch(name: string, pass: Pass, work: () => unknown): Promise<Settled> {
  let answer: Settled | undefined
  void settled(work).then((value) => (answer = value))
  const end = await pass(() => answer !== undefined, limits.closeMs)
  if (answer) return answer
  throw new UserError(
    `The client "${name}" was not created within ${limits.closeMs / 1_000} virtual seconds (${end.end}).`,
    {
      hint: 'A client must be able to start while the API answers; check for an await that nothing resolves.',
    },
  )
}

/** Lets every instance send what is still queued. */
export async function drainClients(
  instances: readonly Instance[],
  recorder: Recorder,
  clock: Clock,
  pass: Pass,
): Promise<void> {
  const draining = instances.flatMap(({ index, alive }) => {
    const drain = alive?.client.drain
    return alive && drain ? [{ index, owner: alive.owner, drain: () => drain.call(alive.client) }] : []
  })
  if (draining.length === 0) return
  let left = draining.length
  for (const { index, owner, drain } of draining)
    void within(clock, limits.drainMs, owner, drain).then(({ kind }) => {
      left -= 1
      recorder.record({
        kind: 'action.taken',
        action: 'drain',
        instance: index,
        workspace: null,
        done: kind === 'returned',
      })
    })
  await pass(() => left === 0, clock.now() + limits.drainMs)
}

/** Calls `close` of every instance and lets time pass until all have settled. */
export async function closeClients(
  instances: readonly Instance[],
  recorder: Recorder,
  clock: Clock,
  pass: Pass,
): Promise<void> {
  for (const { alive } of instances) {
    if (!alive) continue
    const { close } = alive.client
    if (!close) {
      recordClosed(recorder, { kind: 'absent' })
      continue
    }
    let answer: Settled | undefined
    void settled(() => runAs(alive.owner, () => close.call(alive.client))).then((value) => (answer = value))
    await pass(() => answer !== undefined, clock.now() + limits.closeMs)
    recordClosed(recorder, answer ?? { kind: 'overdue' })
  }
}

export function recordClosed(recorder: Recorder, answer: Answer | { readonly kind: 'absent' }): void {
  const how = answer.kind === 'returned' ? 'settled' : answer.kind
  const message = answer.kind === 'failed' ? errorFacts(answer.error).message : ''
  recorder.record({ kind: 'client.closed', how, message })
}
