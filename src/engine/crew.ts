// The cells of one command: at most `size` at once, so that the processes share the machine and not more. A cell that came out
// of a run clean is used again, which spares starting a process and keeps the code hot; any other is killed. The module of the
// client is loaded anew for every run all the same.

import { availableParallelism } from 'node:os'
import { limits } from '#context/limits.ts'
import { decodeEvents } from '#history/codec.ts'
import type { EventOf, HistoryEvent } from '#history/event.ts'
import type { HistoryText } from '#history/text.ts'
import { openCell, type Cell, type CellEnd, type Watch } from './cell.ts'
import type { Job } from './job.ts'
import { createStarts } from './starts.ts'
import { createTurns } from './turns.ts'

type Played = {
  readonly end: CellEnd
  /** The history as far as it was written. Whoever reads it closes it. */
  readonly text: HistoryText
  /** Whether the cell had played before. */
  readonly warm: boolean
}

export interface Crew {
  /** Waits for a free cell. `fresh`: one that never played. */
  play(job: Job, watch: Watch, fresh?: boolean): Promise<Played>
  /** Kills what is left. */
  close(): void
}

/** One run takes two cells; for several there are as many as processors, which two runs at a time keep busy. */
export function crewSize(runs: number, waits = false): number {
  // Who plays in real time waits most of it, so that many do so at once.
  if (waits) return Math.min(runs * 2, limits.realCells)
  return runs === 1 ? 2 : Math.min(runs * 2, Math.max(2, availableParallelism()), limits.cells)
}

/** Starts the first cells at once: their processes start up while the caller prepares the jobs. `runsPerCell`: after how many
 * runs a cell is replaced. */
export function createCrew(size: number, runsPerCell: number = limits.runsPerCell): Crew {
  const processors = Math.max(2, availableParallelism())
  // More at once than there are processors would only take each other's.
  const idle: Cell[] = Array.from({ length: Math.min(size, processors) }, openCell)
  const all = new Set(idle)
  const places = createTurns(size)
  const begin = createStarts(processors)

  const take = (fresh: boolean): Cell => {
    const known = idle.findIndex((cell) => !fresh || cell.runs() === 0)
    if (known >= 0) return idle.splice(known, 1)[0] as Cell
    // As many cells as there are places: one that has played makes room for one that has not.
    const old = idle.pop()
    if (old) dismiss(old)
    const cell = openCell()
    all.add(cell)
    return cell
  }
  const dismiss = (cell: Cell): void => {
    all.delete(cell)
    cell.close()
  }
  return {
    async play(job, watch, fresh = false) {
      await places.take()
      const start = job.loopback && (await begin(watch))
      const cell = take(fresh)
      try {
        const warm = cell.runs() > 0
        const end = await cell.run(job, start?.watch ?? watch)
        const text = cell.history()
        if (leftClean(end, text) && cell.runs() < runsPerCell) idle.push(cell)
        else dismiss(cell)
        return { end, text, warm }
      } finally {
        start?.over()
        places.giveBack()
      }
    },
    close: () => all.forEach(dismiss),
  }
}

/** Nothing of the run may reach into the next one: no timer that a package may wait for, no promise that somebody may still reject. What was in
 * flight is never answered, and who waits for it waits for ever, as in a process that was killed. */
function leftClean(end: CellEnd, text: HistoryText): boolean {
  if (typeof text !== 'string') return false
  if (end.kind !== 'finished' || end.spent || end.escapes.length > 0) return false
  const last = lastEvent(text)
  if (last?.kind !== 'run.ended' || !isQuiet(last.reason)) return false
  return (
    last.leakedTimers === 0 && !text.includes('"kind":"client.rejected"') && !text.includes('"kind":"client.crashed"')
  )
}

/** Nothing happens any more unless time passes. */
function isQuiet(reason: EventOf<'run.ended'>['reason']): boolean {
  return reason === 'done' || reason === 'limit' || reason === 'deadlock'
}

/** Of a history that its client may have written into. */
function lastEvent(text: string): HistoryEvent | undefined {
  try {
    return decodeEvents(text.slice(text.lastIndexOf('\n', text.length - 2) + 1)).at(-1)
  } catch {
    return undefined
  }
}
