// The same run with several seeds. What is reported is the worst of them, with the first seed that shows it; next to it stands in
// how many seeds each oracle failed, so that a mechanism that always breaks is told from a coincidence.

import { renameSync, rmSync } from 'node:fs'
import type { Agreement, RunResult } from './run-result.ts'
import type { RunOptions } from './run-options.ts'
import { run } from './run.ts'

type JudgedResult = Extract<RunResult, { kind: 'judged' }>

/** Worst first. */
const severity = ['fail', 'error', 'inconclusive', 'pass'] as const

/** Ends early with whatever is no verdict: a client that cannot be loaded will not load with another seed. */
export async function runSeeds(options: RunOptions, seeds: readonly string[]): Promise<RunResult> {
  const [first] = seeds
  if (seeds.length === 1 && first !== undefined) return run({ ...options, seed: first })
  const { historyFile } = options
  const judged: { readonly result: JudgedResult; readonly file: string }[] = []
  const files = seeds.map((_, index) => `${historyFile}.${index}`)
  try {
    for (const [index, seed] of seeds.entries()) {
      const file = files[index] ?? historyFile
      const result = await run({ ...options, seed, historyFile: file, ablate: false })
      if (result.kind !== 'judged') return result
      judged.push({ result, file })
    }
    const worst = judged.toSorted((one, other) => rankOf(one.result) - rankOf(other.result))[0]
    if (!worst) throw new Error('No seed was given.')
    if (!worst.result.environment.lost) renameSync(worst.file, historyFile)
    const agreement = agreementOf(judged.map(({ result }) => result))
    const { environment } = worst.result
    const shown =
      options.ablate && worst.result.outcome === 'fail'
        ? await run({ ...options, seed: worst.result.seed })
        : worst.result
    return shown.kind === 'judged'
      ? { ...shown, environment: { ...environment, historyPath: historyFile }, agreement }
      : shown
  } finally {
    for (const file of files) rmSync(file, { force: true })
  }
}

function rankOf({ outcome }: JudgedResult): number {
  return severity.findIndex((one) => one === outcome)
}

function agreementOf(results: readonly JudgedResult[]): Agreement {
  const failedIn: Record<string, number> = {}
  for (const { verdicts } of results) {
    const failed = new Set(verdicts.filter(({ verdict }) => verdict === 'fail').map(({ oracle }) => oracle))
    for (const oracle of failed) failedIn[oracle] = (failedIn[oracle] ?? 0) + 1
  }
  const outcomes: Partial<Record<JudgedResult['outcome'], number>> = {}
  for (const { outcome } of results) outcomes[outcome] = (outcomes[outcome] ?? 0) + 1
  return { seeds: results.map(({ seed }) => seed), failedIn, outcomes }
}
