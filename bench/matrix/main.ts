// `npm run matrix`: proves that the verdicts are right. Every planted bug is caught by the oracle that it was planted for, and no
// sound client fails anything. Writes reports/matrix.json and reports/matrix.md; ends with 1 when something is missed or alarmed.

import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { shippedClients } from '#client/resolve-client.ts'
import { isUserError } from '#context/user-error.ts'
import { oracles } from '#oracle/catalog.ts'
import { readDeclarations, strangeNames } from './declarations.ts'
import type { Cell } from './judge.ts'
import { readNotAsked } from './not-asked.ts'
import { readOptions, type Options } from './options.ts'
import { isMeant, planPlays, type Play } from './plan.ts'
import { isGood, playAll } from './play.ts'
import { recordOf, regressionsSince, unrecorded, type RecordFile } from './record.ts'
import { libraryRows, type Row } from './rows.ts'
import { concerned, summarize, totalsOf } from './summary.ts'
import { choiceInWords, markdown, terminalTable } from './table.ts'

const root = fileURLToPath(new URL('../../', import.meta.url))
const recordPath = join(root, 'fixtures/record.json')
// Compiled code is kept between processes, as the command line does it.
process.env['NODE_COMPILE_CACHE'] ||= join(tmpdir(), 'node-compile-cache')

async function main(): Promise<number> {
  const options = readOptions(process.argv.slice(2))
  const rows = libraryRows(root)
  const { plays, mistakes } = planOf(rows, options)
  for (const mistake of mistakes) console.error(mistake)
  const slow: { readonly cell: Cell; readonly wallMs: number }[] = []
  const cells = await playAll(plays, {
    root,
    notAsked: await readNotAsked(root),
    signal: interruption(),
    onCell: (cell, wallMs) => {
      slow.push({ cell, wallMs })
      tellProgress(cell, slow.length, plays.length)
    },
  })
  if (options.time) console.log(longest(slow))
  if (cells.length === plays.length) return conclude(cells, options, rows, mistakes)
  conclude(cells, { ...options, record: false }, rows, mistakes)
  console.error(`Interrupted: this is what ${cells.length} of ${plays.length} runs say.`)
  return 130
}

/** What to play, and what is wrong with the declarations: a client that declares nonsense cannot be played. */
function planOf(
  rows: readonly Row[],
  options: Options,
): { readonly plays: readonly Play[]; readonly mistakes: readonly string[] } {
  const { declarations, mistakes } = readDeclarations(join(root, 'fixtures/clients/broken'), 'fixtures/clients/broken')
  const known = { oracles: new Set(oracles.keys()), scenarios: rows }
  const meant = declarations.filter((declaration) => isMeant(declaration, options.only))
  const sane = meant.filter((declaration) => strangeNames(declaration, known).length === 0)
  const strange = meant.flatMap((declaration) => strangeNames(declaration, known))
  return { plays: planPlays(sane, soundClients(), rows, options), mistakes: [...mistakes, ...strange] }
}

function soundClients(): readonly string[] {
  return ['resilient', ...shippedClients().filter((name) => name.startsWith('sound/'))]
}

function conclude(cells: readonly Cell[], options: Options, rows: readonly Row[], mistakes: readonly string[]): number {
  const all = summarize(cells, [...oracles.keys()])
  const table = options.only === undefined ? all : concerned(all)
  const totals = totalsOf(cells)
  const known = existsSync(recordPath) ? (JSON.parse(readFileSync(recordPath, 'utf8')) as RecordFile) : undefined
  const regressions = known && !options.record ? regressionsSince(known, cells) : []
  const news = known && !options.record && options.only === undefined ? unrecorded(known, table) : []
  const notes = [
    ...mistakes.map((text) => `NOT PLAYED ${text}`),
    ...regressions.map((text) => `REGRESSED ${text}.`),
    ...(news.length === 0 ? [] : [`Not in fixtures/record.json (write it with --record): ${news.join(', ')}.`]),
    choiceInWords(options, cells.length, rows.length, soundClients().length),
  ]
  const matrix = { cells, rows: table, totals, notes }
  mkdirSync(join(root, 'reports'), { recursive: true })
  writeFileSync(
    join(root, 'reports/matrix.json'),
    `${JSON.stringify({ format: 1, totals, oracles: table, cells }, null, 1)}\n`,
  )
  writeFileSync(join(root, 'reports/matrix.md'), markdown(matrix))
  if (options.record) writeFileSync(recordPath, `${JSON.stringify(recordOf(table, options), null, 1)}\n`)
  console.log(terminalTable(matrix))
  return cells.every(isGood) && regressions.length === 0 && mistakes.length === 0 ? 0 : 1
}

/** On a terminal the count; elsewhere a line now and then, and one for whatever is not as it should be. */
function tellProgress(cell: Cell, done: number, all: number): void {
  if (!isGood(cell)) console.error(`${cell.is}: ${cell.client} in ${cell.scenario} with seed ${cell.seed}`)
  if (process.stderr.isTTY) process.stderr.write(`\r${done} of ${all} runs${done === all ? '\n' : ''}`)
  else if (done % 25 === 0) console.error(`${done} of ${all} runs`)
}

function longest(slow: readonly { readonly cell: Cell; readonly wallMs: number }[]): string {
  const sorted = slow.toSorted((one, other) => other.wallMs - one.wallMs)
  const lines = sorted.slice(0, 15).map(({ cell, wallMs }) => {
    return `${(wallMs / 1_000).toFixed(1).padStart(6)} s  ${cell.client} in ${cell.scenario}`
  })
  const sum = slow.reduce((total, { wallMs }) => total + wallMs, 0) / 1_000
  return [
    ...lines,
    `${slow.length} runs, ${(sum / Math.max(1, slow.length)).toFixed(2)} s each, two at a time`,
    '',
  ].join('\n')
}

function interruption(): AbortSignal {
  const controller = new AbortController()
  for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => controller.abort())
  return controller.signal
}

try {
  process.exitCode = await main()
} catch (error) {
  if (!isUserError(error)) throw error
  console.error(String(error))
  process.exitCode = 2
}
