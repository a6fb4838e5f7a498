// Constants of the client that are longer than a replay in real time: it says nothing about them.

import { formatDuration } from '#clock/instant.ts'
import type { Header } from '#history/header.ts'
import type { PromiseOf, Step } from '#history/promises.ts'

type Told = Pick<Header, 'transport' | 'spanMs' | 'promises' | 'declares'>

/** `contact.read stale 1h`; the same constant of many operations once. In virtual time there is none. */
export function notExercised({ transport, spanMs, promises, declares }: Told): readonly string[] {
  if (transport === 'virtual') return []
  const promised = Object.values(promises).flatMap(constantsOf)
  const { breaker } = declares
  const all = [...promised, ...(breaker ? [{ what: 'rest of the breaker', ms: breaker.restMs }] : [])]
  const words = all.filter(({ ms }) => ms > spanMs).map(({ what, ms }) => `${what} ${formatDuration(ms)}`)
  return [...new Set(words)]
}

type Constant = { readonly what: string; readonly ms: number }

function constantsOf({ withinMs, freshMs, degrade }: PromiseOf): Constant[] {
  return [
    ...(withinMs === undefined ? [] : [{ what: 'within', ms: withinMs }]),
    ...(freshMs === undefined ? [] : [{ what: 'fresh', ms: freshMs }]),
    ...degrade.flatMap(constantOf),
  ]
}

function constantOf(step: Step): Constant[] {
  if (step.kind === 'stale') return [{ what: 'stale', ms: step.maxAgeMs }]
  return step.kind === 'queue' ? [{ what: 'queue', ms: step.maxDelayMs }] : []
}
