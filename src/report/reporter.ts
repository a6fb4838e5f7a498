// A report format: a pure function from results to text. One writer puts the text on disk, atomically.

import type { RunResult } from '#engine/run-result.ts'
import type { RuleRecord } from './report-schema.ts'

export type ReportOptions = {
  /** The command that reproduces the run, the same on every machine. */
  readonly reproduce: (result: RunResult) => string
  /** The same as it is typed on this machine, for the terminal. Default: the same. */
  readonly reproduceHere?: (result: RunResult) => string
  /** Where the run's history lies, as the user would type it; `null` when there is none. */
  readonly history: (result: RunResult) => string | null
  /** How an oracle did on planted bugs and sound clients; `null` when nobody has measured it. */
  readonly record: (oracle: string) => RuleRecord | null
  /** What makes the command fail besides its runs, in sentences. */
  readonly complaints?: readonly string[]
  readonly color: boolean
  /** False where the terminal shows ASCII only. */
  readonly unicode: boolean
  readonly columns: number
  /** Real time that all runs took together, for the terminal. */
  readonly wallMs?: number
  readonly detail: 'quiet' | 'normal' | 'verbose'
}

export interface Reporter {
  /** Kebab-case, equal to the file's name. */
  readonly name: string
  /** File name below the report directory; `null` goes to the terminal. */
  readonly file: string | null
  /** Everything deterministic except what `file: null` shows. */
  render(results: readonly RunResult[], options: ReportOptions): string
}
