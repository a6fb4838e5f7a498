// The panel of oracles: all of them judge every history, and their verdicts become one outcome.

import assert from 'node:assert/strict'
import type { Expectation, Header, Profile, Threshold } from '#history/header.ts'
import type { History } from '#history/history.ts'
import type { ArmingJudgement } from './arming.ts'
import { oracles } from './catalog.ts'
import { isOffered } from './loads.ts'
import type { Oracle, Settings } from './oracle.ts'
import { inRealTime, type RealScale } from './real-time.ts'
import type { Judgement, Outcome, Verdict } from './verdict.ts'

/** Every oracle's verdict, in the order of the catalogue; of an oracle that is expected several times, one for each. */
export function judge(history: History): Verdict[] {
  return Array.from(oracles.values()).flatMap((oracle) => verdictsOf(oracle, history))
}

function verdictsOf(oracle: Oracle, history: History): Verdict[] {
  const { name, family, hint } = oracle
  const expected = expectedOf(name, history.header.expect)
  const who = { oracle: name, family, hint }
  if (expected.length < 2) {
    const judgement = judgeSafely(oracle, history)
    return [{ ...judgement, ...who, required: isRequired(judgement, expected[0], history) }]
  }
  return expected.map((expectation, index) => {
    const judgement = withThreshold(judgeSafely(oracle, history, index), index, history.header)
    const required = isRequired(judgement, expectation, history)
    return { ...judgement, ...who, required, about: subjectOf(expected, index) }
  })
}

/** What is expected must be judged, unless nothing could arm it: in the fault-free twin, and where it may have taken an operation
 * that this client does not offer. An expectation that names a load is about that load alone. */
function isRequired(judgement: Judgement, expectation: Expectation | undefined, history: History): boolean {
  if (expectation === undefined) return false
  if (judgement.verdict !== 'inconclusive') return true
  const { firstFaultAt, baseline, notOffered = [], intents } = history.header
  const isTwin = firstFaultAt === null && baseline === null
  if (isTwin || judgement.reason !== 'not-armed') return !isTwin
  const { load } = expectation.settings
  if (typeof load === 'string' && isOffered(history, load)) return true
  return !notOffered.some((name) => name === 'webhook' || intents.some((intent) => intent.name === name))
}

function expectedOf(oracle: string, expect: readonly Expectation[]): readonly Expectation[] {
  return expect.filter((expectation) => expectation.oracle === oracle)
}

/** What tells an expectation from the others of its oracle: loads and phases, else its place among them. */
function subjectOf(expected: readonly Expectation[], index: number): string {
  const texts = expected.map(({ settings }) =>
    Object.values(settings)
      .filter((value) => typeof value === 'string')
      .join(', '),
  )
  const subject = texts[index] ?? ''
  return texts.filter((text) => text === subject).length === 1 && subject !== ''
    ? subject
    : `${subject} #${index + 1}`.trim()
}

/** Oracles look thresholds up by name and value; where expectations share a value, the origin is the other's. */
function withThreshold(judgement: Judgement, index: number, { thresholds }: Header): Judgement {
  if (judgement.verdict !== 'pass' && judgement.verdict !== 'fail') return judgement
  const { oracle, name, value } = judgement.threshold
  const own = thresholds.find((one) => isOf(one, oracle, name, index) && one.value === value)
  return own ? { ...judgement, threshold: own } : judgement
}

function isOf(threshold: Threshold, oracle: string, name: string, index: number): boolean {
  return threshold.oracle === oracle && threshold.name === name && (threshold.expectation ?? 0) === index
}

/** An oracle that throws is a defect of ours. It never counts as a pass. `index`: of the expectation, among those of the
 * oracle. */
export function judgeSafely(oracle: Oracle, history: History, index = 0): Judgement {
  try {
    return oracle.judge(history, settingsFor(oracle, history.header, index))
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error)
    return { verdict: 'error', message: `The oracle ${oracle.name} failed: ${message}` }
  }
}

/** Numbers as the header resolved them, else the profile's; texts as the scenario expects them. */
export function settingsFor(oracle: Oracle, header: Header, index = 0): Settings<string, string> {
  const expected = expectedOf(oracle.name, header.expect)[index]?.settings ?? {}
  const number = Object.entries(oracle.params).map(([name, { defaults }]) => {
    const known = header.thresholds.find((threshold) => isOf(threshold, oracle.name, name, index))
    return [name, known?.value ?? defaults[header.profile]] as const
  })
  const text = Object.keys(oracle.selectors).flatMap((name) => {
    const value = expected[name]
    return typeof value === 'string' ? [[name, value] as const] : []
  })
  return { number: Object.fromEntries(number), text: Object.fromEntries(text) }
}

/** A number that the user sets, in place of the profile's and the scenario's. */
export type Override = Pick<Threshold, 'oracle' | 'name' | 'value' | 'cite'>

