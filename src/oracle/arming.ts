// Did the incident happen at all? Facts of the world that the scenario requires; never facts about the client, so that a
// client without a cache or a breaker is not inconclusive for lacking one.

import { formatDuration } from '#clock/instant.ts'
import type { History } from '#history/history.ts'

export type ArmingJudgement = {
  readonly armed: boolean
  readonly faultHits: number
  /** Some exchange had no answer for as long as the scenario requires. */
  readonly unanswered: boolean
  /** What is missing, in a sentence; empty when armed. */
  readonly detail: string
}

/** A run without faults requires nothing. */
export function judgeArming(history: History): ArmingJudgement {
  const { arming, firstFaultAt } = history.header
  const faultHits = history.all('fault.hit').length
  const unanswered = arming.unansweredForMs === 0 || wasUnanswered(history, arming.unansweredForMs)
  const missing = [
    ...(faultHits < arming.faultHits
      ? [`faults hit ${faultHits} exchanges of the ${arming.faultHits} the scenario requires`]
      : []),
    ...(unanswered ? [] : [`no exchange went without an answer for ${formatDuration(arming.unansweredForMs)}`]),
  ]
  const armed = firstFaultAt === null || missing.length === 0
  const detail = armed ? '' : `The incident did not happen as the scenario requires: ${missing.join(', and ')}.`
  return { armed, faultHits, unanswered, detail }
}

function wasUnanswered(history: History, ms: number): boolean {
  return (
    history.all('exchange.arrived').some(({ answersIn }) => answersIn === null || answersIn >= ms) ||
    history.all('fault.hit').some(({ decision }) => decision === 'hang')
  )
}

/** Faults that were switched on and never hit anything of this client's: a pass says nothing about them. */
export function untouchedFaults(history: History): readonly string[] {
  const hit = new Set(history.all('fault.hit').map(({ fault }) => fault))
  const started = new Set(history.all('fault.started').map(({ fault }) => fault))
  return [...started].filter((fault) => !hit.has(fault))
}
