// expect(history).toSatisfyOracle('amplification'): one oracle's word on a history.

import { expect } from 'vitest'
import { nearestName } from '#context/nearest-name.ts'
import { plainText } from '#context/foreign-text.ts'
import type { History } from '#history/history.ts'
import { oracles } from '#oracle/catalog.ts'
import { judge } from '#oracle/panel.ts'
import type { Verdict } from '#oracle/verdict.ts'

declare module 'vitest' {
  interface Matchers<R extends void | Promise<void>, T> {
    /** Passes when the oracle had something to judge in this history, and it held. */
    toSatisfyOracle(oracle: string): R
  }
}

expect.extend({
  toSatisfyOracle(received: unknown, name: string) {
    if (!isHistory(received)) return said(false, 'What is expected to satisfy an oracle is no history.')
    if (!oracles.has(name)) {
      const near = nearestName(name, [...oracles.keys()])
      return said(false, `There is no oracle "${name}".${near === undefined ? '' : ` Did you mean "${near}"?`}`)
    }
    const verdicts = judge(received).filter(({ oracle }) => oracle === name)
    const worst = verdicts.find(({ verdict }) => verdict !== 'pass')
    return said(
      !worst,
      worst ? inWords(worst) : `${name} holds: ${verdicts.length === 1 ? 'it was' : 'all were'} armed, and passed.`,
    )
  },
})

function said(pass: boolean, message: string) {
  return { pass, message: () => plainText(message) }
}

function inWords(verdict: Verdict): string {
  const { oracle } = verdict
  switch (verdict.verdict) {
    case 'fail':
      return `${oracle}: ${verdict.sentence}\n→ ${verdict.hint}`
    case 'inconclusive':
      return `${oracle} proves nothing: ${verdict.detail}`
    case 'not-applicable':
      return `${oracle} does not apply: ${verdict.needs}`
    case 'error':
      return `${oracle}: ${verdict.message}`
    case 'pass':
      return `${oracle} holds.`
  }
}

function isHistory(value: unknown): value is History {
  return typeof value === 'object' && value !== null && 'header' in value && 'ofOperation' in value
}
