// Did the incident happen at all? Facts of the world that the scenario requires; never facts about the client, so that a
// client without a cache or a breaker is not inconclusive for lacking one. How often faults hit depends on how much is sent into
// them: a client that sends so little that they could not have hit often enough is judged by what it did.

import { formatDuration } from '#clock/instant.ts'
import type { History } from '#history/history.ts'
import { exchangeOf, exchanges, selector, type Exchange } from '#history/query.ts'
import { howMany } from './words.ts'

export type ArmingJudgement = {
  readonly armed: boolean
  readonly faultHits: number
  /** Some exchange had no answer for as long as the scenario requires. */
  readonly unanswered: boolean
  /** What is missing, in a sentence; empty when armed. */
  readonly detail: string
}

/** Below this part of what the scenario requires too little has been seen, however little was sent. */
const leastShare = 0.25
/** Of what the faults could have hit: below this they hardly happened. */
const hitShare = 0.5

/** A run without faults requires nothing. */
export function judgeArming(history: History): ArmingJudgement {
  const { arming, firstFaultAt } = history.header
  const faultHits = history.all('fault.hit').length
  const unanswered = arming.unansweredForMs === 0 || wasUnanswered(history, arming.unansweredForMs)
  const hitsDetail = faultHits < arming.faultHits ? tooFewHits(history, faultHits, arming.faultHits) : ''
  const silenceDetail = unanswered
    ? ''
    : `no exchange went without an answer for ${formatDuration(arming.unansweredForMs)}`
  const armed = firstFaultAt === null || (hitsDetail === '' && silenceDetail === '')
  const missing = [
    hitsDetail || 'The incident did not happen as the scenario requires',
    ...(silenceDetail === '' ? [] : [silenceDetail]),
  ]
  const detail = armed ? '' : `${missing.join(hitsDetail === '' ? ': ' : '; ')}.`
  return { armed, faultHits, unanswered, detail }
}

/** What kept the faults from hitting often enough; empty when that was nothing but how little the client sent. */
function tooFewHits(history: History, hits: number, required: number): string {
  const met = exposed(history)
  if (hits === 0)
    return `The client never met the incident: ${whatItSent(history)}, and the scenario requires ${required} hits`
  if (met.length === 0 || met.length >= required)
    return `The incident did not happen as the scenario requires: faults hit ${howMany(hits, 'exchange')} of the ${required} the scenario requires`
  const share = met.filter((exchange) => exchange.hits.length > 0).length / met.length
  if (share >= hitShare && hits >= required * leastShare) return ''
  return `The client hardly met the incident: faults hit ${hits} of the ${howMany(met.length, 'request')} it sent that they could have hit, and the scenario requires ${required} hits`
}

function whatItSent(history: History): string {
  const on = windows(history)
  const sent = exchanges(history).filter((exchange) => on.some((window) => isWithin(exchange, window)))
  if (sent.length === 0) return 'it sent no request while the faults were on'
  return `none of the ${howMany(sent.length, 'request')} it sent while the faults were on was one that they hit`
}

type Window = { readonly fault: string; readonly from: number; until: number }

const windows = selector((history): readonly Window[] => {
  const found: Window[] = []
  for (const event of history) {
    if (event.kind === 'fault.started') found.push({ fault: event.fault, from: event.at, until: Infinity })
    if (event.kind !== 'fault.lifted') continue
    for (const each of found) if (each.fault === event.fault) each.until = Math.min(each.until, event.at)
  }
  return found
})

function isWithin({ sent }: Exchange, { from, until }: Window): boolean {
  return sent.at >= from && sent.at < until
}

/** What was sent, while a fault was on, to where that fault has hit something. */
function exposed(history: History): readonly Exchange[] {
  const hit = new Set(
    history.all('fault.hit').flatMap(({ fault, exchange }) => {
      const found = exchange === null ? undefined : exchangeOf(history, exchange)
      return found ? [`${fault} ${pathOf(found)}`] : []
    }),
  )
  const on = windows(history)
  return exchanges(history).filter((exchange) =>
    on.some((window) => isWithin(exchange, window) && hit.has(`${window.fault} ${pathOf(exchange)}`)),
  )
}

function pathOf({ sent }: Exchange): string {
  return `${sent.workspace} ${sent.host} ${sent.method} ${sent.route}`
}

function wasUnanswered(history: History, ms: number): boolean {
  for (const { answersIn } of history.each('exchange.arrived')) if (answersIn === null || answersIn >= ms) return true
  return history.all('fault.hit').some(({ decision }) => decision === 'hang')
}

/** Faults that were switched on and never hit anything of this client's: a pass says nothing about them. */
export function untouchedFaults(history: History): readonly string[] {
  const hit = new Set(history.all('fault.hit').map(({ fault }) => fault))
  const started = new Set(history.all('fault.started').map(({ fault }) => fault))
  return [...started].filter((fault) => !hit.has(fault))
}
