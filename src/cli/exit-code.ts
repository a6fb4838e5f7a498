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

type Meanings = Readonly<Partial<Record<ExitCode, string>>>

const ofRuns: Meanings = {
  0: 'the client degraded correctly',
  1: 'the client degraded incorrectly',
  2: 'wrong usage, invalid scenario, or a client that does not load',
  3: 'inconclusive, or the client fails without any fault',
  4: 'the harness itself failed, or its reports could not be written',
  130: 'interrupted',
}
const failed = 'the harness itself failed'
const unwritten = `${failed}, or what it makes could not be written`

/** Of commands that judge no client by a run. */
const ofCommands: Readonly<Record<string, Meanings>> = {
  list: { 0: 'there are such scenarios', 2: 'wrong usage, or there is no such scenario', 4: failed },
  explain: { 0: 'the scenario is told', 2: 'wrong usage, no such scenario, or an invalid one', 4: failed },
  validate: { 0: 'every file is valid', 2: 'wrong usage, no such file, or an invalid one', 4: failed },
  import: {
    0: 'the skeleton is written',
    2: 'wrong usage, or a document that cannot be read as this form',
    4: unwritten,
  },
  init: {
    0: 'the project is set up',
    2: 'wrong usage, or a project that it cannot be set up in',
    4: unwritten,
    130: 'nothing was written: somebody would rather not',
  },
  'baseline save': { 0: 'the baseline is written', 2: 'wrong usage, or a history that cannot be read', 4: unwritten },
  serve: { 0: 'it was ended, as by Ctrl-C', 2: 'wrong usage, an invalid scenario, or a port that is taken', 4: failed },
  'driver check': {
    0: 'the driver keeps to the protocol',
    1: 'it does not; what is wrong is on the screen',
    2: 'wrong usage, or a driver that does not start',
    4: failed,
  },
  fuzz: {
    0: 'nothing was found',
    1: 'a counterexample was found, or one that is known fails',
    2: 'wrong usage, invalid scenario, or a client that does not load',
    3: 'nothing could be judged, or the client fails without any fault',
    4: unwritten,
    130: 'interrupted; what was found is kept',
  },
}

/** For `--help`. */
export const exitCodeHelp = `${listed(ofRuns)}
Over several runs the worst one counts: 130, then 2, 1, 4, 3, 0.`

/** Of one command, `baseline save` say; `undefined` where they are those of a run. */
export function ownExitCodes(command: string): string | undefined {
  const meanings = ofCommands[command] ?? ofCommands[command.split(' ')[0] ?? '']
  return meanings && listed(meanings)
}

function listed(meanings: Meanings): string {
  const lines = Object.entries(meanings).map(([code, means]) => `  ${code.padEnd(3)}  ${means}`)
  return ['Exit codes:', ...lines].join('\n')
}
