// What the config of a project says of a test. It is the one that a command would find here. What a test says itself beats it.

import type { RunnerTestCase } from 'vitest'
import { checkClients, namedClients, type NamedClient } from '#config/clients.ts'
import { configFile } from '#config/find-config.ts'
import { scenarioFolders } from '#config/folders.ts'
import { findSetting, loadLayers, pathIn } from '#config/layers.ts'
import { checkOverrides, ownSetting } from '#config/overrides.ts'
import type { Layer } from '#config/read-config.ts'
import { isDriver, type ClientLocation } from '#client/resolve-client.ts'
import type { RunOptions } from '#engine/run-options.ts'
import type { Profile } from '#history/header.ts'
import { knownScenarios, useScenarioFolders } from '#scenario/files.ts'

export type Project = {
  readonly layers: readonly Layer[]
  readonly clients: readonly NamedClient[]
  readonly cwd: string
}

/** Of both kinds of tests. */
export type ProjectOptions = {
  /** How strict the default thresholds are. Default: what the config says. */
  readonly profile?: Profile
  /** Hosts that the client may call in vain. Default: those of the config. */
  readonly dropHosts?: readonly string[]
  /** A config, by its path from the working directory; `false`: none. Default: `BROWNOUT_CONFIG`, or the one that is found. */
  readonly config?: string | false
}

type Settings = { readonly seed: string; readonly profile: Profile; readonly dropHosts: readonly string[] }

/** A file of tests that is played again may find another config. */
const known = new WeakMap<object, Map<string, Promise<readonly Layer[]>>>()

/** From now on scenarios are looked for in the folders of this project. Throws UserError. */
export async function projectOf(task: RunnerTestCase, { config }: ProjectOptions, cwd: string): Promise<Project> {
  const file = configFile(config ?? (process.env['BROWNOUT_CONFIG'] || undefined), cwd)
  const layers = file === null ? [] : await layersOf(task.file, file, cwd)
  useScenarioFolders(scenarioFolders(layers))
  const clients = namedClients(layers, cwd)
  checkClients(layers, clients, cwd)
  return { layers, clients, cwd }
}

function layersOf(tests: object, file: string, cwd: string): Promise<readonly Layer[]> {
  const read = known.get(tests) ?? new Map<string, Promise<readonly Layer[]>>()
  known.set(tests, read)
  const layers = read.get(file) ?? loadLayers(file, cwd)
  read.set(file, layers)
  return layers
}

/** What holds for the runs of this scenario. Throws UserError where an override is of none that there is. */
export function settingsOf({ layers, clients, cwd }: Project, scenario: string, options: ProjectOptions): Settings {
  const names = () => [...knownScenarios(cwd).map(({ name }) => name), scenario]
  for (const layer of layers) checkOverrides(layer, names)
  const own = ownSetting(scenario, layers, ['seed', 'profile'], clients, cwd)
  return {
    seed: own.seed ?? String(valueOf(layers, 'seed') ?? 1),
    profile: options.profile ?? own.profile ?? (valueOf(layers, 'profile') as Profile | undefined) ?? 'default',
    dropHosts: options.dropHosts ?? (valueOf(layers, 'dropHosts') as readonly string[] | undefined) ?? [],
  }
}

/** The path of what a setting names, from the working directory. */
export function pathOf({ layers, cwd }: Project, ...setting: readonly string[]): string | undefined {
  const found = findSetting(layers, setting)
  return found && pathIn(found.layer, String(found.value), cwd)
}

/** What a campaign is drawn from; its runs have the seed of every other run. */
export function campaignSeedOf({ layers }: Project): string {
  return String(findSetting(layers, ['fuzz', 'seed'])?.value ?? 1)
}

/** How a client is played: a program in real time, whatever else is wanted. */
export function transportOf({ layers }: Project, client: ClientLocation): Pick<RunOptions, 'loopback' | 'stays'> {
  const transport = valueOf(layers, 'transport')
  if (transport !== 'loopback' && (transport !== undefined || !isDriver(client)))
    return { stays: transport === 'virtual' }
  const scale = (valueOf(layers, 'timeScale') as number | 'auto' | undefined) ?? 'auto'
  return { loopback: { scale, https: valueOf(layers, 'https') === true } }
}

function valueOf(layers: readonly Layer[], setting: string): unknown {
  return findSetting(layers, [setting])?.value
}
