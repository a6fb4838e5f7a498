// The panel of oracles: all of them judge every history, and their verdicts become one outcome.

import assert from 'node:assert/strict'
import type { Expectation, Header, Profile, Threshold } from '#history/header.ts'
import type { History } from '#history/history.ts'
import type { ArmingJudgement } from './arming.ts'
import { oracles } from './catalog.ts'
import type { Oracle, Param, Settings } from './oracle.ts'
import type { Judgement, Outcome, Verdict } from './verdict.ts'

/** Every oracle's verdict, in the order of the catalogue. */
export function judge(history: History): Verdict[] {
  return Array.from(oracles.values(), (oracle) => verdictOf(oracle, history))
}

function verdictOf(oracle: Oracle, history: History): Verdict {
  const { name, family, hint } = oracle
  const required = history.header.expect.some((expectation) => expectation.oracle === name)
  return { ...judgeSafely(oracle, history), oracle: name, family, required, hint }
}

/** An oracle that throws is a defect of ours. It never counts as a pass. */
export function judgeSafely(oracle: Oracle, history: History): Judgement {
  try {
    return oracle.judge(history, settingsFor(oracle, history.header))
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error)
    return { verdict: 'error', message: `The oracle ${oracle.name} failed: ${message}` }
  }
}

/** Numbers as the header resolved them, else the profile's; texts as the scenario expects them. */
export function settingsFor(oracle: Oracle, header: Header): Settings<string, string> {
  const expected = header.expect.find((expectation) => expectation.oracle === oracle.name)?.settings ?? {}
  const number = Object.entries(oracle.params).map(([name, { defaults }]) => {
    const known = header.thresholds.find((threshold) => threshold.oracle === oracle.name && threshold.name === name)
    return [name, known?.value ?? defaults[header.profile]] as const
  })
  const text = Object.keys(oracle.selectors).flatMap((name) => {
    const value = expected[name]
    return typeof value === 'string' ? [[name, value] as const] : []
  })
  return { number: Object.fromEntries(number), text: Object.fromEntries(text) }
}

/** Every numeric parameter of every oracle, with its origin. Texts of `expect` are selectors and stay there. */
export function resolveThresholds(profile: Profile, expect: readonly Expectation[]): Threshold[] {
  for (const { oracle, settings } of expect) checkSettings(oracle, Object.keys(settings))
  return Array.from(oracles.values()).flatMap((oracle) =>
    Object.entries(oracle.params).map(([name, param]) => resolve(oracle.name, name, param, profile, expect)),
  )
}

function resolve(
  oracle: string,
  name: string,
  { unit, bound = 'at-most', domain, defaults, cite }: Param,
  profile: Profile,
  expect: readonly Expectation[],
): Threshold {
  const written = expect.find((expectation) => expectation.oracle === oracle)?.settings[name]
  const base = { oracle, name, unit, bound, domain }
  return typeof written === 'number'
    ? { ...base, value: written, source: 'scenario', cite: `expect.${oracle}.${name}` }
    : { ...base, value: defaults[profile], source: 'profile', cite }
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
  const failed = verdicts.filter(({ verdict }) => verdict === 'fail')
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
      because: `The scenario expects ${unproven.oracle}, which could not be judged: ${unproven.detail}`,
    }
  if (passed.length === 0) return { outcome: 'inconclusive', because: 'No oracle had anything to judge.' }
  return { outcome: 'pass', because: passedInWords(passed.length, verdicts.length - passed.length) }
}

function passedInWords(passed: number, others: number): string {
  const all = passed === 1 ? 'The one oracle' : `All ${passed} oracles`
  const rest = others === 0 ? '' : `; ${others} had too little`
  return `${all} that had enough to judge passed${rest}.`
}

function namesOf(verdicts: readonly Verdict[]): string {
  return verdicts.map(({ oracle }) => oracle).join(', ')
}
