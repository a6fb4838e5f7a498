// What a config says of some scenarios, instead of what holds for all.

import type { Command } from 'commander'
import type { Profile } from '#history/header.ts'
import { Problems, suggest } from '#scenario/problem.ts'
import { isMeant } from '#scenario/waivers.ts'
import { typedClientOf, type NamedClient } from './clients.ts'
import { root, type Layer } from './read-config.ts'
import { isTyped, spelled, type Told } from './settings.ts'

export type OwnSetting = { readonly client?: string; readonly seed?: string; readonly profile?: Profile }

const overridden = ['client', 'seed', 'profile'] as const

/** Those that nobody has typed. */
export function freeSettings(command: Command): readonly (keyof OwnSetting)[] {
  return overridden.filter((setting) => !isTyped(command, optionFor(setting, command)))
}

function optionFor(setting: keyof OwnSetting, command: Command): string {
  return setting === 'seed' && command.name() === 'fuzz' ? 'runSeed' : setting
}

/** From the farthest config to the nearest, and down each: the last word counts. */
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

/** For each scenario that an override is of: what holds for it, and who says so. Without scenarios: what is written. */
export function toldOverrides(
  scenarios: readonly string[],
  command: Command,
  layers: readonly Layer[],
  applied: readonly Told[],
): readonly Told[] {
  if (scenarios.length === 0) return layers.flatMap((layer) => writtenOverrides(layer))
  const free = freeSettings(command)
  return scenarios.flatMap((scenario) => {
    const found = layers.toReversed().flatMap((layer) => writtenOverrides(layer, scenario))
    if (found.length === 0) return []
    return overridden.flatMap((setting) => {
      const one = free.includes(setting) ? found.findLast((told) => told.setting.endsWith(`.${setting}`)) : undefined
      const holds = one ?? applied.find((told) => told.setting === setting)
      return holds ? [{ ...holds, setting, scenario }] : []
    })
  })
}

function writtenOverrides(layer: Layer, scenario?: string): readonly Told[] {
  return Object.entries(layer.written.overrides ?? {}).flatMap(([pattern, says]) => {
    if (scenario !== undefined && !isMeant(pattern, scenario)) return []
    return Object.entries(says).map(([key, value]) => {
      const path = ['overrides', pattern, key]
      return { setting: path.join('.'), value, source: spelled(layer.placeOf(path)) }
    })
  })
}
