// Which line of which file a report shows for a failure: the one of the scenario that asks for it. Paths are relative, because a
// report is the same on every machine.

import { isAbsolute } from 'node:path'
import { pathFrom } from '#context/path-from.ts'
import type { RunResult } from '#engine/run-result.ts'
import type { ReportOptions, Source } from '#report/reporter.ts'
import { expectPlaces } from '#scenario/expect-places.ts'
import { readText, shippedScenarios, showPath } from '#scenario/files.ts'
import { isOwnRepository } from './reproduce.ts'

type Sources = NonNullable<ReportOptions['source']>
type Places = ReturnType<typeof expectPlaces>

/** `fileOf` is absolute, and `null` where the file of a scenario is not known. */
export function createSources(cwd: string, fileOf: (result: RunResult) => string | null): Sources {
  const known = new Map<string, Places | null>()
  const isOwn = isOwnRepository(cwd)
  return (result, about) => {
    const file = fileOf(result)
    if (file === null) return null
    const where = { file: typed(file, cwd), ...(!isOwn && isShipped(file) && { shipped: true }) }
    if (about === null) return { ...where, ...problemIn(result) }
    if (!known.has(file)) known.set(file, placesIn(file))
    return { ...where, ...known.get(file)?.(about.oracle, about.about) }
  }
}

function problemIn(result: RunResult): Partial<Source> {
  if (result.kind !== 'rejected') return {}
  const { line, column } = result.problem.place ?? {}
  return { ...(line !== undefined && { line }), ...(column !== undefined && { column }) }
}

/** A file that has gone since the run has no lines. */
function placesIn(file: string): Places | null {
  try {
    return expectPlaces(readText(file))
  } catch {
    return null
  }
}

function typed(file: string, cwd: string): string {
  const shown = showPath(file, cwd)
  return isAbsolute(shown) ? pathFrom(cwd, file) : shown
}

function isShipped(file: string): boolean {
  return file.startsWith(shippedScenarios)
}
