// What a client hands over is what it says it is.
//
// Verified: values of reads against what responses to this client process contained. Undeclared age stays within the promise
// `fresh` (0: fetched during the operation, by it or by one it shares); a declared age is no younger than the truth and within
// the ladder's `stale`; nothing is invented, another entity's, or never received; a list of all holds all that was there all the
// time; nothing at all is no value, unless the API said so; no copy overrules the API when it says, during the operation, that
// there is no such thing (404, 410). A value that cannot be compared is at best as young as the last response that contained it.
// Not verified: whether the API itself told the truth (a lagging replica is not the client's fault); values that combine
// several versions; fallbacks, which are declared to be something else; what view models without `shows` contain.

import { formatDuration, formatMeasured } from '#clock/instant.ts'
import type { EventOf } from '#history/event.ts'
import type { Threshold } from '#history/header.ts'
import type { History } from '#history/history.ts'
import { toldOf } from '#history/notifications.ts'
import { lastReceipt, toldGone, type Receipt } from '#history/knowledge.ts'
import { operations, type Operation } from '#history/query.ts'
import { canBeCompared, handedNothing, wasToldNothing } from './hollow.ts'
import { capped } from './ceilings.ts'
import { defineOracle, type Param } from './oracle.ts'
import { stalePromise } from './ladder.ts'
import { createTally, thresholdsOf, type Tally } from './tally.ts'
import { endOfExchange, nameOf, requestOf, seqsOf, timeOf } from './words.ts'

const name = 'honest-degradation'

const params = {
  lies: {
    unit: 'count',
    domain: 'client',
    defaults: { strict: 0, default: 0, lenient: 0 },
    cite: 'a value that no response contained is never in order',
  },
  tolerance: {
    unit: 'ms',
    domain: 'client',
    defaults: { strict: 1_000, default: 1_000, lenient: 5_000 },
    cite: 'ages are often told in whole seconds, as in the Age header',
  },
} as const satisfies Record<string, Param>

type Limits = Readonly<Record<keyof typeof params, Threshold>>
type Handed = {
  readonly operation: Operation
  readonly ok: EventOf<'operation.ok'>
  /** The value could not be compared: it is as old as the last response, or older. */
  readonly atBest?: true
}

export const honestDegradation = defineOracle({
  name,
  family: 'safety',
  verified: 'Values are as fresh as declared or promised, and come from a response that this client received.',
  notVerified: 'Whether the API told the truth, and values assembled from several versions.',
  hint: 'Hand over a copy only with its true age, counted from the response it came from. What the API says does not exist has no copy, and an answer without the value is an error.',
  params,
  selectors: {},
  judge: (history, { number }) => {
    const limits = thresholdsOf(history, name, params, number)
    const tally = createTally()
    for (const operation of operations(history)) {
      const ok = operation.settled
      if (ok?.kind !== 'operation.ok' || (ok.result !== 'fresh' && ok.result !== 'stale')) continue
      if (handedNothing(history, operation)) addNothing(history, { operation, ok }, limits, tally)
      else if (ok.truth) judgeValue(history, { operation, ok }, ok.truth, limits, tally)
      else if (operation.invoked.effect === 'read') judgeUnknown(history, { operation, ok }, limits, tally)
    }
    const judgement = tally.judgement({ unarmed: 'No operation handed over a value that can be compared.' })
    if (judgement.verdict !== 'inconclusive' || judgement.reason !== 'uncertain') return judgement
    return { ...judgement, detail: 'No value could be compared with the API; name its fields with `shows`.' }
  },
})

function addNothing(history: History, { operation, ok }: Handed, { lies }: Limits, tally: Tally): void {
  const last = operation.exchanges.at(-1)
  const after = last ? `, after ${requestOf(last)}, ${endOfExchange(history, last)}` : ', without a request of its own'
  const what = ok.hollow ? `nothing as a ${kindOf(operation)}` : `a value that is no ${kindOf(operation)}`
  tally.compare(lies, 1, () => ({
    witness: [operation.invoked.seq, ...operation.exchanges.slice(-1).flatMap(seqsOf), ok.seq],
    sentence: `${nameOf(operation)} handed over ${what}, as a success, at ${timeOf(history, ok.at)}${after}.`,
  }))
}

