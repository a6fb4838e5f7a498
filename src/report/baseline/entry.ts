// What a baseline keeps of one run: who was judged, how, and the figures by which a release can be worse than the one before it.

import { clip } from '../clip.ts'
import { titleOf } from '../quantity.ts'
import type { JudgedRun } from '../report-schema.ts'
import { amountOf, type Amount } from './amount.ts'

/** By name within its section; a section of one figure has the name ''. */
export type Figures = Readonly<Record<string, Amount>>

/** In the order in which they are written. */
export const sections = [
  'failed',
  'amplification',
  'recovered',
  'attempts',
  'pauses',
  'outcomes',
  'errors',
  'margins',
] as const
export type Section = (typeof sections)[number]

export type Entry = {
  readonly scenario: string
  readonly client: string
  readonly seed: string
  readonly profile: JudgedRun['profile']
  readonly outcome: string
  readonly figures: Readonly<Partial<Record<Section, Figures>>>
}

export function entryOf(run: JudgedRun): Entry {
  const { scenario, client, seed, profile, outcome } = run
  const who = { scenario: keyOf(scenario), client: keyOf(client), seed, profile, outcome }
  // What a client does without faults is no degradation.
  return run.withoutFaults ? { ...who, figures: {} } : { ...who, figures: figuresOf(run) }
}

function figuresOf({ degradation, verdicts }: JudgedRun): Entry['figures'] {
  const { outcomes, attempts, pauses, amplification, errors, recovered } = degradation
  const all = Object.values(outcomes).reduce((sum, count) => sum + count, 0)
  const failed = (outcomes['error'] ?? 0) + (outcomes['unknown'] ?? 0)
  return {
    ...(all > 0 && { failed: { '': amountOf(failed / all, 'share') } }),
    ...(amplification !== null && { amplification: { '': amountOf(amplification, 'ratio') } }),
    recovered: { '': amountOf(recovered, 'ms') },
    ...(attempts && {
      attempts: { mean: amountOf(attempts.mean, 'count'), most: amountOf(attempts.most, 'count') },
    }),
    ...(pauses && { pauses: mapped(pauses, (value) => amountOf(value, 'ms')) }),
    outcomes: mapped(outcomes, (value) => amountOf(value, 'count')),
    errors: mapped(errors, (value) => amountOf(value, 'count')),
    margins: marginsOf(verdicts),
  }
}

function marginsOf(verdicts: JudgedRun['verdicts']): Figures {
  return Object.fromEntries(
    verdicts.flatMap((verdict) =>
      verdict.verdict === 'pass' || verdict.verdict === 'fail'
        ? [[keyOf(titleOf(verdict)), amountOf(verdict.margin, verdict.unit, true)] as const]
        : [],
    ),
  )
}

/** Without what never happened. */
function mapped(numbers: Readonly<Record<string, number>>, amount: (value: number) => Amount): Figures {
  return Object.fromEntries(
    Object.entries(numbers).flatMap(([name, value]) => (value === 0 ? [] : [[keyOf(name), amount(value)] as const])),
  )
}

/** What a file can have as a key, and what is not taken for something that every object has. */
export function keyOf(name: string): string {
  const key = clip(name, 200)
  return key === '' || key === '__proto__' ? `(${key})` : key
}
