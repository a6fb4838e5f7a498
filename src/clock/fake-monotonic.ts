// The clocks that never step back, on virtual time: `performance.now()`, `process.hrtime()` and `process.uptime()`.
// `performance.mark` and `Event.timeStamp` stay real; nothing of ours may record them.

import type { Patches } from '#context/patches.ts'
import type { Timeline } from './timeline.ts'

const nanosecondsPerSecond = 1_000_000_000

export function createHrtime(timeline: Timeline): NodeJS.HRTime {
  const real = process.hrtime
  const nanoseconds = (): number => Math.round(timeline.monotonicMs() * 1_000_000)
  const hrtime = (earlier?: [number, number]): [number, number] => {
    // Node's own refusal, word for word.
    if (earlier !== undefined && (!Array.isArray(earlier) || earlier.length !== 2)) return real(earlier)
    const since = earlier ? earlier[0] * nanosecondsPerSecond + earlier[1] : 0
    const elapsed = nanoseconds() - since
    const seconds = Math.floor(elapsed / nanosecondsPerSecond)
    return [seconds, elapsed - seconds * nanosecondsPerSecond]
  }
  return Object.assign(hrtime, { bigint: () => BigInt(nanoseconds()) })
}

export function fakeMonotonicClocks(patches: Patches, timeline: Timeline, hrtime: NodeJS.HRTime): void {
  patches.replace(performance, 'now', () => timeline.monotonicMs())
  patches.replaceGetter(performance, 'timeOrigin', () => timeline.timeOriginMs())
  patches.replace(process, 'hrtime', hrtime)
  patches.replace(process, 'uptime', () => timeline.monotonicMs() / 1_000)
}
