// Runs in real time start a few at a time: processes and containers that all start at the same moment take the machine from each
// other, and what a client does first would be late because of them.

import type { Watch } from './cell.ts'
import { createTurns } from './turns.ts'

export type Start = {
  /** Tells when the run is under way. */
  readonly watch: Watch
  /** Lets the next one start. May be called more than once. */
  over(): void
}

/** Gives the turns, in the order in which they are asked for: there are so many starts at once. */
export function createStarts(places: number): (watch: Watch) => Promise<Start> {
  const turns = createTurns(places)
  return async (watch) => {
    await turns.take()
    let isOver = false
    const over = (): void => {
      if (!isOver) turns.giveBack()
      isOver = true
    }
    const onBeat: Watch['onBeat'] = (beat) => {
      // Time passes only once the client is there.
      if (beat.at > 0) over()
      watch.onBeat(beat)
    }
    return { watch: { signal: watch.signal, onBeat }, over }
  }
}
