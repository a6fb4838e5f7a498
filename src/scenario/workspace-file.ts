// The file that says what a workspace holds: found near the scenario by its name, or by a path relative to it. It is read
// here and understood by the service it is for.

import { existsSync, readdirSync } from 'node:fs'
import { basename, dirname, join, resolve } from 'node:path'
import { isUserError } from '#context/user-error.ts'
import { parseWorkspaceFile } from '#server/intercom/workspace-file.ts'
import { readText, showPath } from './files.ts'
import { didYouMean, quote } from './problem.ts'
import type { Path, Problems } from './problem.ts'
import type { Scenario, Workspace } from './scenario.ts'

const folder = join('fixtures', 'workspaces')

/** `holds` is a name or a relative path that ends in `.json`; `near` is where the scenario lies. A file that is not there is a
 * problem at `path`. */
export function readWorkspaceFile(
  holds: string,
  near: string,
  path: Path,
  problems: Problems,
): Workspace['fixture'] | undefined {
  const isPath = holds.endsWith('.json')
  const directory = isPath ? dirname(resolve(dirname(near), holds)) : folderNear(near)
  const file = directory === undefined ? undefined : join(directory, isPath ? basename(holds) : `${holds}.json`)
  if (file === undefined || !existsSync(file)) {
    problems.value(path, `there is no workspace file ${quote(holds)}`, () => hintFor(holds, isPath, directory))
    return undefined
  }
  const shown = showPath(file, process.cwd())
  try {
    return { file: shown, text: readText(file, shown, 'workspace') }
  } catch (error) {
    if (!isUserError(error)) throw error
    problems.value(path, `the workspace file ${quote(holds)} cannot be used: ${error.message}`, error.hint)
    return undefined
  }
}

/** Throws a UserError with its place in the workspace file: it is a file of its own, and wrong whoever names it. */
export function checkWorkspaceFiles({ workspaces, startMs }: Pick<Scenario, 'workspaces' | 'startMs'>): void {
  for (const { fixture } of workspaces)
    if (fixture) parseWorkspaceFile(fixture.file, fixture.text, Math.floor(startMs / 1_000))
}

/** The next folder upwards that has such a folder. */
function folderNear(file: string): string | undefined {
  for (let directory = dirname(resolve(file)); ; directory = dirname(directory)) {
    const candidate = join(directory, folder)
    if (existsSync(candidate)) return candidate
    if (directory === dirname(directory)) return undefined
  }
}

function hintFor(holds: string, isPath: boolean, directory: string | undefined): string {
  if (directory === undefined) return 'No folder above the scenario has a folder fixtures/workspaces.'
  const files = existsSync(directory) ? readdirSync(directory).filter((name) => name.endsWith('.json')) : []
  const known = files.map((name) => (isPath ? name : basename(name, '.json'))).toSorted()
  const near = didYouMean(isPath ? basename(holds) : holds, known)
  if (near !== undefined) return near
  return known.length === 0
    ? 'There are no workspace files.'
    : `Known workspace files: ${known.slice(0, 24).join(', ')}.`
}
