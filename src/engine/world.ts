// The simulated world of a scenario: Intercom, its status page, Meta's media, the services that somebody defined, and the fleets that
// serve them.

import type { Prng } from '#random/prng.ts'
import type { Activity, Scenario } from '#scenario/scenario.ts'
import { regions } from '#scenario/services.ts'
import { createDefinedService, type DefinedService } from '#server/defined/defined-service.ts'
import { createGraphMedia } from '#server/graph-media/graph-media.ts'
import { createIntercom } from '#server/intercom/intercom.ts'
import type { Intent } from '#server/intent.ts'
import type { World } from '#server/service.ts'
import type { Happening } from '#server/webhooks/notice.ts'
import { createStatusPage } from '#server/status-page/status-page.ts'
import { createFleet } from '#server/worker-fleet.ts'

export type SimulatedWorld = World & {
  /** By workspace, as they are now. */
  readonly tokens: Readonly<Record<string, string>>
  /** Services of somebody's own, by what the scenario calls them. */
  readonly apis: ReadonlyMap<string, DefinedService>
  readonly intents: ReadonlyMap<string, Intent>
  readonly graphToken: string
  /** What webhooks are signed with. */
  readonly webhookSecret: string
  /** Something happens in a workspace without the client, `at` ms after the run's start. */
  act(activity: Activity, at: number, random: Prng): Happening
  /** From now on `tokens`, and the services of one's own, hold another one for the workspace. */
  rotateToken(workspace: string): void
}

/** Without faults the status page has nothing to tell either. */
export function createWorld(scenario: Scenario, faults: boolean, random: Prng): SimulatedWorld {
  const { startMs, statusPage } = scenario
  // Which servers refuse what is the business of a fault (method-rejection).
  const graph = createGraphMedia({ startMs, random: random.fork('graph-media'), honoursMethodGet: 1 })
  const workspaces = scenario.workspaces.filter(({ region }) => hasIntercom(region))
  const intercom = createIntercom({ workspaces, startMs, random: random.fork('intercom'), mediaSent: graph.sent })
  const page = createStatusPage({
    startMs,
    changes: faults ? statusPage : [],
    maintenances: faults ? scenario.maintenances : [],
  })
  const apis = definedIn(scenario, random)
  const fleets = Object.entries(scenario.fleets).map(
    ([name, config]) => [name, createFleet(name, config, random.fork('fleet', name))] as const,
  )
  const own = [...apis.values()]
  return {
    services: [intercom, page, graph, ...own],
    fleets: new Map(fleets),
    tokens: intercom.tokens,
    apis,
    intents: new Map([...intercom.intents, ...own.flatMap(({ intents }) => [...intents])]),
    tunable: {
      under(levers) {
        for (const service of [intercom, ...own]) service.under(levers)
      },
    },
    graphToken: graph.token,
    webhookSecret: 'not-a-secret',
    act: ({ workspace, topic, attachment }, at, stream) => intercom.act(workspace, topic, at, stream, { attachment }),
    rotateToken(workspace) {
      if (Object.hasOwn(intercom.tokens, workspace)) intercom.rotateToken(workspace)
      for (const service of own) service.rotateToken(workspace)
    },
  }
}

/** Intercom has workspaces in its own regions only. */
export function hasIntercom(region: string): boolean {
  return (regions as readonly string[]).includes(region)
}

/** By what the scenario calls the services, and by workspace. */
export function apiTokensOf({ apis }: SimulatedWorld): Readonly<Record<string, Readonly<Record<string, string>>>> {
  return Object.fromEntries(Array.from(apis, ([name, { tokens }]) => [name, tokens]))
}

function definedIn(
  { services = [], workspaces, startMs }: Scenario,
  random: Prng,
): ReadonlyMap<string, DefinedService> {
  return new Map(
    services.map(({ name, definition }) => {
      const own = random.fork('service', name)
      return [name, createDefinedService({ definition, workspaces, startMs, random: own })]
    }),
  )
}
