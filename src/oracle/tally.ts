// Counts what an oracle measured and keeps the worst of it: one judgement from many comparisons with thresholds. Exactly at
// the threshold is inside. Margins are rounded to a millionth, so that a sum of fractions cannot decide a verdict.

import type { Threshold } from '#history/header.ts'
import type { History } from '#history/history.ts'
import type { Param } from './oracle.ts'
import type { Judgement } from './verdict.ts'

/** The events that prove a finding, and the finding in words. Asked for only when it is the one to be shown. */
type Evidence = () => { readonly witness: readonly (number | undefined)[]; readonly sentence: string }

export interface Tally {
  /** The threshold knows which side of it is good; `tolerance` is how far beyond it still counts as inside. */
  compare(limit: Threshold, observed: number, evidence: Evidence, tolerance?: number): void
  /** Something that could not be judged fairly, because its exchanges may be somebody else's. */
  skip(): void
  /** `unarmed` says what did not happen. `armed` defaults to the number of findings. */
  judgement(facts: { readonly unarmed: string; readonly armed?: number; readonly samples?: number }): Judgement
}

type Finding = {
  readonly limit: Threshold
  readonly observed: number
  readonly margin: number
  readonly evidence: Evidence
}

export function createTally(): Tally {
  let worst: Finding | undefined
  let count = 0
  let skipped = 0
  /** By name of the threshold: a share and a mean of the same things are not two cases. */
  const violations = new Map<string, number>()

  function add(finding: Finding): void {
    count += 1
    const { name } = finding.limit
    if (finding.margin < 0) violations.set(name, (violations.get(name) ?? 0) + 1)
    if (!worst || relativeMargin(finding) < relativeMargin(worst)) worst = finding
  }

  return {
    compare: (limit, observed, evidence, tolerance = 0) => {
      const slack = limit.bound === 'at-most' ? limit.value - observed : observed - limit.value
      add({ limit, observed: round(observed), margin: round(slack + tolerance), evidence })
    },
    skip: () => {
      skipped += 1
    },
    judgement: ({ unarmed, armed = count, samples = 1 }) => {
      const measured = worst && { armed, observed: worst.observed, margin: worst.margin, ...unitOf(worst.limit) }
      if (worst && measured && worst.margin < 0) {
        const { witness, sentence } = worst.evidence()
        return {
          verdict: 'fail',
          ...measured,
          witness: inOrder(witness),
          violations: violations.get(worst.limit.name) ?? 1,
          sentence: capital(sentence),
        }
      }
      if (measured && armed >= Math.max(1, samples)) return { verdict: 'pass', ...measured }
      if (armed > 0) return unproven('few-samples', armed, `Only ${armed} of the ${samples} samples it takes.`)
      if (skipped > 0) return unproven('uncertain', 0, `All ${skipped} candidates may have borrowed exchanges.`)
      return unproven('not-armed', 0, unarmed)
    },
  }
}

function unproven(reason: 'not-armed' | 'few-samples' | 'uncertain', armed: number, detail: string): Judgement {
  return { verdict: 'inconclusive', armed, reason, detail }
}

function unitOf(threshold: Threshold): { readonly unit: Threshold['unit']; readonly threshold: Threshold } {
  return { unit: threshold.unit, threshold }
}

/** Comparable across units: the margin as a share of the limit. */
function relativeMargin({ margin, limit }: Finding): number {
  return margin / (Math.abs(limit.value) || 1)
}

function capital(sentence: string): string {
  return sentence.charAt(0).toUpperCase() + sentence.slice(1)
}

function inOrder(witness: readonly (number | undefined)[]): readonly number[] {
  const known = witness.filter((seq) => seq !== undefined)
  return Array.from(new Set(known)).toSorted((one, other) => one - other)
}

/** Also turns -0 into 0. */
function round(value: number): number {
  return Math.round(value * 1e6) / 1e6 + 0
}

/** The thresholds of one oracle as the header resolved them; a value that the header does not know is its profile's. */
export function thresholdsOf<P extends string>(
  history: History,
  oracle: string,
  params: Readonly<Record<P, Param>>,
  numbers: Readonly<Record<P, number>>,
): Readonly<Record<P, Threshold>> {
  const entries = (Object.keys(params) as P[]).map((name) => {
    const { unit, bound = 'at-most', domain, cite } = params[name] as Param
    const value = numbers[name]
    const known = history.header.thresholds.find(
      (threshold) => threshold.oracle === oracle && threshold.name === name && threshold.value === value,
    )
    return [name, known ?? { oracle, name, value, unit, bound, domain, source: 'profile', cite }] as const
  })
  return Object.fromEntries(entries) as Record<P, Threshold>
}

/** A threshold that is the client's own word about one operation. */
export function promised(oracle: string, name: string, value: number, operation: string): Threshold {
  const cite = `the promise of ${operation}`
  return { oracle, name, value, unit: 'ms', bound: 'at-most', domain: 'client', source: 'promise', cite }
}

/** A threshold that comes from the fault-free twin. */
export function nominal(limit: Threshold, figure: Pick<Threshold, 'name' | 'value' | 'unit' | 'cite'>): Threshold {
  return { ...limit, ...figure, source: 'nominal' }
}
