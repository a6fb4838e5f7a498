// Which client is played in which scenario with which seed. Broken clients go where they say that they are caught; the sound
// ones take turns, so that a run stays short and some runs together have seen everything. (The reference is replayed everywhere
// by test/library.test.ts.)

import type { Declaration } from './declarations.ts'
import { rowNamed, type Row } from './rows.ts'

export type Play = {
  readonly client: string
  readonly row: Row
  readonly seed: string
  /** What must fail; `null` when nothing may. */
  readonly declared: readonly string[] | null
}

export type Choice = {
  readonly seeds: readonly string[]
  /** Every sound client in every scenario. */
  readonly full: boolean
  /** A part of the name of a client, an oracle or a scenario. */
  readonly only: string | undefined
}

/** A sound client plays one scenario in this many; so many seeds together have it play all of them. */
export const turns = 20

export function planPlays(
  declarations: readonly Declaration[],
  sound: readonly string[],
  rows: readonly Row[],
  choice: Choice,
): readonly Play[] {
  // `resilient` and a planted bug play the large ones in test/library.test.ts, whatever is done here.
  const isThorough = choice.seeds.length > 1
  return choice.seeds.flatMap((seed) => [
    ...declarations.flatMap(({ client, oracles, scenario }) => {
      const row = rowNamed(rows, scenario)
      return row ? [{ client, row, seed, declared: oracles }] : []
    }),
    ...sound.flatMap((client, nth) =>
      rows
        .filter(({ name }) => isMeant({ client, scenario: name }, choice.only))
        .filter((row) => choice.full || (isItsTurn(rows.indexOf(row), nth, seed) && (!row.isLarge || isThorough)))
        .map((row) => ({ client, row, seed, declared: null })),
    ),
  ])
}

/** Neighbours in the list of clients take neighbouring scenarios, and the next seed the next ones. */
function isItsTurn(row: number, client: number, seed: string): boolean {
  return (row + client + Number(seed)) % turns === 0
}

/** Whether one of the names contains the word that was asked for. */
export function isMeant(
  { client, scenario, oracles }: Pick<Declaration, 'client' | 'scenario'> & Partial<Declaration>,
  word: string | undefined,
): boolean {
  return word === undefined || [client, scenario, ...(oracles ?? [])].some((name) => name.includes(word))
}
