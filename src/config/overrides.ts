// What a config says of some scenarios, instead of what holds for all.

import type { Profile } from '#history/header.ts'
import { Problems, suggest } from '#scenario/problem.ts'
import { isMeant } from '#scenario/waivers.ts'
import { typedClientOf, type NamedClient } from './clients.ts'
import { root, type Layer } from './read-config.ts'

export type OwnSetting = { readonly client?: string; readonly seed?: string; readonly profile?: Profile }

export const overridden: readonly (keyof OwnSetting)[] = ['client', 'seed', 'profile']

/** From the farthest config to the nearest, and down each: the last word counts. `free`: those that nobody has typed. */
export function ownSetting(
  scenario: string,
  layers: readonly Layer[],
  free: readonly (keyof OwnSetting)[],
  clients: readonly NamedClient[],
  cwd: string,
): OwnSetting {
  const own: { client?: string; seed?: string; profile?: Profile } = {}
  for (const layer of layers.toReversed())
    for (const [pattern, { client, seed, profile }] of Object.entries(layer.written.overrides ?? {})) {
      if (!isMeant(pattern, scenario)) continue
      if (client !== undefined && free.includes('client')) own.client = typedClientOf(client, layer, clients, cwd)
      if (seed !== undefined && free.includes('seed')) own.seed = String(seed)
      if (profile !== undefined && free.includes('profile')) own.profile = profile
    }
  return own
}

/** Throws UserError where an override is of no scenario that there is. */
export function checkOverrides(layer: Layer, known: () => readonly string[]): void {
  const { overrides } = layer.written
  if (!overrides) return
  const problems = new Problems()
  const scenarios = known()
  for (const pattern of Object.keys(overrides))
    if (!scenarios.some((name) => isMeant(pattern, name) || isMeant(pattern.split(':')[0] ?? '', name)))
      problems.key(
        [root, 'overrides', pattern],
        `there is no scenario \`${pattern}\``,
        suggest(pattern, scenarios, 'scenarios'),
      )
  if (problems.list.length > 0) throw layer.mistake(problems)
}
