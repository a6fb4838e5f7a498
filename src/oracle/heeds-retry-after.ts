// A client stays away for as long as it is asked to.
//
// Verified: after a 429 or 503 with Retry-After the same operation (or background task) does not send the request again before
// the time is over, and the same process does not flood the place with other requests meanwhile: after a 429 to the workspace on that host, after a
// 503 by that route, because a 503 may be one endpoint's. After a 429 that only tells when its rate window ends
// (X-RateLimit-Reset), the same operation knocks once at most until then.
// Not verified: other operations until a rate window ends, which nobody was asked to hold back; coming back late, which is
// `settles-within-promise`; a header that is malformed, negative, past or too long, which asks for nothing. That such a one
// leads to no attempt at once is `backs-off`. Also not: dates and resets while the process itself was disturbed (its clock was
// set), requests that were in flight already, redirects, a process that was restarted since, and borrowed exchanges.

import { formatMeasured } from '#clock/instant.ts'
import type { Threshold } from '#history/header.ts'
import type { History } from '#history/history.ts'
import { bornAt } from '#history/knowledge.ts'
import {
  callsOfBackground,
  callsOfOperations,
  exchanges,
  type Exchange,
  type LogicalCall,
  type Operation,
} from '#history/query.ts'
import { statusOf } from './classify.ts'
import { defineOracle, type Param, type Settings } from './oracle.ts'
import { isClockSure, silenceAskedBy, type Silence } from './silence.ts'
import { createTally, thresholdsOf, type Tally } from './tally.ts'
import { howMany, nameOf, requestOf, seqsOf, timeOf } from './words.ts'

const name = 'heeds-retry-after'

/** Told in whole seconds, by a clock. */
const dateToleranceMs = 1_000

const params = {
  early: {
    unit: 'count',
    domain: 'client',
    defaults: { strict: 0, default: 0, lenient: 1 },
    cite: 'RFC 9110, Retry-After: how long to wait before the follow-up request',
  },
  knocks: {
    unit: 'count',
    domain: 'client',
    defaults: { strict: 0, default: 1, lenient: 2 },
    cite: 'X-RateLimit-Reset informs and does not forbid; one try in between does no harm',
  },
  others: {
    unit: 'ratio',
    domain: 'client',
    defaults: { strict: 1, default: 20, lenient: 100 },
    cite: 'the whole quota is meant, so one probe for each silence (IETF RateLimit headers); most clients tell only the request that was refused, which harms nobody while traffic is thin',
  },
  tolerance: {
    unit: 'ms',
    domain: 'client',
    defaults: { strict: 50, default: 50, lenient: 250 },
    cite: 'timers and rounding; a second where a date has told it',
  },
  longest: {
    unit: 'ms',
    domain: 'client',
    defaults: { strict: 60_000, default: 60_000, lenient: 60_000 },
    cite: 'the SDKs of OpenAI and Intercom obey no header for longer than a minute',
  },
} as const satisfies Record<string, Param>

type Numbers = Settings<keyof typeof params, never>['number']
type Asked = { readonly by: Exchange; readonly silence: Silence; readonly endsAt: number }
/** The first answer that asked, and what was sent into the silence it asked for. */
type Window = { readonly asked: Asked; readonly sent: Exchange[] }

export const heedsRetryAfter = defineOracle({
  name,
  family: 'safety',
  verified: 'Nothing is sent again before the time a 429 or 503 asked for is over, and no flood of other requests.',
  notVerified: 'Coming back late, headers that make no sense, and other operations until a rate window ends.',
  hint: 'Keep the end of Retry-After (seconds or a date, by the clock of the server) for the whole workspace, and send nothing there before.',
  params,
  selectors: {},
  judge: (history, { number }) => {
    const { early, knocks, others } = thresholdsOf(history, name, params, number)
    const tally = createTally()
    let armed = 0
    for (const call of [...callsOfOperations(history), ...callsOfBackground(history)])
      armed += addCall(history, tally, call, { early, knocks }, number)
    addWindows(history, tally, windowsOf(history, number), others)
    return tally.judgement({ unarmed: 'No answer asked for a silence that can be judged.', armed })
  },
})

function askedBy(history: History, by: Exchange, { tolerance, longest }: Numbers): Asked | undefined {
  const silence = silenceAskedBy(history, by)
  if (!silence || silence.until - silence.from > longest) return undefined
  if (silence.by !== 'seconds' && !isClockSure(history, silence.from)) return undefined
  const slackMs = silence.by === 'seconds' ? tolerance : Math.max(tolerance, dateToleranceMs)
  return { by, silence, endsAt: silence.until - slackMs }
}

