// The simulated world of a scenario: Intercom, its status page and the fleets that serve them.

import type { Prng } from '#random/prng.ts'
import type { Scenario } from '#scenario/scenario.ts'
import { createIntercom } from '#server/intercom/intercom.ts'
import type { Intent } from '#server/intent.ts'
import type { World } from '#server/service.ts'
import { createStatusPage } from '#server/status-page/status-page.ts'
import { createFleet } from '#server/worker-fleet.ts'

export type SimulatedWorld = World & {
  /** By workspace. */
  readonly tokens: Readonly<Record<string, string>>
  readonly intents: ReadonlyMap<string, Intent>
  readonly graphToken: string
}

/** Without faults the status page has nothing to tell either. */
export function createWorld(scenario: Scenario, faults: boolean, random: Prng): SimulatedWorld {
  const { workspaces, startMs, statusPage } = scenario
  const intercom = createIntercom({ workspaces, startMs, random: random.fork('intercom') })
  const page = createStatusPage({ startMs, changes: faults ? statusPage : [] })
  const fleets = Object.entries(scenario.fleets).map(
    ([name, config]) => [name, createFleet(name, config, random.fork('fleet', name))] as const,
  )
  return { services: [intercom, page], fleets: new Map(fleets), tokens: intercom.tokens, intents: intercom.intents, graphToken: 'EAAJZZZZ' }
}
