// Under a rate limit that lasts, clients find its pace: most of what they send is not refused any more, and most of what is allowed
// is used while there is more to do.
//
// Verified: where a limit is met in window after window (of ten seconds, or as long as the API has them), from the fourth on: the share
// of what all processes together sent that was refused, and the share of the limit that was used. A limit is met in a window in which 429 was answered,
// or in which at least as many operations were asked for as it allows and some of them were queued or failed: who reads the
// headers need never be refused. Each process may learn once in each window that it is full, and once more after each silence
// that the API asked for and it kept, so that one who politely asks again is never to blame, not even when other apps leave nothing. What is used is told by the lowest remainder
// of the window's answers, so what other apps take counts as used. Windows whose answers tell no limit, or one of fewer than
// `quota` calls, are not counted: there is no pace to be found in them. Nor are those in which a refusal did not say when to come
// back, or named no time that can be believed (past, malformed, further away than `longest`): nobody can know then when the window
// ends. Whether the client pauses all the same is `backs-off`. For what is used, nor are those that begin within `longest` after
// such a refusal. For what is refused, neither are windows in which all processes together sent less than a twentieth of the limit:
// those were filled by others.
// Not verified: windows shorter than ten seconds, which are over before an answer has taught much; how much gets through while little
// is asked for (catches-up sees what does not); storms of fewer than `samples` requests. Which app used up a shared quota is not known and does not matter: what is refused for others is refused all the same.

import { parseHttpDate } from '#clock/instant.ts'
import type { History } from '#history/history.ts'
import type { Exchange, Operation } from '#history/query.ts'
import { defineOracle, type Param } from './oracle.ts'
import { isRefused, limited, operationsOf, startOfWindow, usualWindowMs, windowMsOf, windowOf } from './rate-windows.ts'
import { silenceAskedBy } from './silence.ts'
import { createTally, thresholdsOf } from './tally.ts'
import { howMany, requestOf, timeOf } from './words.ts'

const name = 'storm-converges'

const params = {
  refused: {
    unit: 'share',
    domain: 'client',
    defaults: { strict: 0.05, default: 0.05, lenient: 0.2 },
    cite: 'after three windows at most 5 % are refused; the first for each process and window, and after a silence it was asked for, is not counted',
  },
  used: {
    unit: 'share',
    bound: 'at-least',
    domain: 'client',
    defaults: { strict: 0.8, default: 0.8, lenient: 0.5 },
    cite: 'and at least 0.8 of the quota gets through, while more than that is asked for',
  },
  windows: {
    unit: 'count',
    domain: 'client',
    defaults: { strict: 3, default: 3, lenient: 6 },
    cite: 'three windows are enough to learn a limit that every answer tells',
  },
  quota: {
    unit: 'count',
    bound: 'at-least',
    domain: 'incident',
    defaults: { strict: 10, default: 10, lenient: 20 },
    cite: 'in a window of fewer than ten calls every refusal is a large share',
  },
  longest: {
    unit: 'ms',
    domain: 'client',
    defaults: { strict: 60_000, default: 60_000, lenient: 60_000 },
    cite: 'the SDKs of OpenAI and Intercom obey no header for longer than a minute, so it tells nobody when the window ends',
  },
  samples: {
    unit: 'count',
    bound: 'at-least',
    domain: 'client',
    defaults: { strict: 20, default: 20, lenient: 20 },
    cite: 'a share of fewer than 20 requests says little',
  },
} as const satisfies Record<string, Param>

type Window = {
  readonly window: number
  /** Milliseconds since the run's start. */
  readonly from: number
  /** 0 when it is not known. */
  readonly limit: number
  readonly sent: readonly Exchange[]
  readonly refused: readonly Exchange[]
  readonly asked: number
  /** Asked for, and queued or failed. */
  readonly declined: readonly Operation[]
}
/** What was refused beyond one for each process and window, and one after each silence that was asked for and kept. */
type Storm = { readonly sent: number; readonly excess: number; readonly from: number; readonly worst: Window }

