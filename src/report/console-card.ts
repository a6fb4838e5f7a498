// What speaks for a failure besides its witness: what happens without each fault, how many seeds agree, and how the rule itself
// has done. One line or two, so that whoever was blocked need not take our word for it.

import { oneLine } from '#context/foreign-text.ts'
import type { JudgedRun, ReportedVerdict } from './report-schema.ts'

type Failure = Extract<ReportedVerdict, { verdict: 'fail' }>

/** Phrases; empty when nothing is known. */
export function evidenceOf(verdict: Failure, run: Pick<JudgedRun, 'ablations' | 'agreement'>): readonly string[] {
  return [...ablationsOf(verdict, run), ...agreementOf(verdict, run), ...recordOf(verdict)]
}

function ablationsOf({ oracle }: Failure, { ablations = [] }: Pick<JudgedRun, 'ablations'>): string[] {
  const needed = ablations.filter(({ stillFail }) => !stillFail.includes(oracle))
  const spare = ablations.filter(({ stillFail }) => stillFail.includes(oracle))
  return [
    ...(needed.length > 0 ? [`passes without the fault ${eachOf(needed)}`] : []),
    ...(spare.length > 0 ? [`fails all the same without ${eachOf(spare)}`] : []),
  ]
}

function eachOf(ablations: readonly { readonly fault: string }[]): string {
  return ablations.map(({ fault }) => oneLine(fault)).join(' or ')
}

function agreementOf({ oracle }: Failure, { agreement }: Pick<JudgedRun, 'agreement'>): string[] {
  if (!agreement) return []
  return [`fails with ${agreement.failedIn[oracle] ?? 0} of ${agreement.seeds.length} seeds`]
}

const ended = { pass: 'Passes', fail: 'Fails', inconclusive: 'Inconclusive', error: 'Without a verdict' } as const

/** `Fails in 2 of 5 seeds.`; empty for one seed, and where only a waiver made the outcome what it is. */
export function seedsInWords({ outcome, agreement }: Pick<JudgedRun, 'outcome' | 'agreement'>): string {
  const count = agreement?.outcomes[outcome] ?? 0
  if (!agreement || count === 0 || !Object.hasOwn(ended, outcome)) return ''
  return `${ended[outcome as keyof typeof ended]} in ${count} of ${agreement.seeds.length} seeds.`
}

function recordOf({ record }: Failure): string[] {
  if (!record) return []
  const { planted, caught, soundRuns, falseAlarms } = record
  const bugs = planted === 0 ? [] : [`caught ${caught} of ${planted} planted bugs`]
  const alarms = falseAlarms === 0 ? 'no false alarm' : `${falseAlarms} false alarms`
  const played = soundRuns === 1 ? 'one run of a sound client' : `${soundRuns} runs of sound clients`
  const runs = soundRuns === 0 ? [] : [`${alarms} in ${played}`]
  return bugs.length + runs.length === 0
    ? []
    : [`this rule has ${planted === 0 ? 'had ' : ''}${[...bugs, ...runs].join(', ')}`]
}
