// The simulated world of a scenario: Intercom, its status page, Meta's media and the fleets that serve them.

import type { Prng } from '#random/prng.ts'
import type { Activity, Scenario } from '#scenario/scenario.ts'
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
  readonly intents: ReadonlyMap<string, Intent>
  readonly graphToken: string
  /** What webhooks are signed with. */
  readonly webhookSecret: string
  /** Something happens in a workspace without the client, `at` ms after the run's start. */
  act(activity: Activity, at: number, random: Prng): Happening
  /** From now on `tokens` holds another one for the workspace. */
  rotateToken(workspace: string): void
}

/** Without faults the status page has nothing to tell either. */
export function createWorld(scenario: Scenario, faults: boolean, random: Prng): SimulatedWorld {
  const { workspaces, startMs, statusPage } = scenario
  // Which servers refuse what is the business of a fault (method-rejection).
  const graph = createGraphMedia({ startMs, random: random.fork('graph-media'), honoursMethodGet: 1 })
  const intercom = createIntercom({ workspaces, startMs, random: random.fork('intercom'), mediaSent: graph.sent })
  const page = createStatusPage({
    startMs,
    changes: faults ? statusPage : [],
    maintenances: faults ? scenario.maintenances : [],
  })
  const fleets = Object.entries(scenario.fleets).map(
    ([name, config]) => [name, createFleet(name, config, random.fork('fleet', name))] as const,
  )
  return {
    services: [intercom, page, graph],
    fleets: new Map(fleets),
    tokens: intercom.tokens,
    intents: intercom.intents,
    tunable: intercom,
    graphToken: graph.token,
    webhookSecret: 'not-a-secret',
    act: ({ workspace, topic, attachment }, at, own) => intercom.act(workspace, topic, at, own, { attachment }),
    rotateToken: (workspace) => void intercom.rotateToken(workspace),
  }
}
