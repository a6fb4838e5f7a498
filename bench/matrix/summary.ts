// The matrix by oracle: how many planted bugs it catches, and how often it was right about clients that are sound.

import type { Cell } from './judge.ts'

export type OracleRow = {
  readonly oracle: string
  /** Planted bugs that declare it, and those of them that it caught with every seed. Sorted. */
  readonly declared: readonly string[]
  readonly caught: readonly string[]
  /** Clients that it failed although they do not declare it. */
  readonly also: readonly string[]
  /** Runs of sound clients in which it had enough to judge. */
  readonly soundRuns: number
  readonly alarms: number
}

export function summarize(cells: readonly Cell[], oracles: readonly string[]): readonly OracleRow[] {
  const broken = cells.filter(({ declared }) => declared !== null)
  const sound = cells.filter(({ declared }) => declared === null)
  return oracles.map((oracle) => {
    const planted = broken.filter(({ declared }) => declared?.includes(oracle))
    const lost = new Set(planted.filter(({ failed }) => !failed.includes(oracle)).map(({ client }) => client))
    const declared = clientsOf(planted)
    return {
      oracle,
      declared,
      caught: declared.filter((client) => !lost.has(client)),
      also: clientsOf(broken.filter(({ declared: own, failed }) => failed.includes(oracle) && !own?.includes(oracle))),
      soundRuns: sound.filter(({ armed }) => armed.includes(oracle)).length,
      alarms: sound.filter(({ failed }) => failed.includes(oracle)).length,
    }
  })
}

/** Without those that no run was about: a few runs say nothing of the others. */
export function concerned(rows: readonly OracleRow[]): readonly OracleRow[] {
  return rows.filter(({ declared, also, soundRuns, alarms }) => declared.length + also.length + soundRuns + alarms > 0)
}

export type Totals = {
  readonly bugs: number
  readonly caught: number
  readonly another: number
  readonly missed: number
  readonly soundRuns: number
  readonly alarms: number
}

/** A bug is caught when it is with every seed. */
export function totalsOf(cells: readonly Cell[]): Totals {
  const broken = cells.filter(({ declared }) => declared !== null)
  const byClient = Array.from(Map.groupBy(broken, ({ client }) => client).values(), (own) => own.map(({ is }) => is))
  const missed = byClient.filter((own) => own.includes('missed')).length
  const caught = byClient.filter((own) => own.every((is) => is === 'caught')).length
  const sound = cells.filter(({ declared }) => declared === null)
  return {
    bugs: byClient.length,
    caught,
    another: byClient.length - caught - missed,
    missed,
    soundRuns: sound.length,
    alarms: sound.filter(({ is }) => is === 'alarm').length,
  }
}

function clientsOf(cells: readonly Cell[]): readonly string[] {
  return [...new Set(cells.map(({ client }) => client))].toSorted()
}
