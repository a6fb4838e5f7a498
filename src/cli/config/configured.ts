// What a command takes from the config of a project, besides its options.

import type { Command } from 'commander'
import { resolve } from 'node:path'
import { pathFrom } from '#context/path-from.ts'
import { isUserError, UserError } from '#context/user-error.ts'
import {
  checkClients,
  everyClient,
  locateNamed,
  namedClients,
  typedClientOf,
  type NamedClient,
} from '#config/clients.ts'
import { scenarioFolders } from '#config/folders.ts'
import { findSetting, listed, loadLayers } from '#config/layers.ts'
import { checkOverrides, ownSetting, type OwnSetting } from '#config/overrides.ts'
import type { Layer } from '#config/read-config.ts'
import { useScenarioFolders } from '#scenario/files.ts'
import { chooseScenarios } from '../select.ts'
import { freeSettings, toldOverrides } from './overrides.ts'
import { applySettings, spelled, type Told } from './settings.ts'

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
): Promise<{ readonly configured: Configured; told(): readonly Told[] }> {
  const layers = file === null ? [] : await loadLayers(file, cwd)
  useScenarioFolders(scenarioFolders(layers))
  const clients = namedClients(layers, cwd)
  const hasClient = command.options.some((option) => option.attributeName() === 'client')
  if (hasClient) checkClients(layers, clients, cwd)
  const applied = applySettings(command, layers, cwd)
  const wanted: unknown = command.getOptionValue('client')
  const isEvery = wanted === everyClient && clients.length > 0
  if (hasClient && typeof wanted === 'string' && !isEvery) setClient(command, wanted, layers, clients, cwd)
  const configured = configuredBy(command, layers, { clients, isEvery }, cwd)
  const hasOverrides = layers.some(({ written }) => written.overrides !== undefined)
  const own = (): readonly Told[] =>
    hasOverrides ? toldOverrides(scenariosOf(command, configured, cwd), command, layers, applied) : []
  return { told: () => [...applied, ...otherSettings(layers), ...own()], configured }
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
  // A name that is nearly one of these is told so; of what is empty, others tell.
  if (typed === undefined && wanted.trim() !== '') locateNamed(wanted, clients, cwd)
  if (typed !== undefined) command.setOptionValueWithSource('client', typed, source)
}

const deciding = ['seeds', 'profile', 'ablate', 'transport', 'timeScale', 'https', 'dropHosts', 'overrides']

function configuredBy(
  command: Command,
  layers: readonly Layer[],
  { clients, isEvery }: { readonly clients: readonly NamedClient[]; readonly isEvery: boolean },
  cwd: string,
): Configured {
  const found = findSetting(layers, ['gate'])
  const words = listed(found?.value as string | readonly string[] | undefined)
  const gate = words.map((word) => gateWord(word, found?.layer, cwd))
  const free = freeSettings(command)
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
  return layer && /^\.{1,2}$|[\\/]/u.test(word) ? pathFrom(cwd, resolve(layer.directory, word)) || '.' : word
}

/** What is no option of any command, for who wants to see it. */
function otherSettings(layers: readonly Layer[]): readonly Told[] {
  const plain = ['scenarios', 'gate'].flatMap((setting) => {
    const found = findSetting(layers, [setting])
    return found ? [{ setting, value: found.value, source: spelled(found.place) }] : []
  })
  const seen = new Set<string>()
  const clients = layers.flatMap((layer) =>
    Object.entries(layer.written.clients ?? {}).map(([name, value]) => {
      return { setting: `clients.${name}`, value, source: spelled(layer.placeOf(['clients', name])) }
    }),
  )
  return [...plain, ...clients.filter(({ setting }) => !seen.has(setting) && seen.add(setting))]
}

/** What the command would play. */
function scenariosOf(command: Command, { atGate }: Configured, cwd: string): readonly string[] {
  if (command.name() !== 'run' && command.name() !== 'fuzz') return []
  const named = (words: readonly string[]): readonly string[] =>
    words.length === 0 ? [] : chooseScenarios(words, cwd).map(({ name }) => name)
  return command.args.length > 0 || command.name() === 'fuzz' ? named(command.args) : atGate(named)
}
