// `world`: the workspaces that the client serves, what they hold, and the fleets that serve them. A fleet that is not listed
// is ample.

import { z } from 'zod'
import { durationMs, ratePerSecond } from '#fault/units.ts'
import type { FleetConfig } from '#server/fleet.ts'
import { suggest } from './problem.ts'
import type { Path, Problems } from './problem.ts'
import type { Workspace } from './scenario.ts'
import { regions } from './services.ts'
import { name, section, text, wholeNumber } from './terms.ts'
import { readWorkspaceFile } from './workspace-file.ts'
import { checkRegion, worldServicesSchema, type Simulated } from './world-services.ts'

const fleetName = text(/^[a-z]+-[a-z]+(?:-[a-z]+)*$/u, 'must be <region>-<product>, such as au-rest')

const fleetSchema = section({
  workers: wholeNumber(1, 100_000).describe('Requests that are served at the same time.'),
  serviceTime: durationMs.describe('Mean time a worker spends on a request.'),
  queue: wholeNumber(0, 1_000_000).describe('Requests that may wait for a worker; beyond it the fleet overflows.'),
  otherTenants: ratePerSecond.describe('The load of everybody else.'),
  abandoned: z
    .enum(['served', 'dropped'])
    .describe('Whether a request is still served after its client gave up on it.'),
  overflow: z
    .enum(['hang', 'reject'])
    .optional()
    .describe('A request that finds the queue full is never answered, or answered 503 at once. Default: reject.'),
  gatewayTimeout: durationMs
    .optional()
    .describe('A request that has waited this long is answered 504 and never served. Default: 60s.'),
}).describe('The servers of one product in one region.')

const workspaceSchema = section({
  region: text(/^[a-z]{1,20}$/u, 'must be a region such as eu')
    .describe('Where it is hosted: a region of Intercom, or of a service of your own.')
    .meta({ anyOf: [{ enum: [...regions] }, { type: 'string' }] }),
  shard: text(/^[a-z][a-z0-9-]{0,19}$/u, 'must be a name such as a or shard-2')
    .optional()
    .describe("The part of the provider's database that holds it. Default: a."),
  holds: text(
    /^(?:[a-z][A-Za-z0-9-]{0,59}|(?!\/)[\w./-]{1,200}\.json)$/u,
    'must be the name of a workspace file, or its path relative to this file',
  )
    .optional()
    .describe(
      'What it holds at the start: a file of fixtures/workspaces by its name, or a relative path that ends in .json. Default: a generated population.',
    ),
  leads: wholeNumber(0, 1_000)
    .optional()
    .describe('Visitors who left an address, beside the customers of a generated population. Default: 0.'),
})

export const worldSchema = section({
  workspaces: z
    .record(name, workspaceSchema)
    .describe('The workspaces that one client process serves. The first is the default of loads.'),
  services: worldServicesSchema.optional(),
  fleets: z.record(fleetName, fleetSchema).optional().describe('Fleets with limits, named <region>-<product>.'),
}).describe('What is simulated.')

type WorldText = z.infer<typeof worldSchema>

/** `near` is where the scenario lies: what workspaces hold is found from there. */
export function resolveWorkspaces(
  world: WorldText,
  near: string,
  simulated: Simulated,
  problems: Problems,
): readonly Workspace[] {
  const workspaces = Object.entries(world.workspaces).map(([workspace, { region, shard = 'a', holds, leads = 0 }]) => {
    const path = ['world', 'workspaces', workspace]
    checkRegion(region, [...path, 'region'], simulated, problems)
    // Of a region that is wrong nothing more is said.
    const home = simulated.regions.includes(region) ? region : regions[0]
    const fixture = holds === undefined ? undefined : readWorkspaceFile(holds, near, [...path, 'holds'], problems)
    if (holds !== undefined && leads > 0)
      problems.value(
        [...path, 'leads'],
        `\`${path.join('.')}\` has both \`holds\` and \`leads\``,
        'The file says who is a lead.',
      )
    return { name: workspace, region: home, shard, ...(fixture && { fixture }), ...(leads > 0 && { leads }) }
  })
  if (workspaces.length === 0)
    problems.key(['world', 'workspaces'], 'the world has no workspace', 'A client needs one to work for.')
  return workspaces
}

/** A workspace that something is about; the first one when it does not say. */
export function resolveWorkspaceName(
  written: string | undefined,
  path: Path,
  workspaces: readonly Workspace[],
  problems: Problems,
): string {
  const names = workspaces.map((workspace) => workspace.name)
  if (written !== undefined && !names.includes(written)) {
    const what = `\`${path.join('.')}\` is about the unknown workspace \`${written}\``
    problems.value([...path, 'workspace'], what, suggest(written, names, 'workspaces'))
  }
  return written ?? names[0] ?? ''
}

export function resolveFleets(
  world: WorldText,
  { places, products }: Simulated,
  problems: Problems,
): Readonly<Record<string, FleetConfig>> {
  const entries = Object.entries(world.fleets ?? {}).map(([fleet, config]) => {
    const path = ['world', 'fleets', fleet]
    const dash = fleet.indexOf('-')
    const [region, product] = [fleet.slice(0, dash), fleet.slice(dash + 1)]
    if (!places.includes(region)) {
      problems.key(path, `the fleet \`${fleet}\` is in no known region`, suggest(region, places, 'regions'))
    }
    if (!products.includes(product)) {
      problems.key(path, `the fleet \`${fleet}\` serves no known product`, suggest(product, products, 'products'))
    }
    if (config.serviceTime <= 0)
      problems.value([...path, 'serviceTime'], `\`${path.join('.')}.serviceTime\` must be more than nothing`)
    return [fleet, resolveFleet(config)] as const
  })
  return Object.fromEntries(entries)
}

function resolveFleet(config: z.infer<typeof fleetSchema>): FleetConfig {
  return {
    workers: config.workers,
    serviceTimeMs: config.serviceTime,
    queue: config.queue,
    otherTenantsPerSecond: config.otherTenants,
    abandoned: config.abandoned,
    overflow: config.overflow ?? 'reject',
    gatewayTimeoutMs: config.gatewayTimeout ?? 60_000,
  }
}
