// Writes the table of docs/library.md: what each scenario says of the shipped clients. `node bench/library-table.ts` replays the
// whole library with each of them (some minutes) and replaces what stands between the table's markers; with `missing` only those
// scenarios that the table does not have, with names only those. The rows that the README shows are the same.

import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { resolveClient } from '#client/resolve-client.ts'
import { createCrew } from '#engine/crew.ts'
import type { RunResult } from '#engine/run-result.ts'
import { run } from '#engine/run.ts'
import { findScenarios, shippedScenarios } from '#scenario/files.ts'
import { loadFile } from '#scenario/load.ts'

const root = fileURLToPath(new URL('../', import.meta.url))
const [page, readme] = [join(root, 'docs/library.md'), join(root, 'README.md')]
const clients = ['resilient', 'runbook', 'sdk'] as const
// Compiled code is kept between processes, as the command line does it.
process.env['NODE_COMPILE_CACHE'] ||= join(tmpdir(), 'node-compile-cache')

const rows = findScenarios(shippedScenarios).flatMap(({ name, file }) => {
  const { variants, source, title } = loadFile(file, root)
  const own = variants.length === 0 ? [null] : variants.map((variant) => variant.name)
  return own.map((variant) => ({
    name: variant === null ? name : `${name}:${variant}`,
    file,
    variant,
    severity: source.severity,
    title,
  }))
})

/** `pass`, or what fails, the first two by name. */
function cell(result: RunResult): string {
  if (result.kind === 'not-applicable') return 'n.a.'
  if (result.kind !== 'judged') return result.kind
  if (result.outcome === 'pass') return 'pass'
  if (result.withoutFaults || result.outcome !== 'fail') return result.outcome
  const failed = [...new Set(result.verdicts.filter(({ verdict }) => verdict === 'fail').map(({ oracle }) => oracle))]
  const others = failed.length > 2 ? ` +${failed.length - 2}` : ''
  return `**fail** ${failed.slice(0, 2).join(', ')}${others}`
}

/** The lines that the table has, by name of the scenario. */
function linesOf(text: string): ReadonlyMap<string, string> {
  const table = /<!-- table: library -->([\s\S]*)<!-- end of table -->/u.exec(text)?.[1] ?? ''
  return new Map(table.split('\n').map((line) => [nameIn(line), line]))
}

function nameIn(line: string): string {
  return line.split('|')[1]?.trim() ?? ''
}

const wanted = process.argv.slice(2)
const known = linesOf(readFileSync(page, 'utf8'))

/** What stays as it is. */
function keptLine(name: string): string | undefined {
  if (wanted.length === 0 || wanted.includes(name)) return undefined
  return known.get(name) ?? (wanted.includes('missing') ? undefined : '')
}

const crew = createCrew(2)
const historyFile = join(mkdtempSync(join(tmpdir(), 'table-')), 'history.ndjson')
const lines: string[] = []
for (const { name, file, variant, severity } of rows) {
  const kept = keptLine(name)
  if (kept !== undefined) {
    if (kept !== '') lines.push(kept)
    continue
  }
  const cells: string[] = []
  for (const client of clients) {
    const result = await run({
      scenario: file,
      variant,
      client: resolveClient(client, root),
      seed: '1',
      profile: 'default',
      historyFile,
      dropHosts: [],
      signal: new AbortController().signal,
      crew,
    })
    cells.push(cell(result))
  }
  lines.push(`| ${name} | ${severity} | ${cells.join(' | ')} |`)
  console.log(lines.at(-1))
}
crew.close()
const head = [
  `| scenario | severity | ${clients.join(' | ')} |`,
  `| --- | --- | ${clients.map(() => '---').join(' | ')} |`,
]
writeTable(page, lines)
const shown = linesOf(readFileSync(readme, 'utf8'))
writeTable(
  readme,
  lines.filter((line) => shown.has(nameIn(line))),
)

function writeTable(file: string, rowsOfIt: readonly string[]): void {
  const table = ['<!-- table: library -->', '', ...head, ...rowsOfIt, '', '<!-- end of table -->'].join('\n')
  const text = readFileSync(file, 'utf8')
  writeFileSync(
    file,
    text.replace(/<!-- table: library -->[\s\S]*<!-- end of table -->/u, () => table),
  )
}
