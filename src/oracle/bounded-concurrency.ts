// A client keeps to the number of requests at once that it declares.
//
// Verified: the most exchanges in flight at once, for each workspace and process, against what the client declares.
// An exchange that ends in the same millisecond in which another begins has made room for it; what a redirect sent on is no
// request of the client's; what a process had in flight ends with it, and an answer that nobody reads is over with its head.
// Not verified: requests to no workspace of ours (files, the status page), and whether the number is a good one.

import type { Threshold } from '#history/header.ts'
import type { History } from '#history/history.ts'
import type { Exchange } from '#history/query.ts'
import { busiest, flights } from './in-flight.ts'
import { defineOracle } from './oracle.ts'
import { createTally } from './tally.ts'
import { endOfExchange, requestOf, timeOf } from './words.ts'

const name = 'bounded-concurrency'

export const boundedConcurrency = defineOracle({
  name,
  family: 'safety',
  verified: 'Requests in flight at once, for each workspace and process, stay within the declared number.',
  notVerified: 'Requests that are for no workspace, and whether the declared number is a good one.',
  hint: 'Let every request take a slot, retries too, and give the slot back when the request has really ended: abort it first.',
  params: {},
  selectors: {},
  judge: (history) => {
    const { concurrency } = history.header.declares
    if (concurrency === undefined) return { verdict: 'not-applicable', needs: 'a client that declares its concurrency' }
    const limit = declared(concurrency)
    const tally = createTally()
    const own = flights(history).filter(({ of }) => of.sent.workspace !== null)
    const groups = Map.groupBy(own, ({ of }) => `${of.sent.instance} ${of.sent.workspace}`)
    for (const stays of groups.values()) {
      const crowd = busiest(stays)
      if (!crowd) continue
      const { at, present } = crowd
      tally.compare(limit, present.length, () => ({
        witness: present.map(({ sent }) => sent.seq),
        sentence: sentenceFor(history, present, at, concurrency),
      }))
    }
    return tally.judgement({ unarmed: 'Nothing was sent to a workspace.', armed: own.length })
  },
})

function declared(value: number): Threshold {
  const cite = 'the concurrency that the client declares'
  return {
    oracle: name,
    name: 'declared',
    value,
    unit: 'count',
    bound: 'at-most',
    domain: 'client',
    source: 'config',
    cite,
  }
}

function sentenceFor(history: History, present: readonly Exchange[], at: number, limit: number): string {
  const [oldest] = present
  const who = `process ${oldest?.sent.instance ?? 0} had ${present.length} requests to ${oldest?.sent.workspace} in flight`
  const example = oldest
    ? `; the oldest was ${requestOf(oldest)}, sent ${timeOf(history, oldest.sent.at)} and ${endOfExchange(history, oldest)}`
    : ''
  return `At ${timeOf(history, at)} ${who}, and it declares at most ${limit}${example}.`
}
