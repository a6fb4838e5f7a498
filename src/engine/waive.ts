// Applies waivers to what has been judged. A failure that one covers is marked and no longer makes its run fail. A waiver must
// be worth its line: one that has expired, or that covers nothing but passes, makes the command fail.

import { UserError } from '#context/user-error.ts'
import { outcomeOf } from '#oracle/panel.ts'
import type { Verdict } from '#oracle/verdict.ts'
import { isMeant, type Waiver } from '#scenario/waivers.ts'
import type { RunResult } from './run-result.ts'

type JudgedResult = Extract<RunResult, { kind: 'judged' }>

type Waiving = {
  readonly results: readonly RunResult[]
  /** What is wrong with the waivers, in sentences. */
  readonly complaints: readonly string[]
  /** What is worth knowing of them: those that have nothing to do here. */
  readonly notes: readonly string[]
}

/** `today` is `2026-04-27`, UTC. */
export function waive(results: readonly RunResult[], waivers: readonly Waiver[], today: string): Waiving {
  const valid = waivers.filter(({ until }) => until >= today)
  return {
    results: results.map((result) => (isJudgedIncident(result) ? waiveIn(result, valid) : result)),
    complaints: waivers.flatMap((waiver) => complaintOf(waiver, results, !valid.includes(waiver))),
    notes: notesOf(waivers, results.filter(isJudgedIncident)),
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

/** A waiver that covers none of these runs is no mistake: other commands may need it. But its client may be misspelt. */
function notesOf(waivers: readonly Waiver[], judged: readonly JudgedResult[]): string[] {
  if (judged.length === 0) return []
  const idle = waivers.filter((waiver) => !judged.some((result) => covers(waiver, result)))
  const elsewhere = idle.filter(({ scenario }) => !judged.some((result) => isMeant(scenario, result.scenario)))
  const clients = [...new Set(judged.map(({ client }) => `"${client}"`))].join(', ')
  const file = elsewhere[0]?.place.file
  const [are, those] = elsewhere.length === 1 ? ['is for a scenario', 'is'] : ['are for scenarios', 'are']
  return [
    ...idle
      .filter((waiver) => !elsewhere.includes(waiver))
      .map(({ client, place, ...waiver }) =>
        told(
          place,
          `${subjectOf(waiver)} covers none of these runs: it is for the client "${client}", and this is ${clients}.`,
        ),
      ),
    ...(file === undefined
      ? []
      : [`${file}: ${elsewhere.length} of the ${waivers.length} waivers ${are} that ${those} not among these runs.`]),
  ]
}

function subjectOf({ oracle, scenario, owner }: Pick<Waiver, 'oracle' | 'scenario' | 'owner'>): string {
  return `the waiver of ${oracle} in ${scenario} (${owner})`
}

/** Nothing is complained of about a waiver that covers none of these runs. */
function complaintOf(waiver: Waiver, results: readonly RunResult[], expired: boolean): string[] {
  const { oracle, until, place } = waiver
  const judged = results.filter(isJudgedIncident).filter((result) => covers(waiver, result))
  if (judged.length === 0) return []
  const verdicts = judged.flatMap((result) => result.verdicts.filter((verdict) => verdict.oracle === oracle))
  const needless = verdicts.length > 0 && verdicts.every(({ verdict }) => verdict === 'pass')
  const subject = subjectOf(waiver)
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
