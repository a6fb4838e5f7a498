// Applies waivers to what has been judged. A failure that one covers is marked and no longer makes its run fail. A waiver must
// be worth its line: one that has expired, or that covers nothing but passes, makes the command fail.

import { UserError } from '#context/user-error.ts'
import { outcomeOf } from '#oracle/panel.ts'
import type { Verdict } from '#oracle/verdict.ts'
import { isMeant, type Waiver } from '#scenario/waivers.ts'
import type { RunResult } from './run-result.ts'

type JudgedResult = Extract<RunResult, { kind: 'judged' }>

/** `complaints`: what is wrong with the waivers, in sentences. `today` is `2026-04-27`, UTC. */
export function waive(
  results: readonly RunResult[],
  waivers: readonly Waiver[],
  today: string,
): { readonly results: readonly RunResult[]; readonly complaints: readonly string[] } {
  const valid = waivers.filter(({ until }) => until >= today)
  return {
    results: results.map((result) => (isJudgedIncident(result) ? waiveIn(result, valid) : result)),
    complaints: waivers.flatMap((waiver) => complaintOf(waiver, results, !valid.includes(waiver))),
  }
}

/** A client that fails without any fault has more to mend than a waiver can excuse. */
function isJudgedIncident(result: RunResult): result is JudgedResult {
  return result.kind === 'judged' && !result.withoutFaults
}

function waiveIn(result: JudgedResult, waivers: readonly Waiver[]): JudgedResult {
  const covering = waivers.filter((waiver) => covers(waiver, result))
  const verdicts = result.verdicts.map((verdict) => waivedBy(verdict, covering))
  if (verdicts.every((verdict, index) => verdict === result.verdicts[index])) return result
  return { ...result, verdicts, ...outcomeOf(verdicts, result.arming) }
}

function waivedBy(verdict: Verdict, waivers: readonly Waiver[]): Verdict {
  const waiver = verdict.verdict === 'fail' && waivers.find(({ oracle }) => oracle === verdict.oracle)
  if (!waiver) return verdict
  const { owner, until, because } = waiver
  return { ...verdict, waived: { owner, until, because } }
}

function covers({ scenario, client }: Waiver, result: RunResult): boolean {
  return isMeant(scenario, result.scenario) && (client === undefined || isMeant(client, result.client))
}

/** Nothing is said of a waiver that covers none of these runs. */
function complaintOf(waiver: Waiver, results: readonly RunResult[], expired: boolean): string[] {
  const { oracle, scenario, owner, until, place } = waiver
  const judged = results.filter(isJudgedIncident).filter((result) => covers(waiver, result))
  if (judged.length === 0) return []
  const verdicts = judged.flatMap((result) => result.verdicts.filter((verdict) => verdict.oracle === oracle))
  const needless = verdicts.length > 0 && verdicts.every(({ verdict }) => verdict === 'pass')
  const subject = `the waiver of ${oracle} in ${scenario} (${owner})`
  const faults = [
    ...(expired ? [`expired on ${until}`] : []),
    ...(needless ? [`is needless: ${oracle} passes in every run that it covers`] : []),
  ]
  if (faults.length === 0) return []
  const remedy = needless ? 'Remove it.' : 'Mend the client, or agree on a new date.'
  return [told(place, `${subject} ${faults.join(' and ')}. ${remedy}`)]
}

function told(place: Waiver['place'], sentence: string): string {
  return new UserError(sentence, { place }).toString()
}
