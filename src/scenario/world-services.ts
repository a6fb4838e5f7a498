// `world.services`: the APIs of somebody's own that are simulated beside Intercom. The scenario names their files; what those say is data.

import { z } from 'zod'
import type { ServiceDefinition } from '#server/defined/definition.ts'
import { modelOf, type Model } from '#server/defined/model.ts'
import { routesOf } from '#server/defined/table.ts'
import { suggest } from './problem.ts'
import type { Path, Problems } from './problem.ts'
import type { DefinedApi, Workspace } from './scenario.ts'
import { hosts, intentNames, knownRoutes, places, products, regions, type KnownRoute } from './services.ts'
import { name, text } from './terms.ts'

/** By its path, as it is written. `undefined`: there is no such file. */
export type ReadService = (
  path: string,
) => { readonly file: string; readonly definition: ServiceDefinition } | undefined

/** How a scenario may name such a file. */
export const servicePath = /^(?!\/)[\w./-]{1,200}\.(?:ya?ml|json|[cm]?[jt]s)$/u

export const worldServicesSchema = z
  .record(name, text(servicePath, 'must be the path of a file that defines a service, such as ./parcels.service.ts'))
  .describe('APIs of your own, each the file that defines it, relative to this one.')

/** Those that have been read, by the paths that the scenario has. */
export function readFrom(services: readonly DefinedApi[]): ReadService {
  return (path) => services.find((api) => api.path === path)
}

export function resolveServices(
  written: z.infer<typeof worldServicesSchema> | undefined,
  read: ReadService | undefined,
  problems: Problems,
): readonly DefinedApi[] {
  const services: DefinedApi[] = []
  for (const [api, path] of Object.entries(written ?? {})) {
    const at = ['world', 'services', api]
    const found = read?.(path)
    if (!read) problems.value(at, 'a scenario that is a text cannot name other files', 'Give the path of its file.')
    else if (!found) problems.value(at, `there is no file \`${path}\``, 'Its path is relative to the scenario.')
    else {
      const service = { name: api, path, ...found }
      checkClashes(service, services, at, problems)
      services.push(service)
    }
  }
  return services
}

function checkClashes(
  { definition, file }: DefinedApi,
  others: readonly DefinedApi[],
  path: Path,
  problems: Problems,
): void {
  const known = simulatedWith(others)
  const model = modelOf(definition)
  const clash = (what: string, hint: string): void => problems.value(path, `${what} of ${file} is taken`, hint)
  if (known.products.includes(model.name))
    clash(`the name \`${model.name}\``, 'A name is a part of the names of fleets: give it one of its own.')
  for (const { host } of model.hosts)
    if (known.hosts.includes(host)) clash(`the host \`${host}\``, 'Each host answers for one service.')
  const kinds = new Set(known.intents.map((intent) => intent.split('.', 1)[0]))
  for (const { name: resource } of model.resources)
    if (kinds.has(resource))
      clash(`the resource \`${resource}\``, `There are operations such as ${resource}.read already: name it otherwise.`)
}

/** Where there are no tokens nobody can be told from anybody else. */
export function checkTenants(
  services: readonly DefinedApi[],
  workspaces: readonly Workspace[],
  problems: Problems,
): void {
  for (const { name: api, file, definition } of services)
    if (definition.auth?.kind === 'none' && workspaces.length > 1)
      problems.value(
        ['world', 'services', api],
        `${file} takes no token, so it cannot tell ${workspaces.length} workspaces apart`,
        'Let the scenario have one workspace, or the service another `auth`.',
      )
}

/** What the shipped services and these are called, made of and answer to. */
export type Simulated = {
  /** Where a workspace may be. */
  readonly regions: readonly string[]
  /** Where there is something to fail. */
  readonly places: readonly string[]
  readonly products: readonly string[]
  readonly hosts: readonly string[]
  readonly routes: readonly KnownRoute[]
  readonly intents: readonly string[]
  /** Those that are about something of which a workspace holds none. */
  readonly emptyIntents: readonly string[]
  /** Where a workspace of this region is served, by Intercom and by each of the others. */
  servedIn(region: string): readonly string[]
}

export function simulatedWith(services: readonly Pick<DefinedApi, 'definition'>[]): Simulated {
  const models = services.map(({ definition }) => modelOf(definition))
  const own = models.flatMap((model) => model.hosts)
  const ownRegions = own.map(({ region }) => region).filter((region) => region !== 'global')
  return {
    regions: distinct([...regions, ...ownRegions]),
    places: distinct([...places, ...ownRegions]),
    products: [...products, ...models.map((model) => model.name)],
    hosts: [...hosts, ...own.map(({ host }) => host)],
    routes: [...knownRoutes, ...models.flatMap(knownRoutesOf)],
    intents: [...intentNames, ...models.flatMap(intentsOf)],
    emptyIntents: models.flatMap(emptyIntentsOf),
    servedIn: (region) => distinct([region, ...models.map((model) => servedIn(model, region))]),
  }
}

function servedIn({ hosts: own }: Model, region: string): string {
  return (own.find((host) => host.region === region) ?? own[0])?.region ?? 'global'
}

export function knownRoutesOf(model: Model): KnownRoute[] {
  const byTemplate = Map.groupBy(routesOf(model), ({ template }) => template)
  return Array.from(byTemplate, ([template, routes]) => {
    return { template, methods: routes.map(({ method }) => method), product: model.name }
  })
}

/** What is asked is about one that was there when the run began; a list, about what it lies below. */
function emptyIntentsOf({ resources }: Model): string[] {
  return resources
    .filter(({ seeded }) => seeded === 0)
    .flatMap(({ name: resource, offers, parent }) =>
      offers
        .filter((verb) => verb !== 'create' && (verb !== 'list' || parent !== null))
        .map((verb) => `${resource}.${verb}`),
    )
}

function intentsOf({ resources }: Model): string[] {
  return resources.flatMap(({ name: resource, offers }) => offers.map((verb) => `${resource}.${verb}`))
}

function distinct(names: readonly string[]): string[] {
  return [...new Set(names)]
}

/** A workspace lives where Intercom has a region, or one of the others has. */
export function checkRegion(region: string, path: Path, simulated: Simulated, problems: Problems): void {
  if (simulated.regions.includes(region)) return
  const { regions: known } = simulated
  const choice = `${known.slice(0, -1).join(', ')} or ${known.at(-1)}`
  problems.value(
    path,
    `\`${path.join('.')}\` must be ${choice}, not ${JSON.stringify(region)}`,
    suggest(region, known, 'regions'),
  )
}
