// Every scenario of a command once, several at the same time.

import { join } from 'node:path'
import type { ClientLocation } from '#client/resolve-client.ts'
import { limits } from '#context/limits.ts'
import { UserError } from '#context/user-error.ts'
import type { RunResult } from '#engine/run-result.ts'
import type { RunOptions, RunProgress } from '#engine/run-options.ts'
import type { Profile } from '#history/header.ts'
import { historyFile } from '#report/files.ts'
import type { Part } from '#fuzz/guide.ts'
import type { Waiver } from '#scenario/waivers.ts'
import type { Against } from './against.ts'
import type { RunFlags } from './flags.ts'
import { watchInterrupts } from './interrupt.ts'
import { isOfPart } from './part.ts'
import { createProgress } from './progress.ts'
import type { Chosen } from './select.ts'

export type Cast = {
  readonly client: ClientLocation
  readonly seeds: readonly string[]
  readonly profile: Profile
  /** On real sockets and in real time. */
  readonly loopback?: RunOptions['loopback']
}
export type Plan = {
  readonly cwd: string
  readonly flags: RunFlags
  readonly scenarios: readonly Chosen[]
  /** Who plays each of them, and how. */
  readonly castOf: (chosen: Chosen) => Cast
  readonly directory: string
  readonly waivers: readonly Waiver[]
  readonly against: Against | null
  /** Whether any of them is played on real sockets and in real time. */
  readonly isReal: boolean
  /** Whether a config has decided anything of it. */
  readonly isConfigured: boolean
  /** What of it is played here. Default: all. */
  readonly part?: Part
}
export type Ended = { readonly chosen: Chosen; readonly folder: string; readonly result: RunResult }

/** As many runs at once as the machine has processors to share between their cells; results in the order of the scenarios. */
export async function runAll(plan: Plan): Promise<readonly Ended[]> {
  const { scenarios, directory, flags, part } = plan
  const { createCrew, crewSize } = await import('#engine/crew.ts')
  const interrupts = watchInterrupts()
  const folders = foldersOf(scenarios, directory)
  const ended: Ended[] = []
  const left = [...scenarios.entries()].filter(([index]) => isOfPart(index, part))
  const progress = createProgress(process.stderr, flags.quiet, left.length)
  const cells = crewSize(left.length, plan.isReal)
  const crew = createCrew(cells)
  const lanes = plan.isReal ? Math.ceil(cells / 2) : Math.min(2, left.length)
  const lane = async (): Promise<void> => {
    for (let next = left.shift(); next && !interrupts.signal.aborted; next = left.shift()) {
      const [index, chosen] = next
      const folder = folders[index] ?? directory
      const name = chosen.folder === undefined ? chosen.name : `${chosen.name} with ${chosen.folder}`
      progress.starts(name)
      // Who waits reads a line, and cells start up, before all of this is there.
      const { runSeeds } = await import('#engine/agreement.ts')
      const onProgress = (at: RunProgress): void => progress.moves(name, at)
      // In real time each replay more takes as long again.
      const ablate = flags.ablate ?? (scenarios.length === 1 && !plan.isReal)
      const repeat = scenarios.length > 1 && index % limits.repeatEvery === limits.repeatEvery / 2
      const all = { ...optionsFor(plan, chosen, folder), crew, signal: interrupts.signal, onProgress, ablate, repeat }
      const result = await runSeeds(all, plan.castOf(chosen).seeds)
      progress.ends(name)
      ended[index] = { chosen, folder, result: asTyped(result, chosen) }
    }
  }
  try {
    // While the processes start up, this one has nothing to do.
    await Promise.all([...Array.from({ length: lanes }, lane), import('#report/catalog.ts'), import('./conclude.ts')])
    return Object.values(ended)
  } finally {
    crew.close()
    progress.close()
    interrupts.stop()
  }
}

function optionsFor({ flags, castOf }: Plan, chosen: Chosen, folder: string) {
  const { client, seeds, profile, loopback } = castOf(chosen)
  return {
    scenario: chosen.file,
    variant: chosen.variant,
    client,
    seed: seeds[0] ?? flags.seed,
    profile,
    historyFile: join(folder, historyFile),
    dropHosts: flags.dropHost,
    incident: flags.postmortem,
    scene: true,
    ...(loopback && { loopback }),
    stays: flags.transport === 'virtual',
  }
}

/** A complaint about the scenario names it as one types it, not by where it lies on this machine. */
function asTyped(result: RunResult, { file, called }: Chosen): RunResult {
  if (result.kind !== 'rejected' || result.problem.place?.file !== file) return result
  const { message, place, hint, excerpt } = result.problem
  const more = { place: { ...place, file: called }, ...(hint && { hint }), ...(excerpt && { excerpt }) }
  return { ...result, problem: new UserError(message, more) }
}

export function foldersOfPart({ scenarios, directory, part }: Plan): readonly string[] {
  const folders = foldersOf(scenarios, directory).filter((_, index) => isOfPart(index, part))
  return folders.length === 0 ? [directory] : folders
}

/** Two scenarios of one name do not overwrite each other. */
export function foldersOf(scenarios: readonly Chosen[], directory: string): string[] {
  if (scenarios.length === 1) return [directory]
  const seen = new Map<string, number>()
  return scenarios.map((chosen) => {
    const name = join(chosen.folder ?? '', chosen.name.replaceAll(':', '-'))
    const count = (seen.get(name) ?? 0) + 1
    seen.set(name, count)
    return join(directory, count === 1 ? name : `${name}-${count}`)
  })
}
