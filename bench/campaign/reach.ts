// Which planted bugs a campaign cannot find on this ground, and why: those that only show where a scenario asks for something in
// particular, has webhooks, or asks for operations that the ground does not ask for.

import { loadFile } from '#scenario/load.ts'
import type { Scenario } from '#scenario/scenario.ts'
import { join } from 'node:path'
import { globSync } from 'node:fs'
import type { Declaration } from '../matrix/declarations.ts'

/** They judge nothing unless a scenario names a load, a time or a text. */
const asked = new Set([
  'unaffected',
  'recovers',
  'keeps-serving',
  'catches-up',
  'health-names-the-problem',
  'always-holds',
  'sometimes-happens',
  'keeps-request-id',
  'promises-are-worth-something',
])

export function outOfReach({ oracles, scenario }: Declaration, ground: Scenario, root: string): string | undefined {
  const [oracle] = oracles
  if (asked.has(oracle)) return `${oracle} judges only what a scenario asks for`
  const [name = ''] = scenario.split(':')
  const [file] = globSync(join(root, `scenarios/*/${name}.yaml`))
  if (file === undefined) return 'its scenario is not there'
  const own = loadFile(file, root)
  if (own.activities.length > 0 && own.name !== ground.name) return 'it takes webhooks'
  if (own.actions.length > 0) return 'it takes operators'
  const operations = new Set(ground.loads.map((load) => load.do))
  const shared = own.loads.filter((load) => operations.has(load.do))
  return shared.length === 0 ? 'the ground asks for none of its operations' : undefined
}
