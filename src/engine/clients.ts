// The life of a client within a cell: loaded, created once per instance, closed at the end.

import { limits } from '#context/limits.ts'
import { runAs, type Owner } from '#context/owner.ts'
import { UserError } from '#context/user-error.ts'
import { checkClient } from '#client/check-client.ts'
import type { Client, ClientDefinition, ClientWorld } from '#client/client.ts'
import { createDurableStore } from '#client/durable-store.ts'
import type { LoopEnd, VirtualClock } from '#clock/virtual-clock.ts'
import type { Recorder } from '#history/recorder.ts'
import type { Prng } from '#random/prng.ts'
import type { Scenario } from '#scenario/scenario.ts'
import { errorFacts } from './error-facts.ts'
import type { SimulatedWorld } from './world.ts'

export type Instance = { readonly client: Client; readonly owner: Owner }

type Birth = {
  readonly definition: ClientDefinition
  readonly scenario: Scenario
  readonly world: SimulatedWorld
  readonly fetch: typeof fetch
  readonly random: Prng
  /** Lets virtual time pass until `until` holds. */
  readonly pass: (until: () => boolean, horizon: number) => Promise<LoopEnd>
}

/** Throws UserError when `create` throws, never ends, or returns something that is not a client. */
export async function createClients(birth: Birth): Promise<Instance[]> {
  const { definition, scenario, random } = birth
  const instances: Instance[] = []
  for (let instance = 0; instance < scenario.instances; instance += 1) {
    const workspace = scenario.workspaces[0]?.name ?? ''
    const owner: Owner = { instance, workspace, operation: null, random: random.fork('instance', instance).next }
    const world = clientWorld(birth, instance)
    const settled = await watch(birth, () => runAs(owner, () => definition.create(world)))
    if (settled.kind === 'failed') {
      const { name, message } = errorFacts(settled.error)
      throw new UserError(`The client "${definition.name}" threw while it was created: ${name}: ${message}`, {
        hint: '`create(world)` must return { operations } without needing anything outside the simulated world.',
      })
    }
    const created: unknown = settled.value
    checkClient(definition, created, [...birth.world.intents.values()])
    instances.push({ client: created, owner })
  }
  return instances
}

type Settled = { kind: 'returned'; value: unknown } | { kind: 'failed'; error: unknown }

async function watch(birth: Pick<Birth, 'pass' | 'definition'>, work: () => unknown): Promise<Settled> {
  let settled: Settled | undefined
  attempt(work).then(
    (value) => (settled = { kind: 'returned', value }),
    (error) => (settled = { kind: 'failed', error }),
  )
  const end = await birth.pass(() => settled !== undefined, limits.closeMs)
  if (settled) return settled
  throw new UserError(
    `The client "${birth.definition.name}" was not created within ${limits.closeMs / 1_000} virtual seconds (${end.end}).`,
    {
      hint: 'A client must be able to start while the API answers; check for an await that nothing resolves.',
    },
  )
}

function attempt(work: () => unknown): Promise<unknown> {
  try {
    return Promise.resolve(work())
  } catch (error) {
    return Promise.reject(error as Error)
  }
}

function clientWorld({ scenario, world, fetch }: Birth, instance: number): ClientWorld {
  const workspaces = Object.fromEntries(
    scenario.workspaces.map(({ name, region }) => [
      name,
      { region, url: urlOf(region), token: world.tokens[name] ?? '' },
    ]),
  )
  const first = scenario.workspaces[0]?.name ?? ''
  return {
    url: workspaces[first]?.url ?? '',
    token: workspaces[first]?.token ?? '',
    workspaces,
    statusPage: 'https://www.intercomstatus.com',
    store: createDurableStore(),
    fetch,
    webhookSecret: 'not-a-secret',
    graph: { url: 'https://graph.facebook.com/v23.0', token: world.graphToken },
    instance,
  }
}

function urlOf(region: string): string {
  return region === 'us' ? 'https://api.intercom.io' : `https://api.${region}.intercom.io`
}

/** Calls `close` of every instance and lets time pass until all have settled. */
export async function closeClients(
  instances: readonly Instance[],
  recorder: Recorder,
  clock: VirtualClock,
  pass: Birth['pass'],
): Promise<void> {
  for (const { client, owner } of instances) {
    const { close } = client
    if (!close) {
      recorder.record({ kind: 'client.closed', how: 'absent', message: '' })
      continue
    }
    let how: 'settled' | 'failed' | undefined
    let message = ''
    attempt(() => runAs(owner, () => close())).then(
      () => (how = 'settled'),
      (error) => {
        how = 'failed'
        message = errorFacts(error).message
      },
    )
    await pass(() => how !== undefined, clock.now() + limits.closeMs)
    recorder.record({ kind: 'client.closed', how: how ?? 'overdue', message })
  }
}
