// A failure out of a warm cell is believed when a cell that has seen nothing shows it too. When two such cells disagree with each
// other, the run is not repeatable, and the client is blamed for nothing.

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
  if (one.trial.text !== other.trial.text && !died(one) && !died(other))
    return { kind: 'flaky', flake: { path, oracle, ...firstDifference(one.trial.text, other.trial.text) } }
  const failure = failureOf(one, oracle)
  return failure && failureOf(other, oracle) ? { kind: 'confirmed', failure, outcome: one } : { kind: 'retracted' }
}

export function failureOf({ failed }: Tried, oracle: string): Failure | undefined {
  return failed.find((failure) => failure.oracle === oracle)
}

/** A client that dies is stopped at a moment of real time. */
function died({ trial }: Tried): boolean {
  return trial.history.all('client.crashed').length > 0
}

function firstDifference(one: string, other: string): Pick<Flake, 'line' | 'one' | 'other'> {
  const [lines, others] = [one.split('\n'), other.split('\n')]
  const index = lines.findIndex((line, at) => line !== others[at])
  const at = index < 0 ? lines.length : index
  return { line: at + 1, one: lines[at] ?? '', other: others[at] ?? '' }
}
