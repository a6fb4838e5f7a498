// The matrix as text: for the terminal, and as Markdown.

import type { Cell } from './judge.ts'
import { turns, type Choice } from './plan.ts'
import { isGood } from './play.ts'
import type { OracleRow, Totals } from './summary.ts'

type Matrix = {
  readonly cells: readonly Cell[]
  readonly rows: readonly OracleRow[]
  readonly totals: Totals
  /** Sentences that belong below the table: what was chosen, what regressed. */
  readonly notes: readonly string[]
}

const heads = ['oracle', 'planted bugs', 'also failed', 'sound runs judged', 'false alarms']

function columnsOf({ oracle, declared, caught, also, soundRuns, alarms }: OracleRow): string[] {
  const bugs = declared.length === 0 ? 'none' : `${caught.length} of ${declared.length}`
  return [oracle, bugs, String(also.length), String(soundRuns), String(alarms)]
}

export function terminalTable({ cells, rows, totals, notes }: Matrix): string {
  const table = [heads, ...rows.map(columnsOf)]
  const widths = heads.map((_head, column) => Math.max(...table.map((row) => (row[column] ?? '').length)))
  const lines = table.map((row) =>
    row
      .map((text, column) => (column === 0 ? text.padEnd(widths[0] ?? 0) : text.padStart(widths[column] ?? 0)))
      .join('  '),
  )
  return [...lines, '', ...findings(cells), ...notes, '', lastLine(totals)].join('\n')
}

export function markdown({ cells, rows, totals, notes }: Matrix): string {
  const line = (columns: readonly string[]) => `| ${columns.join(' | ')} |`
  const broken = cells.filter(({ declared }) => declared !== null)
  return [
    '# The matrix',
    '',
    lastLine(totals),
    '',
    ...[...findings(cells), ...notes].map((text) => `- ${text.trim()}`),
    '',
    line(heads),
    line(heads.map(() => '---')),
    ...rows.map((row) => line(columnsOf(row))),
    '',
    '## Planted bugs',
    '',
    line(['client', 'scenario', 'seed', 'is', 'declared', 'also failed']),
    line(Array<string>(6).fill('---')),
    ...broken.map(({ client, scenario, seed, is, declared, failed }) => {
      const own = declared ?? []
      return line([client, scenario, seed, is, own.join(', '), failed.filter((name) => !own.includes(name)).join(', ')])
    }),
    '',
  ].join('\n')
}

/** What was played, in a sentence. */
export function choiceInWords({ full, seeds, only }: Choice, runs: number, scenarios: number, sound: number): string {
  const seed = `${seeds.length === 1 ? 'Seed' : 'Seeds'} ${seeds.join(', ')}`
  if (only !== undefined)
    return `${seed}, and only what is called "${only}": ${runs === 1 ? 'one run' : `${runs} runs`}.`
  const share = full
    ? `all ${scenarios} scenarios`
    : `one in ${turns} of the ${scenarios} scenarios, by turns, large fleets only with several seeds (--full: all)`
  return `${seed}: ${sound} sound clients in ${share}.`
}

/** One line for everything that is not as it should be, and one for what proves nothing. */
function findings(cells: readonly Cell[]): readonly string[] {
  const bad = cells.filter((cell) => !isGood(cell)).map(findingOf)
  const unproven = cells.filter(({ is }) => is === 'unproven')
  const sum =
    unproven.length === 0 ? [] : [`${unproven.length} runs of sound clients prove nothing: ${examplesOf(unproven)}`]
  return [...bad, ...sum]
}

function findingOf({ client, scenario, seed, is, declared, failed, withoutFaults, because }: Cell): string {
  const where = `${client} in ${scenario} with seed ${seed}`
  const others = failed.length === 0 ? 'nothing failed' : `what failed: ${failed.join(', ')}`
  const missing = (declared ?? []).filter((oracle) => !failed.includes(oracle))
  const twin = withoutFaults ? ' The client fails without any fault.' : ''
  if (is === 'missed' || is === 'another')
    return `MISSED ${where}: not caught by ${missing.join(', ')}; ${others}.${twin} ${because}`
  return `ALARM ${where}: ${others}.${twin} ${because}`
}

function examplesOf(cells: readonly Cell[]): string {
  const named = cells.slice(0, 3).map(({ client, scenario }) => `${client} in ${scenario}`)
  return cells.length > 3 ? `${named.join(', ')} and ${cells.length - 3} more.` : `${named.join(', ')}.`
}

function lastLine({ bugs, caught, another, missed, soundRuns, alarms }: Totals): string {
  return (
    `matrix: ${bugs} bugs, ${caught} caught by the declared oracle, ${another} by another only, ${missed} missed; ` +
    `${soundRuns} sound runs, ${alarms} false alarms`
  )
}
