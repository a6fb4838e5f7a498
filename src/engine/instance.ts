// One process of the client under test. It may die and be born again during a run; what is durable outlives it.

import type { Life, Owner } from '#context/owner.ts'
import type { Client, ClientDefinition, ClientWorld, DurableStore } from '#client/client.ts'
import { createDurableStore, storeOf } from '#client/durable-store.ts'
import type { Prng } from '#random/prng.ts'
import type { Scenario } from '#scenario/scenario.ts'
import type { Opened } from '#transport/transport.ts'
import { hasIntercom, type SimulatedWorld } from './world.ts'

export type Surroundings = {
  readonly definition: ClientDefinition
  /** The client with its modules loaded anew, for processes that start later: what a module keeps dies with its process. */
  readonly later: readonly ClientDefinition[]
  readonly scenario: Scenario
  readonly world: SimulatedWorld
  readonly opened: Pick<Opened, 'fetch' | 'urlOf' | 'ca'>
  readonly random: Prng
  readonly services: ClientWorld['services']
}

export type Alive = { readonly client: Client; readonly owner: Owner; readonly life: Life }

export class Instance {
  readonly index: number
  /** `null` while nobody is there: the old process has gone, and the new one is not ready. */
  alive: Alive | null = null
  readonly #surroundings: Surroundings
  readonly #store: DurableStore = createDurableStore()
  #lives = 0

  constructor(index: number, surroundings: Surroundings) {
    this.index = index
    this.#surroundings = surroundings
  }

  /** A new process: whose work its own is, and the world as it finds it. */
  conceive(): { readonly owner: Owner; readonly life: Life; create(): unknown } {
    const { definition: first, later, scenario, random } = this.#surroundings
    const number = this.#lives
    const definition = number === 0 ? first : (later[(number - 1) * scenario.instances + this.index] ?? first)
    this.#lives += 1
    const life: Life = { number, over: false }
    const stream =
      number === 0 ? random.fork('instance', this.index) : random.fork('instance', this.index, 'life', number)
    const workspace = scenario.workspaces[0]?.name ?? ''
    const owner: Owner = { instance: this.index, life, workspace, operation: null, random: stream.next }
    const world = clientWorld(
      this.#surroundings,
      this.index,
      storeOf(this.#store, () => life.over),
    )
    return { owner, life, create: () => definition.create(world) }
  }

  /** Work of its own, besides any operation, with a stream of randomness of its own. */
  background(purpose: string, ...nth: readonly (string | number)[]): Owner | null {
    if (!this.alive) return null
    const { owner } = this.alive
    return { ...owner, random: this.#surroundings.random.fork(purpose, this.index, ...nth).next }
  }
}

function clientWorld(
  { scenario, world, opened, services }: Surroundings,
  instance: number,
  store: DurableStore,
): ClientWorld {
  const workspaces = Object.fromEntries(
    scenario.workspaces.map(({ name, region }) => [
      name,
      {
        region,
        url: hasIntercom(region) ? opened.urlOf(hostOf(region)) : '',
        token: world.tokens[name] ?? '',
        apis: apisOf(world, opened, name, region),
      },
    ]),
  )
  const first = scenario.workspaces[0]?.name ?? ''
  return {
    url: workspaces[first]?.url ?? '',
    token: workspaces[first]?.token ?? '',
    apis: workspaces[first]?.apis ?? {},
    workspaces,
    statusPage: opened.urlOf('www.intercomstatus.com'),
    store,
    fetch: opened.fetch,
    webhookSecret: world.webhookSecret,
    graph: { url: `${opened.urlOf('graph.facebook.com')}/v23.0`, token: world.graphToken },
    instance,
    ...(opened.ca !== undefined && { ca: opened.ca }),
    services,
  }
}

/** Where a workspace finds the services of somebody's own, and with which token. */
function apisOf(
  { apis }: SimulatedWorld,
  opened: Surroundings['opened'],
  workspace: string,
  region: string,
): ClientWorld['apis'] {
  const entries = Array.from(apis, ([name, service]) => {
    return [
      name,
      { url: `${opened.urlOf(service.hostFor(region))}${service.base}`, token: service.tokens[workspace] ?? '' },
    ]
  })
  return Object.fromEntries(entries)
}

function hostOf(region: string): string {
  return region === 'us' ? 'api.intercom.io' : `api.${region}.intercom.io`
}
