// A client promises something worth having.
//
// Verified: of every operation that the run asked for, what is promised in numbers (how soon it settles, how old a value handed
// over as fresh or as a copy may be, how long a write may wait) against the ceilings of the profile. Only `strict` fails on a
// weaker promise. In every profile all other oracles hold the client to the ceiling instead, and their thresholds say so.
// Not verified: whether the promises are kept (that is for the others to say); promises of operations nobody asked for; whether
// an operation should promise more steps, or any at all: a client may be honest about being simple.

import { formatDuration } from '#clock/instant.ts'
import type { History } from '#history/history.ts'
import type { PromiseOf } from '#history/promises.ts'
import { operations, selector, type Operation } from '#history/query.ts'
import { ceilingOf, ceilings, ownerOfCeilings, withinCeiling, type Ceiling } from './ceilings.ts'
import { defineOracle, type Param } from './oracle.ts'
import { createTally, thresholdsOf } from './tally.ts'

const params = {
  weaker: {
    unit: 'count',
    domain: 'client',
    defaults: { strict: 0, default: 0, lenient: 0 },
    cite: 'a weak promise is honest: it is capped and shown, and only `strict` fails on it',
  },
  ...ceilings,
} as const satisfies Record<string, Param>

type Made = {
  readonly operation: Operation
  readonly ceiling: Ceiling
  readonly ms: number
  readonly limitMs: number
}

export const promisesAreWorthSomething = defineOracle({
  name: ownerOfCeilings,
  family: 'safety',
  verified: 'Promises of the operations asked for are no weaker than the ceilings of the profile.',
  notVerified: 'Whether promises are kept, and promises of operations nobody asked for.',
  hint: 'Promise what a caller can work with, and keep it: a time-out below the ceiling, copies and queues that end.',
  params,
  selectors: {},
  judge: (history, { number }) => {
    const made = promisesMade(history)
    if (made.length === 0)
      return { verdict: 'not-applicable', needs: 'a promise with a time, of an operation asked for' }
    const { weaker } = thresholdsOf(history, ownerOfCeilings, params, number)
    const weak = made.filter(({ ms, limitMs }) => ms > limitMs)
    const [weakest] = weak.toSorted((one, other) => other.ms / other.limitMs - one.ms / one.limitMs)
    if (weakest && !isAsked(history))
      return {
        verdict: 'not-applicable',
        needs: `the profile strict: ${sentenceFor(history, weakest, weak.length, made.length)}`,
      }
    const tally = createTally()
    tally.compare(weaker, weak.length, () => ({
      witness: weakest ? [0, weakest.operation.invoked.seq] : [],
      sentence: weakest ? sentenceFor(history, weakest, weak.length, made.length) : '',
    }))
    return tally.judgement({ unarmed: '', armed: made.length })
  },
})

/** By `strict`, or by a scenario. */
function isAsked({ header }: History): boolean {
  return header.profile === 'strict' || header.expect.some(({ oracle }) => oracle === ownerOfCeilings)
}

/** By the first operation that asked for it. */
const firstAsked = selector((history): readonly Operation[] => {
  const first = new Map<string, Operation>()
  for (const operation of operations(history))
    if (!first.has(operation.invoked.name)) first.set(operation.invoked.name, operation)
  return [...first.values()]
})

function promisesMade(history: History): readonly Made[] {
  return firstAsked(history).flatMap((operation) => {
    const { name } = operation.invoked
    const promise = history.header.promises[name]
    if (!promise) return []
    return numbersOf(promise, withinCeiling(history, name)).map(([ceiling, ms]) => {
      return { operation, ceiling, ms, limitMs: ceilingOf(history, ceiling).value }
    })
  })
}

function numbersOf(
  { withinMs, freshMs, degrade }: PromiseOf,
  within: Ceiling,
): readonly (readonly [Ceiling, number])[] {
  return [
    ...(withinMs === undefined ? [] : [[within, withinMs] as const]),
    ...(freshMs === undefined || freshMs === 0 ? [] : [['fresh', freshMs] as const]),
    ...degrade.flatMap((step): (readonly [Ceiling, number])[] => {
      if (step.kind === 'stale') return [['stale', step.maxAgeMs]]
      return step.kind === 'queue' ? [['queue', step.maxDelayMs]] : []
    }),
  ]
}

function sentenceFor(history: History, { operation, ceiling, ms, limitMs }: Made, weak: number, made: number): string {
  const { name } = operation.invoked
  const { source } = ceilingOf(history, ceiling)
  const whose = source === 'profile' ? `the profile ${history.header.profile}` : `the ${source}`
  const count =
    weak === 1 ? '' : `; ${weak} of the ${made} promises that this run asked for are weaker than that allows`
  return `the client promises for ${name} ${wordsFor(ceiling, formatDuration(ms))}, and ${whose} allows ${formatDuration(limitMs)} at most${count}.`
}

function wordsFor(ceiling: Ceiling, time: string): string {
  if (ceiling === 'fresh') return `values up to ${time} old, handed over as fresh`
  if (ceiling === 'stale') return `copies up to ${time} old`
  return ceiling === 'queue' ? `to send what it queued within ${time}` : `to settle within ${time}`
}
