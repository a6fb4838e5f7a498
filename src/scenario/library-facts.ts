// What `list` says of the scenarios that are shipped, made beforehand: to read sixty files for their titles alone takes most of a second.
// A file that has been changed since is read after all.

import { hash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { relative } from 'node:path'
import { ownFile } from '#context/own-files.ts'
import { readText, shippedScenarios } from './files.ts'
import type { Scenario } from './scenario.ts'

/** `null` of a file that is no scenario. */
export type ScenarioFacts = {
  readonly title: string | null
  readonly severity: string | null
  readonly tags: readonly string[]
  readonly variants: Scenario['variants']
  readonly date: string | null
  readonly spanMs: number | null
}

/** By path below `scenarios/`. */
type LibraryFacts = Readonly<Record<string, ScenarioFacts & { readonly sum: string }>>

export const libraryFile = 'assets/library.json'

export function sumOf(text: string): string {
  return hash('sha1', text, 'base64url')
}

export function pathInLibrary(file: string): string {
  return relative(shippedScenarios, file).replaceAll('\\', '/')
}

export function factsOf({ title, source, spanMs, tags, variants }: Scenario): ScenarioFacts {
  return { title, severity: source.severity, tags, variants, date: source.date, spanMs }
}

let library: LibraryFacts | undefined

/** `undefined` for any other file, and for one that is not what it was. */
export function factsInLibrary(file: string): ScenarioFacts | undefined {
  library ??= readLibrary()
  const known = library[pathInLibrary(file)]
  if (!known) return undefined
  const { sum, ...facts } = known
  return sum === sumOf(readText(file)) ? facts : undefined
}

/** Without it everything is as it is, and slower. */
function readLibrary(): LibraryFacts {
  try {
    return JSON.parse(readFileSync(ownFile(libraryFile), 'utf8')) as LibraryFacts
  } catch {
    return {}
  }
}
