// A report format: a pure function from results to text. One writer puts the text on disk, atomically.

import type { Place } from '#context/user-error.ts'
import type { RunResult } from '#engine/run-result.ts'
import type { Verdict } from '#oracle/verdict.ts'
import type { Change } from './baseline/compare.ts'
import type { RuleRecord } from './report-schema.ts'

/** A line of a scenario or of a history. The path is relative; `shipped`: to this package, not to the working directory. */
export type Source = Place & { readonly shipped?: boolean }

export type ReportOptions = {
  /** The command that reproduces the run, the same on every machine. */
  readonly reproduce: (result: RunResult) => string
  /** The same as it is typed on this machine, for the terminal. Default: the same. */
  readonly reproduceHere?: (result: RunResult) => string
  /** Where the run's history lies, as the user would type it; `null` when there is none. */
  readonly history: (result: RunResult) => string | null
  /** How an oracle did on planted bugs and sound clients; `null` when nobody has measured it. */
  readonly record: (oracle: string) => RuleRecord | null
  /** The line that asks for what an oracle judges; `null` where there is none to show. */
  readonly source?: (result: RunResult, about: Pick<Verdict, 'oracle' | 'about'> | null) => Source | null
  /** How a run differs from what a baseline keeps of it; `null` where nothing is compared. */
  readonly changes?: (result: RunResult) => readonly Change[] | null
  /** Of this tool. */
  readonly version?: string
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
