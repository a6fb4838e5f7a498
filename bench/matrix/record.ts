// What was once proven, checked in: a bug that an oracle caught must stay caught. Nothing in it depends on the machine or on
// the hour, so it changes only when what it tells changes.

import type { Cell } from './judge.ts'
import type { OracleRow } from './summary.ts'

export type RecordFile = {
  readonly format: 1
  readonly seeds: readonly string[]
  /** Whether every sound client played every scenario, or they took turns. */
  readonly sound: 'full' | 'turns'
  readonly oracles: Readonly<Record<string, OracleRecord>>
}

type OracleRecord = {
  /** Planted bugs that declare it, and how many of them it caught with every seed: these. */
  readonly planted: number
  readonly caught: number
  readonly bugs: readonly string[]
  /** Runs of sound clients in which it had enough to judge, and how many of them it failed. */
  readonly soundRuns: number
  readonly falseAlarms: number
}

export function recordOf(
  rows: readonly OracleRow[],
  { seeds, full }: { readonly seeds: readonly string[]; readonly full: boolean },
): RecordFile {
  const oracles = rows.map(({ oracle, caught, declared, soundRuns, alarms }) => [
    oracle,
    { planted: declared.length, caught: caught.length, bugs: caught, soundRuns, falseAlarms: alarms },
  ])
  return { format: 1, seeds, sound: full ? 'full' : 'turns', oracles: Object.fromEntries(oracles) }
}

/** A sentence for each planted bug that was caught before and was not caught in these runs. */
export function regressionsSince(record: RecordFile, cells: readonly Cell[]): readonly string[] {
  const broken = cells.filter(({ declared }) => declared !== null)
  return Object.entries(record.oracles).flatMap(([oracle, { bugs }]) =>
    bugs.flatMap((client) => {
      const lost = broken.find((cell) => cell.client === client && !cell.failed.includes(oracle))
      return lost
        ? [`${client} was caught by ${oracle} before, and is not in ${lost.scenario} with seed ${lost.seed}`]
        : []
    }),
  )
}

/** Bugs that are caught and that the record does not know. */
export function unrecorded(record: RecordFile, rows: readonly OracleRow[]): readonly string[] {
  return rows.flatMap(({ oracle, caught }) =>
    caught.filter((client) => !record.oracles[oracle]?.bugs.includes(client)).map((client) => `${client} by ${oracle}`),
  )
}
