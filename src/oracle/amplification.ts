// Under failure a client does not multiply the load it puts on the API.
//
// Verified: exchanges per operation while the faults were on, per load, against the fault-free twin. An operation may always
// send one exchange, so a cache that rightly misses is no multiplication. The mechanism (budget, breaker, cap) is not judged. Of many
// processes, each of which is asked little, none can know that all of them retry: a few retries of each are spared. So is the read that
// found out what had become of a write whose answer was lost: `no-duplicate-effect` and `no-lost-write` ask for it.
// Not verified: peaks shorter than the faults; background tasks; loads of fewer than `samples` operations.

import type { Threshold } from '#history/header.ts'
import type { History } from '#history/history.ts'
import { operations, succeeded, type Operation } from '#history/query.ts'
import { foundNobody, isIdempotent, isSafe } from './classify.ts'
import { defineOracle, type Param } from './oracle.ts'
import { createTally, thresholdsOf } from './tally.ts'
import { nameOf, storyOf, timeOf, witnessOf } from './words.ts'

const name = 'amplification'

const params = {
  factor: {
    unit: 'ratio',
    domain: 'client',
    defaults: { strict: 1.1, default: 2, lenient: 3 },
    cite: 'Google SRE: 1.1 times with a retry budget of 10 %, 3 times with three attempts and none; 2 lies between',
  },
  floor: {
    unit: 'count',
    domain: 'client',
    defaults: { strict: 5, default: 10, lenient: 20 },
    cite: 'a process that is asked less often may send so many retries: the bucket of gRPC begins with 10, and breakers look at 10 or 20 calls at least',
  },
  samples: {
    unit: 'count',
    bound: 'at-least',
    domain: 'client',
    defaults: { strict: 50, default: 50, lenient: 50 },
    cite: 'a ratio of fewer than 50 operations follows single retries',
  },
} as const satisfies Record<string, Param>

type Group = { readonly words: string; readonly asked: readonly Operation[]; readonly nominal: number }

export const amplification = defineOracle({
  name,
  family: 'safety',
  verified: 'Exchanges per operation while faults are on, compared with the fault-free twin.',
  notVerified:
    'Short peaks, background tasks, loads of few operations, and the read that told how a lost write had ended.',
  hint: 'Stop retrying when most attempts fail: a retry budget of 10 % of requests, or a circuit breaker.',
  params,
  selectors: {},
  judge: (history, { number }) => {
    const { baseline, firstFaultAt, lastLiftAt } = history.header
    if (!baseline || firstFaultAt === null || lastLiftAt === null)
      return { verdict: 'not-applicable', needs: 'faults, and the figures of the fault-free twin' }
    const { factor } = thresholdsOf(history, name, params, number)
    // What was never begun would make the rest look better.
    const during = operations(history).filter(
      (operation) =>
        operation.invoked.at >= firstFaultAt && operation.invoked.at < lastLiftAt && !foundNobody(operation),
    )
    const tally = createTally()
    const groups = groupsOf(history, during).filter(({ asked }) => asked.length >= number.samples)
    for (const group of groups) {
      const ratio = exchangesPer(group.asked) / group.nominal
      const judged = isSpared(group, ratio, factor, number.floor) ? Math.min(ratio, factor.value) : ratio
      tally.compare(factor, judged, () => evidenceFor(history, group, ratio, factor))
    }
    const armed = groups.length === 0 ? during.length : groups.reduce((sum, { asked }) => sum + asked.length, 0)
    return tally.judgement({ unarmed: 'No operation was asked while faults were on.', armed, samples: number.samples })
  },
})

/** By load; all loads as one when exchanges may have been counted for the wrong one. */
function groupsOf(history: History, during: readonly Operation[]): readonly Group[] {
  const perOperation = history.header.baseline?.exchangesPerOperation ?? {}
  const nominalOf = (asked: readonly Operation[]): number =>
    asked.reduce((sum, { invoked }) => sum + Math.max(1, perOperation[invoked.name] ?? 1), 0) / asked.length
  if (during.some(({ certain }) => !certain))
    return [{ words: 'all loads together', asked: during, nominal: nominalOf(during) }]
  return Array.from(
    Map.groupBy(during, ({ invoked }) => invoked.load),
    ([load, asked]) => ({
      words: `the load ${load}`,
      asked,
      nominal: nominalOf(asked),
    }),
  )
}

/** No process was asked often enough to know, and without so many retries of each there would not be too many. */
function isSpared({ asked, nominal }: Group, ratio: number, factor: Threshold, floor: number): boolean {
  const processes = new Set(asked.map(({ invoked }) => invoked.instance)).size
  const isLittle = asked.length < floor * processes
  return isLittle && ratio - (floor * processes) / (asked.length * nominal) <= factor.value
}

function exchangesPer(asked: readonly Operation[]): number {
  return asked.reduce((sum, one) => sum + one.exchanges.length - (endsWithLook(one) ? 1 : 0), 0) / asked.length
}

/** A write whose answer was lost, and a read that told how it had ended. */
function endsWithLook({ invoked, settled, exchanges }: Operation): boolean {
  const last = exchanges.at(-1)
  return (
    invoked.effect === 'write' &&
    settled?.kind === 'operation.ok' &&
    last !== undefined &&
    isSafe(last) &&
    succeeded(last) &&
    exchanges.some((one) => !isIdempotent(one) && !succeeded(one))
  )
}

function evidenceFor(history: History, { words, asked, nominal }: Group, ratio: number, factor: Threshold) {
  const busiest = asked.reduce((one, other) => (other.exchanges.length > one.exchanges.length ? other : one))
  const rates = `${exchangesPer(asked).toFixed(2)} exchanges per operation, ${nominal.toFixed(2)}`
  const from = timeOf(history, history.header.firstFaultAt ?? 0)
  const looks = asked.some(endsWithLook) ? ' (without the reads that told how lost writes had ended)' : ''
  return {
    witness: witnessOf(busiest),
    sentence: `While faults were on, from ${from}, ${words} sent ${rates} without faults${looks}; that is ${ratio.toFixed(2)} times as many, and ${factor.value} times is the limit. The busiest was ${nameOf(busiest)}, ${storyOf(history, busiest)}.`,
  }
}
