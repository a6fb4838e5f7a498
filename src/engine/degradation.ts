// How a client degraded, in a few figures that can be compared from one release to the next: from the first fault on, or of the whole
// run where there was none.

import type { ErrorFacts } from '#history/event.ts'
import type { History } from '#history/history.ts'
import { callsOfOperations, operations, type Operation } from '#history/query.ts'
import { ownPauses } from '#oracle/pauses.ts'

export type Degradation = {
  /** How the operations ended that nobody walked away from. */
  readonly outcomes: Readonly<Record<Operation['outcome'], number>>
  /** Of one request: how often it was sent. */
  readonly attempts: { readonly mean: number; readonly most: number } | null
  /** Between two attempts, as the client chose them; in ms. */
  readonly pauses: { readonly shortest: number; readonly median: number; readonly longest: number } | null
  /** Exchanges for each operation, as a multiple of what they are without faults. */
  readonly amplification: number | null
  /** How many operations ended in errors of each class: a status, else a code, else the name. */
  readonly errors: Readonly<Record<string, number>>
  /** From the end of the faults until the last operation asked after it that failed had ended; in ms. `null` when the faults, or the
   * failures, did not end. */
  readonly recovered: number | null
}

/** Classes of errors that are told apart; the rest are counted together. */
const classes = 10
const others = 'others'

export function degradationOf(history: History): Degradation {
  const from = history.header.firstFaultAt ?? 0
  const asked = operations(history).filter(({ invoked }) => invoked.at >= from)
  const kept = asked.filter(({ cancelled }) => cancelled === null)
  return {
    outcomes: outcomesOf(kept),
    attempts: attemptsOf(history, from),
    pauses: pausesOf(history, from),
    amplification: amplificationOf(history, asked.length, from),
    errors: errorsOf(kept),
    recovered: recoveredOf(history, kept),
  }
}

function outcomesOf(kept: readonly Operation[]): Degradation['outcomes'] {
  const counts = { fresh: 0, stale: 0, queued: 0, fallback: 0, dropped: 0, error: 0, unknown: 0 }
  for (const { outcome } of kept) counts[outcome] += 1
  return counts
}

function attemptsOf(history: History, from: number): Degradation['attempts'] {
  const counts = callsOfOperations(history)
    .filter(({ attempts }) => (attempts[0]?.sent.at ?? -1) >= from)
    .map(({ attempts }) => attempts.length)
  if (counts.length === 0) return null
  const sum = counts.reduce((total, count) => total + count, 0)
  return { mean: sum / counts.length, most: counts.reduce((most, count) => Math.max(most, count), 0) }
}

function pausesOf(history: History, from: number): Degradation['pauses'] {
  const lengths = ownPauses(history)
    .filter(({ after }) => after.sent.at >= from)
    .map(({ ms }) => ms)
    .toSorted((one, other) => one - other)
  const [shortest, longest, median] = [lengths[0], lengths.at(-1), lengths[Math.floor((lengths.length - 1) / 2)]]
  return shortest === undefined || longest === undefined || median === undefined ? null : { shortest, median, longest }
}

function amplificationOf(history: History, asked: number, from: number): number | null {
  const { baseline } = history.header
  const usual = baseline && baseline.operations > 0 ? baseline.exchanges / baseline.operations : 0
  if (usual === 0 || asked === 0) return null
  let sent = 0
  for (const { at } of history.each('exchange.sent')) if (at >= from) sent += 1
  return sent / asked / usual
}

function errorsOf(kept: readonly Operation[]): Degradation['errors'] {
  const counts = new Map<string, number>()
  for (const { settled } of kept)
    if (settled?.kind === 'operation.error') {
      const name = classOf(settled.error)
      counts.set(name, (counts.get(name) ?? 0) + 1)
    }
  const sorted = [...counts].toSorted(([one, few], [other, many]) => many - few || (one < other ? -1 : 1))
  const rest = sorted.slice(classes).reduce((sum, [, count]) => sum + count, 0)
  return Object.fromEntries([...sorted.slice(0, classes), ...(rest > 0 ? [[others, rest] as const] : [])])
}

function classOf(error: ErrorFacts): string {
  const all = [error, ...(error.causes ?? [])]
  const status = all.find((one) => one.status !== undefined)?.status
  return status === undefined ? (all.find((one) => one.code !== undefined)?.code ?? error.name) : `HTTP ${status}`
}

function recoveredOf({ header }: History, kept: readonly Operation[]): number | null {
  const { lastLiftAt, spanMs } = header
  if (lastLiftAt === null || lastLiftAt >= spanMs) return null
  const bad = kept.filter(
    ({ invoked, outcome }) => invoked.at >= lastLiftAt && (outcome === 'error' || outcome === 'unknown'),
  )
  if (bad.some(({ outcome }) => outcome === 'unknown')) return null
  return bad.reduce((latest, { settled }) => Math.max(latest, (settled?.at ?? lastLiftAt) - lastLiftAt), 0)
}
