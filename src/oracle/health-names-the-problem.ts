// The client's own health check says what is wrong, and whose problem it is.
//
// Verified: of every problem that the scenario marks, per process of the client: in time the health check names whose it is
// (and, when it names a cause, the right one), and once it has done so it stays with it; and while there is no problem, nor
// was shortly before, it does not say that the integration is down.
// Not verified: the words of `why`; how the client found out; what it says while two problems overlap, as long as it names one
// of them; runs in which a process was away for all of a problem.

import { formatMeasured } from '#clock/instant.ts'
import type { EventOf } from '#history/event.ts'
import type { ProblemMark, Threshold } from '#history/header.ts'
import type { History } from '#history/history.ts'
import { ownMs } from '#history/pauses.ts'
import { defineOracle, type Param } from './oracle.ts'
import { createTally, thresholdsOf, type Tally } from './tally.ts'
import { howMany, timeOf } from './words.ts'

const name = 'health-names-the-problem'

const params = {
  steady: {
    unit: 'share',
    bound: 'at-least',
    domain: 'incident',
    defaults: { strict: 0.9, default: 0.8, lenient: 0.5 },
    cite: 'one report in five may be off, as when a probe gets through',
  },
  grace: {
    unit: 'ms',
    domain: 'incident',
    defaults: { strict: 300_000, default: 900_000, lenient: 1_800_000 },
    cite: 'a health check may look back a quarter of an hour',
  },
  alarms: {
    unit: 'count',
    domain: 'incident',
    defaults: { strict: 0, default: 0, lenient: 2 },
    cite: 'an alarm without a cause wakes somebody for nothing',
  },
  samples: {
    unit: 'count',
    bound: 'at-least',
    domain: 'incident',
    defaults: { strict: 5, default: 5, lenient: 5 },
    cite: 'a share of fewer reports says little',
  },
} as const satisfies Record<string, Param>

type Report = EventOf<'health.reported'>
type Limits = Readonly<Record<keyof typeof params, Threshold>>

export const healthNamesTheProblem = defineOracle({
  name,
  family: 'liveness',
  verified: 'The health check names whose problem it is in time, stays with it, and raises no false alarm.',
  notVerified: 'The words of `why`, and how the client found out.',
  hint: 'Judge by your own recent outcomes: 5xx, time-outs and an incident on the page are theirs; 401, 403, 422, 429 are ours (token, scope, input, rate-limit); nothing answering anywhere is the network. Keep the verdict until calls succeed.',
  params,
  selectors: {},
  judge: (history, { number }) => {
    const reports = history.all('health.reported')
    if (reports.length === 0) return { verdict: 'not-applicable', needs: 'a client that offers `health()`' }
    const { problems } = history.header
    const limits = thresholdsOf(history, name, params, number)
    const tally = createTally()
    if (problems.length > 0)
      for (const own of Map.groupBy(reports, ({ instance }) => instance).values()) {
        for (const problem of problems) judgeProblem(history, own, problem, limits, tally)
        judgeAlarms(history, own, limits, tally)
      }
    return tally.judgement({ unarmed: 'The run has no problem that a health check could name.' })
  },
})

function judgeProblem(
  history: History,
  own: readonly Report[],
  problem: ProblemMark,
  limits: Limits,
  tally: Tally,
): void {
  const during = own.filter(({ at }) => at >= problem.from && at < problem.until)
  if (during.length === 0 || !wasMet(history, problem)) return
  const first = during.find((report) => names(report, problem))
  const limit = timeFor(problem)
  const observed = first
    ? ownMs(history, first.instance, problem.from, first.at)
    : Math.max(problem.until - problem.from, limit.value + 1)
  tally.compare(limit, observed, () => ({
    witness: [during.findLast(({ at }) => at <= problem.from + limit.value)?.seq ?? during[0]?.seq, first?.seq],
    sentence: lateSentence(history, problem, during, first, limit),
  }))
  if (!first) return
  const rest = during.filter(({ seq, at }) => seq >= first.seq && !isOf(history, problem, at))
  if (rest.length < limits.samples.value) return
  const wrong = rest.filter((report) => !names(report, problem))
  tally.compare(limits.steady, (rest.length - wrong.length) / rest.length, () => ({
    witness: [first.seq, wrong[0]?.seq],
    sentence: `The health check named the problem ${problem.name} at ${timeOf(history, first.at)}, and ${wrong.length} of the ${rest.length} reports from then on did not, the first at ${timeOf(history, wrong[0]?.at ?? 0)}: it said ${wordsOf(wrong[0])}; the problem lasted until ${timeOf(history, problem.until)}.`,
  }))
}

/** A client that no fault has hit while the problem lasted has nothing to name. */
function wasMet(history: History, { from, until }: ProblemMark): boolean {
  return history.all('fault.hit').some(({ at }) => at >= from && at < until)
}

/** Only a report that something is wrong names it; a cause that is not told cannot be the wrong one. */
function names({ status, problem, cause }: Report, mark: ProblemMark): boolean {
  if (status !== 'degraded' && status !== 'down') return false
  return problem === mark.whose && (cause === null || cause === mark.cause)
}

/** Another problem is there as well, and may be the one that the client names. */
function isOf(history: History, own: ProblemMark, at: number): boolean {
  return history.header.problems.some((other) => other !== own && at >= other.from && at < other.until)
}

function timeFor(problem: ProblemMark): Threshold {
  const cite = `problems.${problem.name}: the response time`
  const value = Math.min(problem.withinMs, problem.until - problem.from)
  return {
    oracle: name,
    name: 'within',
    value,
    unit: 'ms',
    bound: 'at-most',
    domain: 'incident',
    source: 'scenario',
    cite,
  }
}

function judgeAlarms(history: History, own: readonly Report[], limits: Limits, tally: Tally): void {
  const { problems } = history.header
  const quiet = own.filter(({ at }) =>
    problems.every(({ from, until }) => at < from || at >= until + limits.grace.value),
  )
  if (quiet.length === 0) return
  const alarms = quiet.filter(({ status }) => status === 'down')
  tally.compare(limits.alarms, alarms.length, () => ({
    witness: alarms.slice(0, 1).map(({ seq }) => seq),
    sentence: `The health check said "down" in ${howMany(alarms.length, 'report')} while nothing was wrong, first at ${timeOf(history, alarms[0]?.at ?? 0)}: ${wordsOf(alarms[0])}.`,
  }))
}

function lateSentence(
  history: History,
  { name: mark, from, whose, cause }: ProblemMark,
  during: readonly Report[],
  first: Report | undefined,
  limit: Threshold,
): string {
  const began = `The problem ${mark} (${whose}: ${cause}) began at ${timeOf(history, from)}`
  if (first)
    return `${began}, and the health check named it ${formatMeasured(first.at - from)} later, at ${timeOf(history, first.at)}; ${formatMeasured(limit.value)} is the limit.`
  const last = during.at(-1)
  return `${began}, and the health check never named it while it lasted; at ${timeOf(history, last?.at ?? from)} it said ${wordsOf(last)}.`
}

function wordsOf(report: Report | undefined): string {
  if (!report) return 'nothing'
  const { status, problem, cause } = report
  const whose = problem === null ? '' : `, problem ${problem}`
  return `status ${status}${whose}${cause === null ? '' : `, cause ${cause}`}`
}
