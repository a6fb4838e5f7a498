// The exit code is a contract with CI: one number for each way that runs can end, and for several runs the worst of them.

import type { RunResult } from '#engine/run-result.ts'
import { outcomeOf, worstOutcome, type RunOutcome } from '#report/outcome.ts'

export const exitCodes = {
  'not-applicable': 2,
  pass: 0,
  fail: 1,
  rejected: 2,
  inconclusive: 3,
  error: 4,
  interrupted: 130,
} as const satisfies Record<RunOutcome, number>

export type ExitCode = (typeof exitCodes)[RunOutcome]

const order: readonly ExitCode[] = [130, 2, 1, 4, 3, 0]

/** 130 > 2 > 1 > 4 > 3 > 0. No run at all proves nothing. A scenario that the client cannot play is passed
 * over among others; who names no other has made a mistake. */
export function exitCodeOf(results: readonly RunResult[], complaints: readonly string[] = []): ExitCode {
  return exitCodes[worstOutcome([...results.map(outcomeOf), ...complaints.map(() => 'fail' as const)])]
}

/** Of two ways to end, the one that counts. */
export function worseCode(one: ExitCode, other: ExitCode): ExitCode {
  return order.indexOf(one) < order.indexOf(other) ? one : other
}

/** For `--help`. */
export const exitCodeHelp = `Exit codes:
  0    the client degraded correctly
  1    the client degraded incorrectly
  2    wrong usage, invalid scenario, or a client that does not load
  3    inconclusive, or the client fails without any fault
  4    the harness itself failed, or its reports could not be written
  130  interrupted
Over several runs the worst one counts: 130, then 2, 1, 4, 3, 0.`
