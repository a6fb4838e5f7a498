// `list`: the scenarios there are, the most severe first, or those that words select. A broken file is listed too, as broken.

import { isUserError, UserError } from '#context/user-error.ts'
import { alignColumns } from '#report/layout.ts'
import { oneLine } from '#context/foreign-text.ts'
import { knownScenarios, showPath, type ScenarioFile } from '#scenario/files.ts'
import { loadFile } from '#scenario/load.ts'
import type { Scenario } from '#scenario/scenario.ts'
import type { CommonFlags } from './flags.ts'
import { locate } from './select.ts'
import { columnsOf, print } from './terminal.ts'

type Listed = {
  readonly name: string
  readonly file: string
  readonly title: string | null
  readonly severity: string | null
  readonly tags: readonly string[]
  readonly variants: Scenario['variants']
  readonly date: string | null
  readonly spanMs: number | null
}

const usualWidth = 120
const widestTags = 30
const invalid = 'invalid; see what "validate" says'

export function listCommand(wanted: readonly string[], { output, quiet, verbose }: CommonFlags): void {
  const cwd = process.cwd()
  const listed = filesOf(wanted, cwd)
    .map((found) => describe(found, cwd))
    .toSorted((one, other) => rankOf(one) - rankOf(other))
  if (output === 'json') return print(JSON.stringify(listed, null, 2))
  if (quiet) return printLines(listed.map(({ name }) => oneLine(name)))
  printLines(listed.length === 0 ? ['There are no scenarios here.'] : tableOf(listed, verbose))
}

function printLines(lines: readonly string[]): void {
  if (lines.length > 0) print(lines.join('\n'))
}

/** Each file once; without words, all of them. */
function filesOf(wanted: readonly string[], cwd: string): readonly ScenarioFile[] {
  if (wanted.length === 0) return knownScenarios(cwd)
  const byFile = new Map(wanted.flatMap((word) => meant(word, cwd)).map((found) => [found.file, found]))
  return [...byFile.values()]
}

/** What can be run by this word; otherwise whatever has it in its name, its tags or its title. */
function meant(word: string, cwd: string): readonly ScenarioFile[] {
  try {
    return locate(word, cwd)
  } catch (error) {
    if (!isUserError(error)) throw error
    const found = knownScenarios(cwd).filter((known) => mentions(describe(known, cwd), word.toLowerCase()))
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

function describe({ name, file }: ScenarioFile, cwd: string): Listed {
  const shown = showPath(file, cwd)
  try {
    const { title, source, spanMs, tags, variants } = loadFile(file, cwd)
    return { name, file: shown, title, severity: source.severity, tags, variants, date: source.date, spanMs }
  } catch (error) {
    if (!isUserError(error)) throw error
    return { name, file: shown, title: null, severity: null, tags: [], variants: [], date: null, spanMs: null }
  }
}