/** Every numeric parameter of every oracle, with its origin; for each expectation anew, where an oracle has several. Texts of
 * `expect` are selectors and stay there. */
export function resolveThresholds(
  profile: Profile,
  expect: readonly Expectation[],
  overrides: readonly Override[] = [],
  real?: RealScale,
): Threshold[] {
  for (const { oracle, settings } of expect) checkSettings(oracle, Object.keys(settings))
  const resolved = Array.from(oracles.values()).flatMap((oracle) => {
    const expected = expectedOf(oracle.name, expect)
    if (expected.length < 2) return resolveOne(oracle, profile, expected[0]?.settings ?? {}, `expect.${oracle.name}`)
    return expected.flatMap(({ settings }, index) =>
      resolveOne(oracle, profile, settings, `expect.${oracle.name}.${index}`).map((threshold) => {
        return { ...threshold, expectation: index }
      }),
    )
  })
  const timed = real ? resolved.map((threshold) => inRealTime(threshold, real)) : resolved
  return overrides.length === 0 ? timed : timed.map((threshold) => overridden(threshold, overrides))
}

function overridden(threshold: Threshold, overrides: readonly Override[]): Threshold {
  const own = overrides.findLast(({ oracle, name }) => oracle === threshold.oracle && name === threshold.name)
  return own ? { ...threshold, value: own.value, source: 'config', cite: own.cite } : threshold
}

function resolveOne(
  oracle: Oracle,
  profile: Profile,
  settings: Expectation['settings'],
  place: string,
): readonly Threshold[] {
  return Object.entries(oracle.params).map(([name, { unit, bound = 'at-most', domain, defaults, cite }]) => {
    const written = settings[name]
    const base = { oracle: oracle.name, name, unit, bound, domain }
    return typeof written === 'number'
      ? { ...base, value: written, source: 'scenario', cite: `${place}.${name}` }
      : { ...base, value: defaults[profile], source: 'profile', cite }
  })
}

function checkSettings(name: string, settings: readonly string[]): void {
  const oracle = oracles.get(name)
  assert(oracle, `There is no oracle "${name}".`)
  for (const setting of settings)
    assert(
      Object.hasOwn(oracle.params, setting) || Object.hasOwn(oracle.selectors, setting),
      `The oracle "${name}" has no setting "${setting}".`,
    )
}

/** One outcome of all verdicts. A failure stands whatever else is unknown; a defect of ours hides no failure; and a run that
 * proves nothing is not a pass. */
export function outcomeOf(
  verdicts: readonly Verdict[],
  arming: ArmingJudgement,
): { readonly outcome: Outcome; readonly because: string } {
  const failed = verdicts.filter((verdict) => verdict.verdict === 'fail' && !verdict.waived)
  const waived = verdicts.filter((verdict) => verdict.verdict === 'fail' && verdict.waived)
  const passed = verdicts.filter(({ verdict }) => verdict === 'pass')
  if (failed.length > 0) {
    const judged = failed.length + passed.length
    const oracle = judged === 1 ? 'oracle' : 'oracles'
    return { outcome: 'fail', because: `${failed.length} of ${judged} ${oracle} failed: ${namesOf(failed)}.` }
  }
  const broken = verdicts.filter(({ verdict }) => verdict === 'error')
  if (broken.length > 0)
    return { outcome: 'error', because: `The verdict is incomplete: ${namesOf(broken)} could not judge.` }
  if (!arming.armed) return { outcome: 'inconclusive', because: arming.detail }
  const unproven = verdicts.find(({ verdict, required }) => required && verdict === 'inconclusive')
  if (unproven?.verdict === 'inconclusive')
    return {
      outcome: 'inconclusive',
      because: `The scenario expects ${nameOf(unproven)}, which could not be judged: ${unproven.detail}`,
    }
  if (passed.length === 0) return { outcome: 'inconclusive', because: nothingPassed(waived.length) }
  return {
    outcome: 'pass',
    because: passedInWords(
      passed.length,
      waived.length,
      verdicts.filter(({ verdict }) => verdict === 'inconclusive').length,
    ),
  }
}

function nothingPassed(waived: number): string {
  return waived === 0 ? 'No oracle had anything to judge.' : `No oracle passed; ${waived} waived.`
}

function passedInWords(passed: number, waived: number, others: number): string {
  const but = waived === 0 ? '' : `, but for ${waived} waived`
  const all = passed === 1 ? 'The one oracle' : `All ${passed} oracles`
  const rest = others === 0 ? '' : `; ${others} had too little`
  return `${all} that had enough to judge passed${but}${rest}.`
}

function namesOf(verdicts: readonly Verdict[]): string {
  return verdicts.map(nameOf).join(', ')
}

function nameOf({ oracle, about }: Verdict): string {
  return about === undefined ? oracle : `${oracle} (${about})`
}