/** A value that could not be compared: it is judged by what the client could know at best. */
function judgeUnknown(history: History, handed: Handed, limits: Limits, tally: Tally): void {
  const { operation, ok } = handed
  if (operation.invoked.entity === undefined) return
  if (wasToldNothing(operation)) {
    tally.skip()
    return
  }
  if (ok.hollow) {
    addNothing(history, handed, limits, tally)
    return
  }
  judgeAtBest(history, handed, operation.invoked.entity, limits, tally)
}

/** Says only what is wrong whatever the value is: that it is young enough proves nothing. */
function judgeAtBest(history: History, handed: Handed, entity: string, limits: Limits, tally: Tally): void {
  const { operation, ok } = handed
  const known = lastReceipt(history, operation.invoked.instance, entity, ok.seq)
  const best = withNews(history, operation, known, entity, ok.seq)
  if (best === 'news') return tally.skip()
  if (!best) {
    tally.compare(limits.lies, 1, () => ({
      witness: [operation.invoked.seq, ...operation.exchanges.slice(-1).flatMap(seqsOf), ok.seq],
      sentence: `${nameOf(operation)} handed over ${entity} at ${timeOf(history, ok.at)}, which no response to this client had contained by then.`,
    }))
    return
  }
  if (isOverruled(history, operation, entity, best)) return addOverruled(history, handed, entity, limits, tally)
  const ifWorse: Tally = { ...tally, compare: compareIfWorse(tally) }
  const unknown: Handed = { ...handed, atBest: true }
  if (ok.result === 'fresh') judgeFresh(history, unknown, best, ifWorse)
  else judgeStale(history, unknown, best, limits, ifWorse)
  if (!canBeCompared(history, operation)) tally.skip()
}

function compareIfWorse(tally: Tally): Tally['compare'] {
  return (limit, observed, evidence, tolerance = 0) => {
    if (observed > limit.value + tolerance) tally.compare(limit, observed, evidence, tolerance)
  }
}

function kindOf({ invoked }: Operation): string {
  return invoked.entity?.split(':')[0] ?? 'value'
}

type TruthFacts = NonNullable<EventOf<'operation.ok'>['truth']>

function judgeValue(history: History, handed: Handed, truth: TruthFacts, limits: Limits, tally: Tally): void {
  const { operation, ok } = handed
  const lie = (sentence: string): void =>
    tally.compare(limits.lies, 1, () => ({ witness: [operation.invoked.seq, ok.seq], sentence }))
  const handedOver = `${nameOf(operation)} handed over`
  const when = timeOf(history, ok.at)
  if (truth.foreign) return lie(`${handedOver} ${truth.entity} at ${when} although it was asked for another.`)
  if (truth.invented.length > 0)
    return lie(`${handedOver} ${truth.entity} at ${when} with values that it never had: ${truth.invented.join(', ')}.`)
  if (truth.missing !== undefined)
    return lie(
      `${handedOver} a list at ${when} without ${truth.missing} that were there all the time, as if it were whole.`,
    )
  if (truth.matched === null) return judgeAtBest(history, handed, truth.entity, limits, tally)
  const receipt = withNews(
    history,
    operation,
    latestReceipt(history, operation, truth.entity, truth.matched, ok.seq),
    truth.entity,
    ok.seq,
  )
  if (receipt === 'news') return tally.skip()
  if (!receipt)
    return lie(`${handedOver} ${truth.entity} at ${when}, which no response to this client had contained by then.`)
  if (isOverruled(history, operation, truth.entity, receipt))
    return addOverruled(history, handed, truth.entity, limits, tally)
  return ok.result === 'fresh'
    ? judgeFresh(history, handed, receipt, tally)
    : judgeStale(history, handed, receipt, limits, tally)
}

/** While the operation lasted the API said that there is no such thing, and nothing showed it since. */
function isOverruled(history: History, { invoked, settled }: Operation, entity: string, receipt: Receipt): boolean {
  const gone = settled ? toldGone(history, invoked.instance, entity, settled.seq) : null
  return gone !== null && gone > invoked.seq && gone > receipt.seq
}

