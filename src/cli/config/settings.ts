// Which setting of a config is which option of which command, and what it is there. The rest of a config (clients, folders, the gate,
// overrides) is no option and stands in `configured.ts`.

import type { Command } from 'commander'
import { findSetting, pathIn } from '#config/layers.ts'
import type { Layer } from '#config/read-config.ts'

type As = (value: unknown, layer: Layer, cwd: string) => unknown

type Setting = {
  readonly path: readonly string[]
  readonly option: string
  readonly commands: readonly string[]
  /** Its value as a flag has it, from what was written. Default: a text, or what it is. */
  readonly as?: As
  /** An option with which it does not hold. */
  readonly unless?: string
  /** Of runs on real sockets, and no reason that there is none where it is said for all. */
  readonly isReal?: true
}

const path: As = (value, layer, cwd) => pathIn(layer, String(value), cwd)
const same: As = (value) => value
const baseline: As = (value, layer, cwd) =>
  value === 'baseline' ? path('chaos.baseline.yaml', layer, cwd) : path(value, layer, cwd)

const settings: readonly Setting[] = [
  { path: ['client'], option: 'client', commands: ['run', 'fuzz'] },
  { path: ['seed'], option: 'seed', commands: ['run', 'serve'] },
  { path: ['seed'], option: 'runSeed', commands: ['fuzz'] },
  { path: ['seeds'], option: 'seeds', commands: ['run'] },
  { path: ['profile'], option: 'profile', commands: ['run', 'fuzz'] },
  { path: ['ablate'], option: 'ablate', commands: ['run'], as: same },
  { path: ['transport'], option: 'transport', commands: ['run'] },
  { path: ['timeScale'], option: 'timeScale', commands: ['run'], isReal: true },
  { path: ['https'], option: 'https', commands: ['run'], as: same, isReal: true },
  { path: ['dropHosts'], option: 'dropHost', commands: ['run', 'fuzz', 'replay'], as: same },
  { path: ['waivers'], option: 'waivers', commands: ['run', 'judge', 'merge'], as: path },
  // Parts are compared when they are merged.
  { path: ['against'], option: 'against', commands: ['run', 'merge'], as: baseline, unless: 'shard' },
  { path: ['tolerance'], option: 'tolerance', commands: ['run', 'merge'] },
  { path: ['output'], option: 'output', commands: ['run', 'merge', 'replay', 'judge'] },
  { path: ['quiet'], option: 'quiet', commands: ['run', 'merge', 'replay', 'judge'], as: same },
  { path: ['verbose'], option: 'verbose', commands: ['run', 'merge', 'replay', 'judge'], as: same },
  { path: ['color'], option: 'color', commands: ['run', 'merge', 'replay', 'judge'], as: same },
  { path: ['reports', 'dir'], option: 'reportDir', commands: ['run', 'fuzz', 'replay', 'merge'], as: path },
  { path: ['reports', 'postmortem'], option: 'postmortem', commands: ['run'], as: same },
  { path: ['fuzz', 'runs'], option: 'runs', commands: ['fuzz'] },
  { path: ['fuzz', 'time'], option: 'time', commands: ['fuzz'] },
  { path: ['fuzz', 'seed'], option: 'seed', commands: ['fuzz'] },
  { path: ['fuzz', 'blind'], option: 'blind', commands: ['fuzz'], as: same },
  { path: ['fuzz', 'shrink'], option: 'shrink', commands: ['fuzz'], as: same },
  { path: ['fuzz', 'workers'], option: 'workers', commands: ['fuzz'] },
  { path: ['fuzz', 'regressions'], option: 'regressions', commands: ['fuzz', 'merge'], as: path },
]

const modes = ['around', 'any', 'enumerate']

/** One line of --print-config. */
export type Told = {
  readonly setting: string
  /** The one that it holds for, where an override is of it. */
  readonly scenario?: string
  readonly value: unknown
  readonly source: string
}

/** Gives the command what the config says and nobody has typed; tells what every setting then is, and why. */
export function applySettings(command: Command, layers: readonly Layer[], cwd: string): readonly Told[] {
  const told = settings
    .filter(({ commands }) => commands.includes(command.name()))
    .map((setting) => applySetting(command, setting, layers, cwd))
  return command.name() === 'fuzz' ? [...told, applyMode(command, layers)] : told
}

function applySetting(
  command: Command,
  { path: at, option, as, unless, isReal }: Setting,
  layers: readonly Layer[],
  cwd: string,
): Told {
  const isOut = isTyped(command, option) || (unless !== undefined && isTyped(command, unless))
  const found = isOut ? undefined : findSetting(layers, at)
  if (found) {
    const value = as ? as(found.value, found.layer, cwd) : String(found.value)
    command.setOptionValueWithSource(option, value, 'config')
    if (isReal) command.setOptionValue('ifReal', [...ifRealOf(command), option])
  }
  const source = found ? spelled(found.place) : sourceOf(command, option)
  return { setting: at.join('.'), value: command.getOptionValue(option), source }
}

function ifRealOf(command: Command): readonly string[] {
  return (command.getOptionValue('ifReal') as readonly string[] | undefined) ?? []
}

/** Three flags that exclude each other. */
function applyMode(command: Command, layers: readonly Layer[]): Told {
  const typed = modes.find((mode) => isTyped(command, mode))
  const found = typed === undefined ? findSetting(layers, ['fuzz', 'mode']) : undefined
  if (found) command.setOptionValueWithSource(String(found.value), true, 'config')
  const source = found ? spelled(found.place) : typed === undefined ? 'default' : `flag --${typed}`
  return { setting: 'fuzz.mode', value: found?.value ?? typed ?? 'around', source }
}

/** On the command line or in a variable, which beat every file. */
export function isTyped(command: Command, option: string): boolean {
  return ['cli', 'env'].includes(command.getOptionValueSource(option) ?? '')
}

/** `chaos.config.ts:12`. */
export function spelled({ file, line }: { readonly file: string; readonly line?: number }): string {
  return line === undefined ? file : `${file}:${line}`
}

function sourceOf(command: Command, option: string): string {
  const flag = command.options.find((one) => one.attributeName() === option)
  switch (command.getOptionValueSource(option)) {
    case 'cli':
      return `flag ${flag?.long ?? ''}`.trimEnd()
    case 'env':
      return flag?.envVar ?? 'environment'
    default:
      return 'default'
  }
}
