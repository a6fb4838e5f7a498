// One word for how a run ended, and for how several did. Exit codes follow from it.

import type { RunResult } from '#engine/run-result.ts'

/** From bad to worst: the last one that occurred is the word for several runs. */
export const outcomes = ['not-applicable', 'pass', 'inconclusive', 'error', 'fail', 'rejected', 'interrupted'] as const

export type RunOutcome = (typeof outcomes)[number]

/** A client that is not healthy without any fault proves nothing about faults, so its failure is `inconclusive`; neither
 * does a pass in which no oracle passed. */
export function outcomeOf(result: RunResult): RunOutcome {
  if (result.kind === 'harness-error') return 'error'
  if (result.kind === 'rejected' && result.problem.isMachine) return 'error'
  if (result.kind !== 'judged') return result.kind
  if (result.outcome === 'error') return 'error'
  if (result.withoutFaults) return 'inconclusive'
  if (result.outcome === 'pass' && !result.verdicts.some(({ verdict }) => verdict === 'pass')) return 'inconclusive'
  return result.outcome
}

export function worstOutcome(ended: readonly RunOutcome[]): RunOutcome {
  const worst = Math.max(...ended.map((outcome) => outcomes.indexOf(outcome)))
  return outcomes[worst] ?? 'inconclusive'
}