/** How many answers asked this call for silence. */
function addCall(
  history: History,
  tally: Tally,
  { operation, attempts }: LogicalCall,
  limits: { readonly early: Threshold; readonly knocks: Threshold },
  number: Numbers,
): number {
  const asking = attempts.flatMap((attempt) => askedBy(history, attempt, number) ?? [])
  if (asking.length === 0) return 0
  if (operation?.certain === false) {
    tally.skip()
    return 0
  }
  for (const isReset of [false, true]) {
    const told = asking.filter(({ silence }) => (silence.by === 'reset') === isReset)
    const limit = isReset ? limits.knocks : limits.early
    const worst = told
      .map((asked) => ({ asked, again: attempts.filter((attempt) => isInto(history, asked, attempt)) }))
      .reduce<{ asked: Asked; again: Exchange[] } | undefined>(
        (most, each) => (most && most.again.length >= each.again.length ? most : each),
        undefined,
      )
    if (!worst) continue
    const { asked, again } = worst
    tally.compare(limit, again.length, () => ({
      witness: [operation?.invoked.seq, ...seqsOf(asked.by), ...again.map(({ sent }) => sent.seq)],
      sentence: tooEarly(history, operation, asked, again),
    }))
  }
  return asking.length
}

/** Sent by the same process when the answer was known, before the silence ends. */
function isInto(history: History, { by, endsAt }: Asked, { sent }: Exchange): boolean {
  if (sent.redirectOf !== undefined || by.end === null) return false
  if (sent.seq < by.end.seq || sent.at >= endsAt) return false
  return bornAt(history, sent.instance, sent.seq) <= by.sent.seq
}

/** An answer to what was sent into a silence begins no other one. */
function windowsOf(history: History, number: Numbers): readonly Window[] {
  const windows: Window[] = []
  const lanes = Map.groupBy(exchanges(history), ({ sent }) => `${sent.instance} ${sent.host} ${sent.workspace}`)
  for (const lane of lanes.values()) {
    const asking = lane
      .flatMap((exchange) =>
        exchange.head?.retryAfter === undefined ? [] : (askedBy(history, exchange, number) ?? []),
      )
      .toSorted((one, other) => one.silence.from - other.silence.from)
    for (const perScope of Map.groupBy(asking, scopeOf).values()) addScope(history, windows, lane, perScope)
  }
  return windows
}

/** Everything, or one route. */
function scopeOf({ by }: Asked): string {
  return statusOf(by) === 429 ? '' : requestOf(by)
}

function addScope(history: History, windows: Window[], lane: readonly Exchange[], asking: readonly Asked[]): void {
  let index = 0
  let endsAt = Number.NEGATIVE_INFINITY
  for (const asked of asking) {
    if (asked.silence.from < endsAt) continue
    endsAt = asked.silence.until
    const sent: Exchange[] = []
    while ((lane[index]?.sent.at ?? Number.POSITIVE_INFINITY) < asked.silence.from) index += 1
    for (let next = index; (lane[next]?.sent.at ?? Number.POSITIVE_INFINITY) < asked.endsAt; next += 1) {
      const exchange = lane[next]
      if (exchange && isInto(history, asked, exchange) && isMeant(asked, exchange)) sent.push(exchange)
    }
    windows.push({ asked, sent })
  }
}

/** What another operation sends; its own is judged apart. */
function isMeant(asked: Asked, exchange: Exchange): boolean {
  const { operation } = asked.by.sent
  if (operation !== null && exchange.sent.operation === operation) return false
  return statusOf(asked.by) === 429 || requestOf(asked.by) === requestOf(exchange)
}

function addWindows(history: History, tally: Tally, windows: readonly Window[], limit: Threshold): void {
  const worst = windows.reduce<Window | undefined>(
    (most, each) => (most && most.sent.length >= each.sent.length ? most : each),
    undefined,
  )
  if (!worst) return
  const sent = windows.reduce((sum, window) => sum + window.sent.length, 0)
  const { asked } = worst
  tally.compare(limit, sent / windows.length, () => ({
    witness: [...seqsOf(asked.by), ...worst.sent.slice(0, limit.value + 1).map((exchange) => exchange.sent.seq)],
    sentence: `${howMany(sent, 'other request')} went out into ${howMany(windows.length, 'silence')} that Retry-After had asked for; process ${asked.by.sent.instance} was told at ${timeOf(history, asked.silence.from)} (${statusOf(asked.by)} to ${requestOf(asked.by)}) to stay away for ${formatMeasured(asked.silence.until - asked.silence.from)}, and sent ${howMany(worst.sent.length, 'other request')} in that time.`,
  }))
}

function tooEarly(
  history: History,
  operation: Operation | null,
  { by, silence }: Asked,
  again: readonly Exchange[],
): string {
  const who = operation ? nameOf(operation) : 'a background task'
  const first = again[0]
  const asks = {
    seconds: `Retry-After: ${by.head?.retryAfter}`,
    date: `Retry-After: ${by.head?.retryAfter}`,
    reset: 'its rate window ending then',
  }[silence.by]
  const told = `answered ${statusOf(by)} at ${timeOf(history, silence.from)}, to stay away until ${timeOf(history, silence.until)} (${asks})`
  const pauseMs = (first?.sent.at ?? silence.from) - silence.from
  const times = again.length === 1 ? 'again' : `${again.length} more times, first`
  return `${who} sent ${requestOf(by)}, was ${told}, and sent it ${times} ${formatMeasured(pauseMs)} after the answer.`
}
