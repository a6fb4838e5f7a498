// The client leaves nothing behind.
//
// Verified: after `close()` no timer is pending and no exchange is in flight; `close()` ended well and in time; no rejection
// went unhandled; and hardly any answer was left with its body neither read nor cancelled. Under `strict` also: no timer of an
// operation is pending once it has settled.
// Not counted: bodies that are empty, that broke off, or whose request was aborted, and those of a process that died.
// Not verified: memory and listeners; anything when the run did not end by itself.

import type { EventOf } from '#history/event.ts'
import type { Threshold } from '#history/header.ts'
import type { History } from '#history/history.ts'
import { operations } from '#history/query.ts'
import { isWantedByAnother } from './live.ts'
import { defineOracle, type Param } from './oracle.ts'
import { createTally, thresholdsOf, type Tally } from './tally.ts'
import { howMany, nameOf, storyOf, timeOf } from './words.ts'

const name = 'no-leaks'

const params = {
  leaks: {
    unit: 'count',
    domain: 'client',
    defaults: { strict: 0, default: 0, lenient: 0 },
    cite: 'what is left after close keeps a process alive',
  },
  unread: {
    unit: 'count',
    domain: 'client',
    defaults: { strict: 0, default: 10, lenient: 1_000 },
    cite: 'undici keeps the connection of an unread body until it is collected; ten are as many as a usual pool has',
  },
  timersLeft: {
    unit: 'count',
    domain: 'client',
    defaults: { strict: 0, default: 1_000, lenient: 1_000 },
    cite: 'timers of a settled operation end by themselves, often late; only `strict` calls each a leak',
  },
} as const satisfies Record<string, Param>

export const noLeaks = defineOracle({
  name,
  family: 'safety',
  verified: 'No timers, exchanges, unread bodies or unhandled rejections are left after close.',
  notVerified: 'Memory and listeners.',
  hint: 'Clear timers in a `finally`, catch every promise, stop pollers in `close()`, and read or cancel the body of every answer.',
  params,
  selectors: {},
  judge: (history, { number }) => {
    const { leaks, timersLeft, unread } = thresholdsOf(history, name, params, number)
    const ended = history.all('run.ended').at(-1)
    const tally = createTally()
    if (ended?.reason === 'done') {
      addEnd(history, ended, leaks, tally)
      addUnread(ended, unread, tally)
    }
    const rejected = history.all('client.rejected')
    if (ended?.reason === 'done' || rejected.length > 0)
      tally.compare(leaks, rejected.length, () => ({
        witness: rejected.slice(0, 1).map(({ seq }) => seq),
        sentence: `${howMany(rejected.length, 'rejection')} went unhandled, the first at ${timeOf(history, rejected[0]?.at ?? 0)}: ${rejected[0]?.error.name}: ${rejected[0]?.error.message}.`,
      }))
    for (const operation of operations(history)) {
      const { settled } = operation
      if (!settled || settled.kind === 'operation.unknown' || settled.timersLeft === 0) continue
      // A flight that others share keeps its timer although the operation it began in is gone.
      if (operation.exchanges.some((exchange) => isWantedByAnother(history, operation, exchange, settled.seq))) continue
      tally.compare(timersLeft, settled.timersLeft, () => ({
        witness: [operation.invoked.seq, settled.seq],
        sentence: `${nameOf(operation)} left ${howMany(settled.timersLeft, 'timer')} pending when it settled at ${timeOf(history, settled.at)}: ${storyOf(history, operation)}.`,
      }))
    }
    return tally.judgement({ unarmed: 'The run did not end by itself, so nothing was closed.' })
  },
})

function addEnd(history: History, ended: EventOf<'run.ended'>, leaks: Threshold, tally: Tally): void {
  const closed = history.all('client.closed').at(-1)
  const after = closed?.how === 'absent' ? 'at the end (the client offers no `close`)' : 'after `close()`'
  const when = timeOf(history, ended.at)
  tally.compare(leaks, ended.leakedTimers, () => ({
    witness: [closed?.seq, ended.seq],
    sentence: `${howMany(ended.leakedTimers, 'timer')} of the client ${ended.leakedTimers === 1 ? 'was' : 'were'} still pending ${after}, at ${when}.`,
  }))
  tally.compare(leaks, ended.inFlight, () => ({
    witness: [closed?.seq, ended.seq],
    sentence: `${howMany(ended.inFlight, 'exchange')} had neither finished nor been aborted ${after}, at ${when}.`,
  }))
  const failed = history.all('client.closed').filter(({ how }) => how === 'failed' || how === 'overdue')
  const [first] = failed
  tally.compare(leaks, failed.length, () => ({
    witness: [first?.seq],
    sentence: `The client's \`close()\` ${first?.how === 'overdue' ? 'did not end in time' : 'failed'}${first?.message ? `: ${first.message}` : ''}.`,
  }))
}

function addUnread(ended: EventOf<'run.ended'>, limit: Threshold, tally: Tally): void {
  tally.compare(limit, ended.unread, () => ({
    witness: [ended.seq],
    sentence: `${howMany(ended.unread, 'answer')} ${ended.unread === 1 ? 'was' : 'were'} left with the body neither read nor cancelled; each holds a connection until it is collected.`,
  }))
}
