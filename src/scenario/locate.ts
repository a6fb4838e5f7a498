// Which scenarios a person means by a word: a name, a path, a directory, a glob, `all`, a tag or a severity; and one row of a
// file, as `name:variant`.

import { globSync, readdirSync } from 'node:fs'
import { basename, dirname, resolve } from 'node:path'
import { nearestName } from '#context/nearest-name.ts'
import { UserError } from '#context/user-error.ts'
import { findScenarios, kindOf, knownScenarios, nameOf, stemOf, type ScenarioFile } from './files.ts'
import { allLabels, labelsOf } from './labels.ts'
import { didYouMean, spell, suggest } from './problem.ts'

/** `variant` is `null` where no row in particular is meant. */
export type ScenarioRow = ScenarioFile & { readonly variant: string | null }

/** All that can be typed to mean scenarios, besides paths. */
export function knownWords(cwd: string): readonly string[] {
  const known = knownScenarios(cwd)
  return [...known.map(({ name }) => name), ...allLabels(known)]
}

/** As `locateScenarios`; a word with a colon may name one row. Whether the file has that row is for the parser to say. */
export function locateRows(wanted: string, cwd: string): readonly ScenarioRow[] {
  const colon = wanted.lastIndexOf(':')
  const whole = colon < 0 ? locateScenarios(wanted, cwd) : lookUp(wanted, cwd)
  if (whole.length > 0) return whole.map((found) => ({ ...found, variant: null }))
  const [scenario, variant] = [wanted.slice(0, colon), wanted.slice(colon + 1)]
  const [found, ...others] = locateScenarios(scenario, cwd)
  if (found && others.length === 0) return [{ ...found, variant }]
  throw new UserError(`"${scenario}" is more than one scenario, and "${variant}" can be a variant of one only`, {
    hint: `Name one of them: ${[found, ...others].map((one) => one?.name).join(', ')}.`,
  })
}

/** Which files a person means. Never empty: what is not found is an error. */
export function locateScenarios(wanted: string, cwd: string): readonly ScenarioFile[] {
  const found = lookUp(wanted, cwd)
  if (found.length > 0) return found
  if (kindOf(resolve(cwd, wanted)) === 'directory')
    throw new UserError(`there is no scenario in the directory ${wanted}`, { hint: 'Scenarios end in .yaml.' })
  if (isPattern(wanted))
    throw new UserError(`there is no scenario "${wanted}"`, { hint: 'No file that ends in .yaml fits this pattern.' })
  if (isPath(wanted)) throw missingFile(wanted, cwd)
  const names = knownScenarios(cwd).map((scenario) => scenario.name)
  const hint = didYouMean(wanted, knownWords(cwd)) ?? spell(suggest(wanted, names, 'scenarios'))
  throw new UserError(`there is no scenario "${wanted}"`, { hint })
}

function isPattern(wanted: string): boolean {
  return /[*?[{]/u.test(wanted)
}

function isPath(wanted: string): boolean {
  return /[\\/]|\.ya?ml$/u.test(wanted)
}

/** What is nearest beside it, or has its name elsewhere. */
function missingFile(wanted: string, cwd: string): UserError {
  const folder = dirname(resolve(cwd, wanted))
  const name = basename(wanted)
  const before = wanted.slice(0, wanted.length - name.length)
  const isThere = kindOf(folder) === 'directory'
  const beside = isThere ? readdirSync(folder).filter((other) => /\.ya?ml$/u.test(other)) : []
  // The ending would make everything alike.
  const near = nearestName(stemOf(name), beside.map(stemOf))
  const file = beside.find((other) => stemOf(other) === near)
  const known = knownScenarios(cwd).map((scenario) => scenario.name)
  const meant = file === undefined ? nearestName(stemOf(name), known) : `${before}${file}`
  const hint = meant === undefined ? undefined : `Did you mean \`${meant}\`?`
  return new UserError(
    isThere
      ? `there is no scenario file "${wanted}"`
      : `there is no scenario file "${wanted}", and no folder "${dirname(wanted)}"`,
    hint === undefined ? {} : { hint },
  )
}

/** Names come before paths, and paths before labels, which take reading every file. */
function lookUp(wanted: string, cwd: string): readonly ScenarioFile[] {
  const known = knownScenarios(cwd)
  if (wanted === 'all') return known
  const named = known.filter(({ name, file }) => name === wanted || stemOf(file) === wanted)
  if (named.length > 0) return named
  const path = resolve(cwd, wanted)
  const kind = kindOf(path)
  if (kind === 'file') return [{ name: nameOf(path), file: path }]
  const inside = kind === 'directory' ? findScenarios(path) : globbed(wanted, cwd)
  return inside.length > 0 ? inside : known.filter((scenario) => labelsOf(scenario).includes(wanted))
}

function globbed(pattern: string, cwd: string): ScenarioFile[] {
  if (!isPattern(pattern)) return []
  const paths = globSync(pattern, { cwd }).map((path) => resolve(cwd, path))
  return paths
    .filter((path) => /\.ya?ml$/u.test(path) && kindOf(path) === 'file')
    .toSorted()
    .map((file) => ({ name: nameOf(file), file }))
}
