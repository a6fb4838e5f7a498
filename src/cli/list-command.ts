// `list`: the scenarios there are, the most severe first, or those that words select. A broken file is listed too, as broken.

import { isUserError, UserError } from '#context/user-error.ts'
import { alignColumns } from '#report/layout.ts'
import { oneLine } from '#context/foreign-text.ts'
import { knownScenarios, showPath, type ScenarioFile } from '#scenario/files.ts'
import { factsInLibrary, factsOf, type ScenarioFacts } from '#scenario/library-facts.ts'
import type { CommonFlags } from './flags.ts'
import { columnsOf, print } from './terminal.ts'

type Listed = ScenarioFacts & { readonly name: string; readonly file: string }

const unknown: ScenarioFacts = { title: null, severity: null, tags: [], variants: [], date: null, spanMs: null }

const usualWidth = 120
const widestTags = 30
const invalid = 'invalid; see what "validate" says'

export async function listCommand(wanted: readonly string[], { output, quiet, verbose }: CommonFlags): Promise<void> {
  const cwd = process.cwd()
  const described = await describeAll(await filesOf(wanted, cwd), cwd)
  const listed = described.toSorted((one, other) => rankOf(one) - rankOf(other))
  if (output === 'json') return print(JSON.stringify(listed, null, 2))
  if (quiet) return printLines(listed.map(({ name }) => oneLine(name)))
  printLines(listed.length === 0 ? ['There are no scenarios here.'] : tableOf(listed, verbose))
}

function printLines(lines: readonly string[]): void {
  if (lines.length > 0) print(lines.join('\n'))
}

/** Each file once; without words, all of them. */
async function filesOf(wanted: readonly string[], cwd: string): Promise<readonly ScenarioFile[]> {
  if (wanted.length === 0) return knownScenarios(cwd)
  const byFile = new Map<string, ScenarioFile>()
  for (const word of wanted) for (const found of await meant(word, cwd)) byFile.set(found.file, found)
  return [...byFile.values()]
}

/** What can be run by this word; otherwise whatever has it in its name, its tags or its title. */
async function meant(word: string, cwd: string): Promise<readonly ScenarioFile[]> {
  const { locate } = await import('./select.ts')
  try {
    return locate(word, cwd)
  } catch (error) {
    if (!isUserError(error)) throw error
    const known = await describeAll(knownScenarios(cwd), cwd)
    const names = new Set(known.filter((one) => mentions(one, word.toLowerCase())).map(({ name }) => name))
    const found = knownScenarios(cwd).filter(({ name }) => names.has(name))
    if (found.length > 0) return found
    throw new UserError(`No scenario has "${word}" in its name, its tags or its title.`, {
      hint: '"list" without a word shows all of them.',
    })
  }
}

function mentions({ name, tags, title }: Listed, word: string): boolean {
  return [name, ...tags, title ?? ''].some((text) => text.toLowerCase().includes(word))
}

function rankOf({ severity }: Listed): number {
  return severity === null ? 9 : Number(severity.slice(1))
}

/** One line for each scenario, and one below it for each of its variants. */
function tableOf(listed: readonly Listed[], whole: boolean): string[] {
  const rows = listed.flatMap(({ name, severity, tags, title, variants }) => [
    [
      oneLine(name),
      severity ?? '-',
      whole ? tags.join(' ') : clip(tags.join(' '), widestTags),
      oneLine(title ?? invalid),
    ],
    ...variants.map((variant) => [`  :${variant.name}`, '', '', oneLine(variant.title)]),
  ])
  const width = columnsOf(process.stdout, process.env, usualWidth)
  const table = [['scenario', '', 'tags', 'title'], ...rows]
  if (whole) return alignColumns(table, ['left', 'left', 'left', 'left'])
  // What a scenario is about says more than its tags.
  const shown =
    width < usualWidth ? table.map(([name = '', severity = '', , title = '']) => [name, severity, title]) : table
  return alignColumns(shown, ['left', 'left', 'left', 'left']).map((line) => clip(line, width))
}

function clip(text: string, length: number): string {
  return text.length <= length ? text : `${text.slice(0, length - 4).trimEnd()} ...`
}

/** What reads a scenario is loaded only where there is one that is not known beforehand. */
async function describeAll(files: readonly ScenarioFile[], cwd: string): Promise<readonly Listed[]> {
  const facts = new Map(files.map(({ file }) => [file, factsInLibrary(file)]))
  const isKnown = [...facts.values()].every((known) => known !== undefined)
  const load = isKnown ? undefined : (await import('#scenario/load.ts')).loadFile
  const read = (file: string): ScenarioFacts => {
    try {
      return load ? factsOf(load(file, cwd)) : unknown
    } catch (error) {
      if (!isUserError(error)) throw error
      return unknown
    }
  }
  return files.map(({ name, file }) => ({ name, file: showPath(file, cwd), ...(facts.get(file) ?? read(file)) }))
}
