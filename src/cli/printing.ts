// What `--output` prints, and what a workflow of GitHub is told besides.

import { isUserError } from '#context/user-error.ts'
import type { RunResult } from '#engine/run-result.ts'
import type { Reporter, ReportOptions } from '#report/reporter.ts'
import { appendReport } from '#report/write.ts'
import type { Losses } from './losses.ts'
import { command, isWorkflow, print, type Environment } from './terminal.ts'

/** By the word of the flag, the name of the format. */
const formats = {
  text: 'console',
  json: 'json',
  tap: 'tap',
  junit: 'junit',
  sarif: 'sarif',
  markdown: 'summary',
} as const

export type Output = keyof typeof formats
export const outputs = Object.keys(formats) as readonly Output[]

export function printReport(
  output: Output,
  reporters: readonly Reporter[],
  results: readonly RunResult[],
  options: ReportOptions,
): void {
  for (const { name, render } of reporters) if (name === formats[output]) print(render(results, options))
}

/** The summary goes to the page of the job, the failures to the lines that they are about. */
export function tellWorkflow(
  environment: Environment,
  reporters: readonly Reporter[],
  results: readonly RunResult[],
  options: ReportOptions,
  losses: Losses,
): void {
  const text = (name: string): string =>
    reporters.find((reporter) => reporter.name === name)?.render(results, options) ?? ''
  if (isWorkflow(environment)) command(text('annotations'))
  const page = environment['GITHUB_STEP_SUMMARY']
  if (!page) return
  try {
    appendReport(page, `${text('summary')}\n`)
  } catch (error) {
    if (!isUserError(error)) throw error
    losses.add(error)
  }
}
