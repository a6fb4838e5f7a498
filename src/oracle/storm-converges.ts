// Under a rate limit that lasts, clients find their pace: most of what they send is not refused any more.
//
// Verified: where 429 was answered again and again, from the fourth window of ten seconds on, the share of what all processes
// together sent that was refused. Each process may learn once in each window that it is full, so that one who politely asks
// again after every pause is never to blame, not even when other apps leave nothing. Windows whose answers tell no limit, or one
// of fewer than `quota` calls, are not counted: there is no pace to be found in them.
// Not verified: how much gets through (catches-up sees what does not); storms of fewer than `samples` requests. Which app used
// up a shared quota is not known and does not matter: what is refused for others is refused all the same.

import type { History } from '#history/history.ts'
import type { Exchange } from '#history/query.ts'
import { defineOracle, type Param } from './oracle.ts'
import { isRefused, limited, startOfWindow, windowOf } from './rate-windows.ts'
import { createTally, thresholdsOf } from './tally.ts'
import { howMany, requestOf, timeOf } from './words.ts'

const name = 'storm-converges'

const params = {
  refused: {
    unit: 'share',
    domain: 'client',
    defaults: { strict: 0.05, default: 0.3, lenient: 0.5 },
    cite: 'strict: 5 %; 30 % allow for what waited and for what is under way when a window closes; a herd has 80 % and more',
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
  samples: {
    unit: 'count',
    bound: 'at-least',
    domain: 'client',
    defaults: { strict: 20, default: 20, lenient: 20 },
    cite: 'a share of fewer than 20 requests says little',
  },
} as const satisfies Record<string, Param>

type Window = { readonly window: number; readonly sent: readonly Exchange[]; readonly refused: readonly Exchange[] }
/** What was refused beyond one for each process and window. */
type Storm = { readonly sent: number; readonly excess: number; readonly from: number; readonly worst: Window }

export const stormConverges = defineOracle({
  name,
  family: 'liveness',
  verified: 'When a rate limit lasts, few requests are refused after the first windows.',
  notVerified: 'How much gets through, and storms of few requests.',
  hint: 'Let one 429 silence the whole process until the window ends, spread the return at random, and pace by the limit told.',
  params,
  selectors: {},
  judge: (history, { number }) => {
    const { refused } = thresholdsOf(history, name, params, number)
    const tally = createTally()
    let armed = 0
    for (const all of limited(history).values())
      for (const windows of stormsOf(history, all, number.windows)) {
        const storm = stormIn(windows.slice(number.windows).filter((window) => limitOf(window) >= number.quota))
        armed += storm?.sent ?? 0
        if (!storm || storm.sent < number.samples) continue
        tally.compare(refused, storm.excess / storm.sent, () => ({
          witness: storm.worst.refused.map(({ end, sent }) => end?.seq ?? sent.seq),
          sentence: sentenceFor(history, storm, windows),
        }))
      }
    const unarmed = `No limit lasted for more than ${howMany(number.windows, 'window')} of ten seconds.`
    return tally.judgement({ unarmed, armed, samples: number.samples })
  },
})

/** Stretches of windows in which 429 was answered, with no more than `gap` windows without one between. */
function stormsOf(history: History, all: readonly Exchange[], gap: number): readonly (readonly Window[])[] {
  const byWindow = Map.groupBy(all, ({ sent, arrived }) => windowOf(history, arrived?.at ?? sent.at))
  const storms: Window[][] = []
  let calm = Number.POSITIVE_INFINITY
  let since: Window[] = []
  let last = Number.NEGATIVE_INFINITY
  for (const [window, sent] of Array.from(byWindow).toSorted(([one], [other]) => one - other)) {
    calm += window - last
    last = window
    since.push({ window, sent, refused: sent.filter(isRefused) })
    if (since.at(-1)?.refused.length === 0) continue
    const storm = storms.at(-1)
    if (storm && calm <= gap + 1) storm.push(...since)
    else storms.push(since.slice(-1))
    since = []
    calm = 0
  }
  return storms.map((storm) => filled(storm))
}

/** With the windows in which nothing was sent, so that places in the list are windows since the beginning. */
function filled(storm: readonly Window[]): readonly Window[] {
  const first = storm[0]?.window ?? 0
  const found: Window[] = []
  for (const one of storm) {
    while (first + found.length < one.window) found.push({ window: first + found.length, sent: [], refused: [] })
    found.push(one)
  }
  return found
}

function stormIn(windows: readonly Window[]): Storm | undefined {
  const worst = windows.toSorted((one, other) => excessOf(other) - excessOf(one))[0]
  if (!worst) return undefined
  const sent = windows.reduce((sum, window) => sum + window.sent.length, 0)
  const excess = windows.reduce((sum, window) => sum + excessOf(window), 0)
  return { sent, excess, from: windows[0]?.window ?? worst.window, worst }
}

/** The lowest that its answers told; 0 when they told none. */
function limitOf({ sent }: Window): number {
  const told = sent.flatMap(({ head }) => head?.rateLimit?.limit ?? [])
  return told.length === 0 ? 0 : Math.min(...told)
}

function excessOf({ refused }: Window): number {
  return refused.length - new Set(refused.map(({ sent }) => sent.instance)).size
}

function sentenceFor(history: History, { sent, excess, from, worst }: Storm, windows: readonly Window[]): string {
  const [first] = worst.refused
  const clock = (window: number) => timeOf(history, startOfWindow(history, window))
  const lasted = `the rate limit was met from ${clock(windows[0]?.window ?? from)} to ${clock(windows.at(-1)?.window ?? from)}`
  const share = `${excess} of the ${sent} requests sent from ${clock(from)} on were refused, the first for each process and window not counted`
  const example = first ? `, ${requestOf(first)} first` : ''
  return `While ${lasted}, ${share}; in the window from ${clock(worst.window)}, with a limit of ${limitOf(worst)}, ${howMany(worst.sent.length, 'request')} were sent and ${worst.refused.length} answered 429${example}.`
}
