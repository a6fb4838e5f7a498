// A failure out of a warm cell is believed when a cell that has seen nothing shows it too. When two such cells disagree with each
// other, the run is not repeatable, and the client is blamed for nothing.

import type { Trial } from '#engine/trial.ts'
import type { Case } from './case.ts'
import type { Flake } from './finding.ts'
import type { CasePath } from './path.ts'
import type { Failure, Outcome, Player } from './player.ts'

type Tried = Extract<Outcome, { kind: 'tried' }>

export type Confirmed =
  | { readonly kind: 'confirmed'; readonly failure: Failure; readonly outcome: Tried }
  /** Only the warm cell showed it. */
  | { readonly kind: 'retracted' }
  | { readonly kind: 'flaky'; readonly flake: Flake }
  /** It could not be played again. */
  | { readonly kind: 'stopped'; readonly outcome: Outcome }

export async function confirm(
  found: Case,
  oracle: string,
  path: CasePath,
  player: Pick<Player, 'play'>,
): Promise<Confirmed> {
  const [one, other] = [await player.play(found, true), await player.play(found, true)]
  if (one.kind !== 'tried') return { kind: 'stopped', outcome: one }
  if (other.kind !== 'tried') return { kind: 'stopped', outcome: other }
  const difference = differenceOf(one.trial, other.trial)
  if (difference) return { kind: 'flaky', flake: { path, oracle, ...difference } }
  const failure = failureOf(one, oracle)
  return failure && failureOf(other, oracle) ? { kind: 'confirmed', failure, outcome: one } : { kind: 'retracted' }
}

export function failureOf({ failed }: Tried, oracle: string): Failure | undefined {
  return failed.find((failure) => failure.oracle === oracle)
}

type Difference = Pick<Flake, 'line' | 'one' | 'other'>

/** The first line in which two histories of one run differ; `undefined` when they are the same, or need not be. */
export function differenceOf(one: Trial, other: Trial): Difference | undefined {
  return one.text === other.text || died(one) || died(other) ? undefined : firstDifference(one.text, other.text)
}

/** A client that dies is stopped at a moment of real time. */
function died({ history }: Trial): boolean {
  return history.all('client.crashed').length > 0
}

function firstDifference(one: string, other: string): Difference {
  const [lines, others] = [one.split('\n'), other.split('\n')]
  const index = lines.findIndex((line, at) => line !== others[at])
  const at = index < 0 ? lines.length : index
  return { line: at + 1, one: lines[at] ?? '', other: others[at] ?? '' }
}
