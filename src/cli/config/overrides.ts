// What a config says of some scenarios, as a command takes it and as --print-config tells it.

import type { Command } from 'commander'
import { overridden, type OwnSetting } from '#config/overrides.ts'
import type { Layer } from '#config/read-config.ts'
import { isMeant } from '#scenario/waivers.ts'
import { isTyped, spelled, type Told } from './settings.ts'

/** Those that nobody has typed. */
export function freeSettings(command: Command): readonly (keyof OwnSetting)[] {
  return overridden.filter((setting) => !isTyped(command, optionFor(setting, command)))
}

function optionFor(setting: keyof OwnSetting, command: Command): string {
  return setting === 'seed' && command.name() === 'fuzz' ? 'runSeed' : setting
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