function addOverruled(
  history: History,
  { operation, ok }: Handed,
  entity: string,
  { lies }: Limits,
  tally: Tally,
): void {
  const gone = toldGone(history, operation.invoked.instance, entity, ok.seq) ?? ok.seq
  tally.compare(lies, 1, () => ({
    witness: [operation.invoked.seq, gone, ok.seq],
    sentence: `${nameOf(operation)} handed over a copy of ${entity} at ${timeOf(history, ok.at)} although the API had said at ${timeOf(history, history.at(gone).at)} that there is no such thing (any more).`,
  }))
}

/** The last response that may have taught the client this value. A version that looks the same may be older. */
function latestReceipt(
  history: History,
  { invoked }: Operation,
  entity: string,
  matched: number,
  before: number,
): Receipt | undefined {
  return lastReceipt(history, invoked.instance, entity, before, ({ version }) => version <= matched)
}

/** A notification may have told the client the same, or more, later than any response; what it said is not in the history. */
function withNews(
  history: History,
  { invoked }: Operation,
  receipt: Receipt | undefined,
  entity: string,
  before: number,
): Receipt | 'news' | undefined {
  const told = toldOf(history, invoked.instance, entity, before)
  if (!told) return receipt
  if (!receipt) return 'news'
  return told.seq > receipt.seq ? { ...receipt, at: told.at, seq: told.seq } : receipt
}

function judgeFresh(history: History, { operation, ok, atBest }: Handed, receipt: Receipt, tally: Tally): void {
  const { name: about } = operation.invoked
  const ms = history.header.promises[about]?.freshMs ?? 0
  const ageMs = receipt.at >= operation.invoked.at ? 0 : ok.at - receipt.at
  const limit = capped(history, name, 'fresh', { operation: about, ms, ceiling: 'fresh' })
  const allowed = ms === 0 ? 'its promise allows no age' : `${whoAllows(limit)} ${formatDuration(limit.value)}`
  tally.compare(limit, ageMs, () => ({
    witness: [...seqsOf(receipt.by), operation.invoked.seq, ok.seq],
    sentence: `${nameOf(operation)} handed over a copy as fresh at ${timeOf(history, ok.at)} that was ${ageInWords(ageMs, atBest)} old (received ${timeOf(history, receipt.at)}); ${allowed}.`,
  }))
}

function judgeStale(
  history: History,
  { operation, ok, atBest }: Handed,
  receipt: Receipt,
  limits: Limits,
  tally: Tally,
): void {
  const ageMs = ok.at - receipt.at
  const witness = [...seqsOf(receipt.by), operation.invoked.seq, ok.seq]
  const copy = `${nameOf(operation)} handed over a copy at ${timeOf(history, ok.at)}`
  const received = `received ${timeOf(history, receipt.at)}`
  if (ok.ageMs !== undefined) {
    const hiddenMs = Math.max(0, ageMs - ok.ageMs)
    const declared = formatMeasured(ok.ageMs)
    const sentence = `${copy} and declared it ${declared} old; it was ${ageInWords(ageMs, atBest)} old (${received}).`
    tally.compare(limits.tolerance, hiddenMs, () => ({ witness, sentence }))
  }
  const { name: about } = operation.invoked
  const ms = stalePromise(history, about)
  if (ms === null) return
  const limit = capped(history, name, 'stale', { operation: about, ms, ceiling: 'stale' })
  const sentence = `${copy} that was ${ageInWords(ageMs, atBest)} old (${received}); ${whoAllows(limit)} ${formatDuration(limit.value)}.`
  tally.compare(limit, ageMs, () => ({ witness, sentence }), limits.tolerance.value)
}

function whoAllows({ source }: Threshold): string {
  return source === 'promise' ? 'its promise allows' : 'its promise is capped at'
}

function ageInWords(ageMs: number, atBest: true | undefined): string {
  return `${atBest ? 'at least ' : ''}${formatMeasured(ageMs)}`
}
