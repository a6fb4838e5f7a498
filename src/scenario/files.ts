// Scenario files on disk: the shipped ones and those below the working directory. Knows nothing of the format, so that finding
// them stays fast.

import { readdirSync, readFileSync, statSync } from 'node:fs'
import { basename, isAbsolute, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { limits } from '#context/limits.ts'
import { ownFile } from '#context/own-files.ts'
import { UserError } from '#context/user-error.ts'

/** `file` is absolute. */
export type ScenarioFile = { readonly name: string; readonly file: string }

/** Where the shipped scenarios are. */
export const shippedScenarios: string = fileURLToPath(ownFile('scenarios/'))

/** All scenario files below a directory, by name. One that does not exist has none. */
export function findScenarios(directory: string): readonly ScenarioFile[] {
  return yamlFilesBelow(directory)
    .map((file) => ({ name: nameOf(file), file }))
    .toSorted((one, other) => (one.name < other.name ? -1 : one.name > other.name ? 1 : 0))
}

/** A command has one config, which says once for all where scenarios of this project are. */
let ownFolders: readonly string[] = []

/** Folders (absolute) that are looked at besides; a name there hides one of the same name elsewhere. */
export function useScenarioFolders(folders: readonly string[]): void {
  ownFolders = folders
}

/** The shipped scenarios, those in `scenarios/` of the working directory, and those of the config; a name there hides a shipped one. */
export function knownScenarios(cwd: string): readonly ScenarioFile[] {
  const byName = new Map<string, ScenarioFile>()
  for (const directory of new Set([shippedScenarios, join(cwd, 'scenarios'), ...ownFolders])) {
    for (const found of findScenarios(directory)) byName.set(found.name, found)
  }
  return [...byName.values()]
}

/** Whether its name means it here without any config. */
export function isFoundByName(file: string, cwd: string): boolean {
  return [shippedScenarios, join(cwd, 'scenarios')].some((directory) => below(directory, file) !== undefined)
}

const mostCharacters = {
  scenario: limits.scenarioCharacters,
  workspace: limits.workspaceCharacters,
  'list of waivers': limits.scenarioCharacters,
  service: limits.scenarioCharacters,
  client: limits.scenarioCharacters,
  baseline: limits.baselineCharacters,
  'document to import': limits.accountCharacters,
  config: limits.scenarioCharacters,
  specification: limits.specificationCharacters,
} as const

/** The text of a file, for whoever parses it elsewhere. */
export function readText(file: string, shown: string = file, what: keyof typeof mostCharacters = 'scenario'): string {
  let bytes: Uint8Array
  try {
    const stats = statSync(file)
    // Nobody knows when these end. What is imported once may come through a pipe.
    const isEndless = stats.isCharacterDevice() || (stats.isFIFO() && what !== 'document to import')
    if (isEndless) throw new UserError(`a ${what} is a file, and this is none`, { place: { file: shown } })
    // A character has at most four bytes: what is longer cannot be one, and is not read at all.
    if (stats.size > mostCharacters[what] * 4) throw tooLarge(shown, what)
    bytes = readFileSync(file)
  } catch (error) {
    if (error instanceof UserError) throw error
    throw new UserError(`the file cannot be read (${codeOf(error)})`, { place: { file: shown } })
  }
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes)
    if (text.length > mostCharacters[what]) throw tooLarge(shown, what)
    return text
  } catch (error) {
    if (error instanceof UserError) throw error
    throw new UserError('the file is not UTF-8 text', { place: { file: shown }, hint: 'Save it as UTF-8.' })
  }
}

function tooLarge(file: string, what: string): UserError {
  return new UserError(`the file is too large to be a ${what}`, { place: { file } })
}

/** How a file is called in messages and reports: relative to the working directory when below it. A shipped file is called
 * the same from everywhere, because reports must not depend on where they were made. */
export function showPath(file: string, cwd: string): string {
  const shipped = below(shippedScenarios, file)
  return shipped === undefined ? (below(cwd, file) ?? file) : `scenarios/${shipped}`
}

/** It came with the package, and is no file of the working directory. */
export function isOfPackage(file: string, cwd: string): boolean {
  return below(shippedScenarios, file) !== undefined && below(cwd, file) === undefined
}

function below(directory: string, file: string): string | undefined {
  const path = relative(directory, file)
  return path === '' || path.startsWith('..') || isAbsolute(path) ? undefined : path.replaceAll('\\', '/')
}

/** Clients and services are called otherwise. */
function isScenarioFile(name: string): boolean {
  return /\.ya?ml$/u.test(name) && !/^\.|\.(?:client|service)\.ya?ml$/u.test(name)
}

function yamlFilesBelow(directory: string): string[] {
  if (kindOf(directory) !== 'directory') return []
  return readdirSync(directory, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && isScenarioFile(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .toSorted()
}

/** The name a file gives itself, without parsing it; `list` must stay fast and must survive a broken file. */
export function nameOf(file: string): string {
  let text = ''
  try {
    text = readText(file)
  } catch {
    return stemOf(file)
  }
  return /^scenario:[ \t]+["']?([\w-]+)/mu.exec(text)?.[1] ?? stemOf(file)
}

export function stemOf(file: string): string {
  return basename(file).replace(/\.ya?ml$/u, '')
}

export function kindOf(path: string): 'file' | 'directory' | 'nothing' {
  try {
    return statSync(path).isDirectory() ? 'directory' : 'file'
  } catch {
    // A circle of links, a name that is too long, a folder that is closed to us: there is nothing to be read, either.
    return 'nothing'
  }
}

function codeOf(error: unknown): string {
  return typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : 'unknown reason'
}
