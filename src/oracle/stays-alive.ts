// The client survives.
//
// Verified: it neither crashed, exited, stalled nor ran out of memory; it reached no limit of the harness; it did not wait for
// something that can never happen (deadlock) or turn in circles (livelock).
// Not verified: how much processor time and memory it used below those limits.

import { limits, type LimitName } from '#context/limits.ts'
import type { Threshold } from '#history/header.ts'
import type { History } from '#history/history.ts'
import { operationOf, operations, type Operation } from '#history/query.ts'
import { defineOracle, type Param } from './oracle.ts'
import { createTally, thresholdsOf, type Tally } from './tally.ts'
import { endOfExchange, nameOf, requestOf, timeOf, witnessOf } from './words.ts'

const name = 'stays-alive'

const params = {
  deaths: {
    unit: 'count',
    domain: 'client',
    defaults: { strict: 0, default: 0, lenient: 0 },
    cite: 'a failing API is no reason to die',
  },
} as const satisfies Record<string, Param>

export const staysAlive = defineOracle({
  name,
  family: 'safety',
  verified: 'The client does not crash, exit, stall, run out of memory, deadlock or reach a limit.',
  notVerified: 'Processor time and memory below the limits.',
  hint: 'Look at the named operation: bound its recursion and loops, catch what its callbacks throw, and never exit.',
  params,
  selectors: {},
  judge: (history, { number }) => {
    const { deaths } = thresholdsOf(history, name, params, number)
    const asked = operations(history)
    const tally = createTally()
    for (const crash of history.all('client.crashed')) {
      const what = `${crashWords[crash.cause]} at ${timeOf(history, crash.at)}: ${sentenceOf(crash.message)}`
      addDeath(history, tally, deaths, crash.seq, crash.operation, what)
    }
    for (const reached of history.all('limit.reached')) {
      // Too many names for what it says of itself, or values of which we read a part, do the client no harm.
      if (reached.limit === 'properties' || reached.limit === 'valueMembers') continue
      const what = `${limitWords(history)[reached.limit] ?? `reached the limit ${reached.limit}`} until the harness stopped it at ${timeOf(history, reached.at)}.`
      addDeath(history, tally, deaths, reached.seq, reached.operation, what)
    }
    const ended = history.all('run.ended').at(-1)
    const reason = ended?.reason ?? 'crashed'
    if (
      reason === 'deadlock' ||
      reason === 'livelock' ||
      (reason === 'crashed' && history.all('client.crashed').length === 0)
    ) {
      const last = asked.findLast(({ outcome }) => outcome === 'unknown')
      const what = `${endWords[reason]} at ${timeOf(history, history.at(history.length - 1).at)}.`
      addDeath(history, tally, deaths, ended?.seq ?? history.length - 1, last?.id ?? null, what)
    }
    if (asked.length > 0) tally.compare(deaths, 0, () => ({ witness: [], sentence: '' }))
    return tally.judgement({
      unarmed: 'Nothing was asked of the client.',
      ...(asked.length > 0 && { armed: asked.length }),
    })
  },
})

function sentenceOf(message: string): string {
  return /[.!?]$/u.test(message) ? message : `${message}.`
}

const crashWords = {
  uncaught: 'threw where nobody could catch it',
  exit: 'ended its own process',
  protocol: 'said what the protocol (docs/drivers.md) does not allow',
  stalled: 'kept the processor busy without end',
  memory: 'ran out of memory',
  killed: 'was killed',
} as const

const limitWords = (history: History): Readonly<Partial<Record<LimitName, string>>> => ({
  exchangesPerRun: `sent ${Math.max(limits.exchangesPerRun, history.count('exchange.sent') - 1)} exchanges`,
  exchangesPerOperation: `sent ${limits.exchangesPerOperation} exchanges for one operation`,
  idleTimerSteps: `set ${limits.idleTimerSteps} timers while time stood still`,
})

const endWords = {
  deadlock: 'waited for something that could never happen',
  livelock: 'turned in circles without getting anywhere',
  crashed: 'died without a word',
} as const

function addDeath(
  history: History,
  tally: Tally,
  limit: Threshold,
  seq: number,
  id: number | null,
  what: string,
): void {
  const operation = id === null ? undefined : operationOf(history, id)
  tally.compare(limit, 1, () => ({
    witness: [...(operation ? witnessOf(operation) : []), seq],
    sentence: `The client ${what}${operation ? ` It ${lastExchanges(history, operation)}.` : ''}`,
  }))
}

function lastExchanges(history: History, operation: Operation): string {
  const last = operation.exchanges
    .slice(-3)
    .map((exchange) => `${requestOf(exchange)} ${endOfExchange(history, exchange)}`)
  const working = `was working on ${nameOf(operation)}, asked ${timeOf(history, operation.invoked.at)}`
  return last.length === 0 ? `${working}, without an exchange` : `${working}, last exchanges: ${last.join('; ')}`
}