export const stormConverges = defineOracle({
  name,
  family: 'liveness',
  verified: 'When a rate limit lasts, after the first windows few requests are refused, and most of the limit is used.',
  notVerified:
    'How much gets through while little is asked for, storms of few requests, windows shorter than ten seconds, and limits that are told wrongly.',
  hint: 'Let one 429 silence the whole process until the window ends, spread the return at random, and pace by the limit told.',
  params,
  selectors: {},
  judge: (history, { number }) => {
    const { refused, used } = thresholdsOf(history, name, params, number)
    const tally = createTally()
    let armed = 0
    for (const all of limited(history).values()) {
      const windowMs = windowMsOf(all)
      if (windowMs < usualWindowMs) continue
      for (const windows of stormsOf(windowsOf(history, all, windowMs), number.windows)) {
        const lies = windows.filter((one) => !isToldTruly(history, one, number.longest)).map(({ window }) => window)
        const counted = windows
          .slice(number.windows)
          .filter(({ limit, window }) => limit >= number.quota && !lies.includes(window))
        const crowded = counted.filter((one) => isCrowded(one) && !isMisled(one, lies, windowMs, number.longest))
        if (crowded.length >= number.windows) tally.compare(used, usedIn(crowded), () => idleness(history, crowded))
        const storm = stormIn(history, counted.filter(isOurs))
        // Who sends nothing at all, while everything is declined, is judged as well.
        armed += Math.max(storm?.sent ?? 0, crowded.length)
        if (!storm || storm.sent < number.samples) continue
        tally.compare(refused, storm.excess / storm.sent, () => ({
          witness: storm.worst.refused.map(({ end, sent }) => end?.seq ?? sent.seq),
          sentence: sentenceFor(history, storm, windows),
        }))
      }
    }
    const unarmed = `No limit that was told truly lasted for more than ${howMany(number.windows, 'window')} of ten seconds.`
    return tally.judgement({ unarmed, armed, samples: number.samples })
  },
})

/** From the first to the last in which something was sent, those between in which nothing was included. */
function windowsOf(history: History, all: readonly Exchange[], windowMs: number): readonly Window[] {
  const sentIn = Map.groupBy(all, ({ sent, arrived }) => windowOf(history, arrived?.at ?? sent.at, windowMs))
  const { workspace, product } = all[0]?.sent ?? {}
  const own = operationsOf(history, workspace ?? '', product ?? '')
  const askedIn = Map.groupBy(own, ({ invoked }) => windowOf(history, invoked.at, windowMs))
  const numbers = Array.from(sentIn.keys()).toSorted((one, other) => one - other)
  const [first = 0, last = -1] = [numbers[0], numbers.at(-1)]
  let limit = 0
  return Array.from({ length: last - first + 1 }, (_none, index) => {
    const window = first + index
    const sent = sentIn.get(window) ?? []
    const asked = askedIn.get(window) ?? []
    if (sent.length > 0) limit = limitIn(sent)
    const declined = asked.filter(({ outcome }) => outcome === 'queued' || outcome === 'error')
    const from = startOfWindow(history, window, windowMs)
    return { window, from, limit, sent, refused: sent.filter(isRefused), asked: asked.length, declined }
  })
}

/** The lowest that answers told; 0 when they told none. */
function limitIn(sent: readonly Exchange[]): number {
  const told = sent.flatMap(({ head }) => head?.rateLimit?.limit ?? [])
  return told.length === 0 ? 0 : Math.min(...told)
}

/** Stretches of windows in which a limit was met, with no more than `gap` windows in which it was not between. */
function stormsOf(windows: readonly Window[], gap: number): readonly (readonly Window[])[] {
  const storms: Window[][] = []
  let since: Window[] = []
  for (const one of windows) {
    since.push(one)
    if (one.refused.length === 0 && !isCrowded(one)) continue
    const storm = storms.at(-1)
    if (storm && since.length <= gap + 1) storm.push(...since)
    else storms.push([one])
    since = []
  }
  return storms
}

function isCrowded({ limit, asked, declined }: Window): boolean {
  return limit > 0 && asked >= limit && declined.length > 0
}

/** Whether each refusal said when to come back, so that it can be believed. Its head says so, whoever reads the rest. */
function isToldTruly(history: History, { refused }: Window, longestMs: number): boolean {
  return refused.every(({ head }) => {
    const told = { head, completedAt: head?.at ?? null, outcome: { kind: 'answered', status: 429 } } as const
    const silence = silenceAskedBy(history, told)
    return silence !== undefined && silence.until - silence.from <= longestMs
  })
}

