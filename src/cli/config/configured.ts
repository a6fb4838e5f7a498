// What a command takes from the config of a project, besides its options.

import type { Command } from 'commander'
import { relative, resolve } from 'node:path'
import { isUserError, UserError } from '#context/user-error.ts'
import type { Profile } from '#history/header.ts'
import { kindOf, useScenarioFolders } from '#scenario/files.ts'
import { Problems, suggest } from '#scenario/problem.ts'
import { isMeant } from '#scenario/waivers.ts'
import { checkClients, everyClient, namedClients, typedClientOf, type NamedClient } from './clients.ts'
import { findSetting, listed, loadLayers } from './layers.ts'
import { root, type Layer } from './read-config.ts'
import { applySettings, isTyped, spelled, type Told } from './settings.ts'

export type OwnSetting = { readonly client?: string; readonly seed?: string; readonly profile?: Profile }

export type Configured = {
  /** What `run` plays when nothing is named. */
  readonly gate: readonly string[]
  /** Those that are meant by `--client all`. */
  readonly everyClient: readonly NamedClient[]
  /** Whether something here changes verdicts, so that a command that does it again must say so, and leave the config out. */
  readonly decides: boolean
  /** What is set for this scenario alone, and typed by nobody. */
  ownOf(scenario: string): OwnSetting
  /** Throws UserError where an override is of no scenario that there is. */
  check(scenarios: () => readonly string[]): void
  /** A mistake in a word of the gate gets its place. */
  atGate<T>(choose: (gate: readonly string[]) => T): T
}

export const unconfigured: Configured = {
  gate: [],
  everyClient: [],
  decides: false,
  ownOf: () => ({}),
  check() {},
  atGate: (choose) => choose([]),
}

/** Gives the command what the config says, if there is one. Throws UserError for whatever is wrong with it. */
export async function configureBy(
  file: string | null,
  command: Command,
  cwd: string,
): Promise<{ readonly configured: Configured; readonly told: readonly Told[] }> {
  const layers = file === null ? [] : await loadLayers(file, cwd)
  useScenarioFolders(layers.toReversed().flatMap(foldersIn))
  const clients = namedClients(layers, cwd)
  const hasClient = command.options.some((option) => option.attributeName() === 'client')
  if (hasClient) checkClients(layers, clients, cwd)
  const told = [...applySettings(command, layers, cwd), ...otherSettings(layers)]
  const wanted: unknown = command.getOptionValue('client')
  const isEvery = wanted === everyClient && clients.length > 0
  if (hasClient && typeof wanted === 'string' && !isEvery) setClient(command, wanted, layers, clients, cwd)
  return { told, configured: configuredBy(command, layers, { clients, isEvery }, cwd) }
}

/** A name stands for a file; what was typed as a file is relative to the working directory already. */
function setClient(
  command: Command,
  wanted: string,
  layers: readonly Layer[],
  clients: readonly NamedClient[],
  cwd: string,
): void {
  const named = clients.find(({ name }) => name === wanted)
  const source = command.getOptionValueSource('client')
  const layer = source === 'config' ? findSetting(layers, ['client'])?.layer : undefined
  const typed = named?.typed ?? (layer && typedClientOf(wanted, layer, clients, cwd))
  if (typed !== undefined) command.setOptionValueWithSource('client', typed, source)
}

/** Absolute. Those that are named must be there. */
function foldersIn(layer: Layer): readonly string[] {
  const { scenarios } = layer.written
  if (scenarios === undefined) return [resolve(layer.directory, 'scenarios')]
  const problems = new Problems()
  const folders = listed(scenarios).map((written, index) => {
    const folder = resolve(layer.directory, written)
    const at = typeof scenarios === 'string' ? [root, 'scenarios'] : [root, 'scenarios', index]
    if (kindOf(folder) !== 'directory') problems.value(at, `there is no folder \`${written}\``)
    return folder
  })
  if (problems.list.length > 0) throw layer.mistake(problems)
  return folders
}

const deciding = ['seeds', 'profile', 'ablate', 'transport', 'dropHosts', 'overrides']

function configuredBy(
  command: Command,
  layers: readonly Layer[],
  { clients, isEvery }: { readonly clients: readonly NamedClient[]; readonly isEvery: boolean },
  cwd: string,
): Configured {
  const found = findSetting(layers, ['gate'])
  const words = listed(found?.value as string | readonly string[] | undefined)
  const gate = words.map((word) => gateWord(word, found?.layer, cwd))
  const optionOf = {
    client: 'client',
    seed: command.name() === 'fuzz' ? 'runSeed' : 'seed',
    profile: 'profile',
  } as const
  const free = (['client', 'seed', 'profile'] as const).filter((setting) => !isTyped(command, optionOf[setting]))
  return {
    gate,
    everyClient: isEvery ? clients : [],
    decides: deciding.some((setting) => findSetting(layers, [setting]) !== undefined),
    ownOf: (scenario) => ownSetting(scenario, layers, free, clients, cwd),
    check: (scenarios) => layers.forEach((layer) => checkOverrides(layer, scenarios)),
    atGate(choose) {
      try {
        return choose(gate)
      } catch (error) {
        if (!found || !isUserError(error) || error.place) throw error
        throw new UserError(error.message, {
          place: found.place,
          ...(error.hint !== undefined && { hint: error.hint }),
        })
      }
    },
  }
}

/** A path is relative to the config. */
function gateWord(word: string, layer: Layer | undefined, cwd: string): string {
  return layer && /^\.{1,2}$|[\\/]/u.test(word) ? relative(cwd, resolve(layer.directory, word)) || '.' : word
}

/** From the farthest config to the nearest, and down each: the last word counts. */
function ownSetting(
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

function checkOverrides(layer: Layer, known: () => readonly string[]): void {
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

/** What is no option of any command, for who wants to see it. */
function otherSettings(layers: readonly Layer[]): readonly Told[] {
  const plain = ['scenarios', 'gate'].flatMap((setting) => {
    const found = findSetting(layers, [setting])
    return found ? [{ setting, value: found.value, source: spelled(found.place) }] : []
  })
  const seen = new Set<string>()
  const maps = layers.flatMap((layer) =>
    (['clients', 'overrides'] as const).flatMap((map) =>
      Object.entries(layer.written[map] ?? {}).flatMap(([name, value]) =>
        typeof value === 'string'
          ? [{ setting: `${map}.${name}`, value, source: spelled(layer.placeOf([map, name])) }]
          : Object.entries(value).map(([key, inner]) => {
              return {
                setting: `${map}.${name}.${key}`,
                value: inner,
                source: spelled(layer.placeOf([map, name, key])),
              }
            }),
      ),
    ),
  )
  return [...plain, ...maps.filter(({ setting }) => !seen.has(setting) && seen.add(setting))]
}
