// Why a test failed, as its message: what the oracles say of their witnesses and what to change, and where everything else is.

import { plainText } from '#context/foreign-text.ts'
import { isUserError, UserError } from '#context/user-error.ts'
import type { RunResult } from '#engine/run-result.ts'
import { outcomeOf } from '#report/outcome.ts'

/** `null` for a pass. */
export function told(result: RunResult): string | null {
  const { scenario, client, seed } = result
  const whole = `${scenario} with ${client}, seed ${seed}`
  switch (result.kind) {
    case 'judged': {
      const outcome = outcomeOf(result)
      if (outcome === 'pass') return null
      const what =
        outcome === 'fail' ? 'did not degrade correctly' : `is ${outcome === 'error' ? 'not judged' : outcome}`
      return [`${whole}: ${what}. ${plainText(result.because)}`, ...result.verdicts.flatMap(witness)].join('\n')
    }
    case 'rejected':
    case 'not-applicable':
      return `${whole}: ${inWords(result.problem)}`
    case 'harness-error':
      return `${whole}: Brownout itself failed: ${plainText(result.message)}`
    case 'interrupted':
      return `${whole}: it was interrupted, maybe because the test took longer than its \`timeout\`.`
  }
}

type Verdict = Extract<RunResult, { kind: 'judged' }>['verdicts'][number]

function witness(verdict: Verdict): readonly string[] {
  const name = verdict.about === undefined ? verdict.oracle : `${verdict.oracle} (${verdict.about})`
  switch (verdict.verdict) {
    case 'fail':
      return ['', `  ${name}: ${plainText(verdict.sentence)}`, `  → ${plainText(verdict.hint)}`]
    case 'error':
      return ['', `  ${name}: ${plainText(verdict.message)}`]
    case 'inconclusive':
      return verdict.required ? ['', `  ${name}: ${plainText(verdict.detail)}`] : []
    case 'pass':
    case 'not-applicable':
      return []
  }
}

export function inWords(problem: unknown): string {
  return isUserError(problem) ? plainText(UserError.prototype.toString.call(problem)) : String(problem)
}

/** An error that shows the line of the test file where the test is, rather than ours. */
export class Failure extends Error {
  override readonly name = 'Brownout'

  constructor(place: { readonly stack?: string }, message: string) {
    super(message)
    const frames = place.stack?.split('\n').filter((line) => /^\s+at /u.test(line)) ?? []
    this.stack = [`${this.name}: ${message}`, ...frames].join('\n')
  }
}

/** Where `test` was called. */
export function placeOf(test: (...words: never[]) => unknown): { readonly stack?: string } {
  const place: { stack?: string } = {}
  Error.captureStackTrace(place, test)
  return place
}