/** Who was told wrongly may stay away for as long as anybody believes a header. */
function isMisled({ window }: Window, lies: readonly number[], windowMs: number, longestMs: number): boolean {
  return lies.some((lie) => lie < window && (window - lie - 1) * windowMs < longestMs)
}

/** Who sends less than a twentieth of the limit in a window has not filled it: others have, and their storm is not ours. */
function isOurs({ limit, sent }: Window): boolean {
  return sent.length >= limit / 20
}

function usedIn(windows: readonly Window[]): number {
  const allowed = windows.reduce((sum, { limit }) => sum + limit, 0)
  return 1 - windows.reduce((sum, window) => sum + leftIn(window), 0) / allowed
}

/** What the answers said to be left in the end. */
function leftIn({ limit, sent }: Window): number {
  return Math.min(limit, ...sent.flatMap(({ head }) => head?.rateLimit?.remaining ?? []))
}

function stormIn(history: History, windows: readonly Window[]): Storm | undefined {
  const excess = new Map(windows.map((one) => [one, excessOf(history, one)]))
  const worst = windows.toSorted((one, other) => (excess.get(other) ?? 0) - (excess.get(one) ?? 0))[0]
  if (!worst) return undefined
  const sent = windows.reduce((sum, window) => sum + window.sent.length, 0)
  const all = [...excess.values()].reduce((sum, count) => sum + count, 0)
  return { sent, excess: all, from: windows[0]?.from ?? worst.from, worst }
}

function excessOf(history: History, { refused }: Window): number {
  const byProcess = Map.groupBy(refused, ({ sent }) => sent.instance).values()
  return Array.from(byProcess, (own) => own.filter((one, nth) => !isAsked(history, own[nth - 1], one)).length).reduce(
    (sum, count) => sum + count,
    0,
  )
}

/** The first of its process in its window, or sent when the silence was over that the refusal before it had asked for. */
function isAsked(history: History, before: Exchange | undefined, { sent }: Exchange): boolean {
  if (!before) return true
  const until = silenceAfter(history, before)
  return until !== undefined && sent.at >= until
}

/** When the silence ends that a refusal asks for; `undefined` when it asks for none. */
function silenceAfter({ header }: History, { head }: Exchange): number | undefined {
  const text = head?.retryAfter
  if (head === null || head === undefined || text === undefined) return undefined
  if (/^[1-9]\d*$/u.test(text)) return head.at + Number(text) * 1_000
  const date = parseHttpDate(text)
  return date === undefined ? undefined : Math.max(head.at + 1, date - header.startMs)
}

function idleness(history: History, windows: readonly Window[]) {
  const [worst] = windows.toSorted((one, other) => leftIn(other) / other.limit - leftIn(one) / one.limit)
  const clock = (one: Window | undefined) => timeOf(history, one?.from ?? 0)
  const allowed = windows.reduce((sum, { limit }) => sum + limit, 0)
  const share = `${Math.round(usedIn(windows) * allowed)} of the ${allowed} calls that the rate limit allowed were used in ${howMany(windows.length, 'window')} between ${clock(windows[0])} and ${clock(windows.at(-1))}, although more was asked for`
  const example = `in the one from ${clock(worst)} the answers left ${worst ? leftIn(worst) : 0} of ${worst?.limit}, while ${howMany(worst?.declined.length ?? 0, 'operation')} of ${worst?.asked} were queued or failed`
  return {
    witness: worst?.declined.map(({ invoked }) => invoked.seq) ?? [],
    sentence: `Only ${share}; ${example}.`,
  }
}

function sentenceFor(history: History, { sent, excess, from, worst }: Storm, windows: readonly Window[]): string {
  const [first] = worst.refused
  const clock = (at: number) => timeOf(history, at)
  const lasted = `the rate limit was met from ${clock(windows[0]?.from ?? from)} to ${clock(windows.at(-1)?.from ?? from)}`
  const share = `${excess} of the ${sent} requests sent from ${clock(from)} on were refused, the first for each process and window, and after a silence that was asked for, not counted`
  const example = first ? `, ${requestOf(first)} first` : ''
  return `While ${lasted}, ${share}; in the window from ${clock(worst.from)}, with a limit of ${worst.limit}, ${howMany(worst.sent.length, 'request')} were sent and ${worst.refused.length} answered 429${example}.`
}
