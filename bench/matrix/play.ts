// Plays the plan in warm cells, two runs at a time. What comes out as it should is believed at once; anything else is played
// again in cells that never played, so that no miss and no alarm is owed to what another client left behind.

import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { resolveClient } from '#client/resolve-client.ts'
import { crewSize, createCrew, type Crew } from '#engine/crew.ts'
import { run } from '#engine/run.ts'
import { judgeCell, type Cell, type NotAsked } from './judge.ts'
import type { Play } from './plan.ts'

export type Surroundings = {
  readonly root: string
  readonly notAsked: readonly NotAsked[]
  readonly signal: AbortSignal
  readonly onCell?: (cell: Cell, wallMs: number) => void
}

/** The cells in the order of the plan. */
export async function playAll(plays: readonly Play[], around: Surroundings): Promise<readonly Cell[]> {
  const crew = createCrew(crewSize(plays.length))
  const folder = mkdtempSync(join(tmpdir(), 'matrix-'))
  const cells: Cell[] = []
  let next = 0
  const work = async (hand: number): Promise<void> => {
    while (next < plays.length && !around.signal.aborted) {
      const index = next++
      const startedAt = performance.now()
      const cell = await playCell(plays[index] as Play, around, crew, join(folder, `${hand}.ndjson`))
      // What was cut short proves nothing.
      if (around.signal.aborted) return
      cells[index] = cell
      around.onCell?.(cell, performance.now() - startedAt)
    }
  }
  try {
    await Promise.all([work(0), work(1)])
    return cells.filter((cell) => cell !== undefined)
  } finally {
    crew.close()
    rmSync(folder, { recursive: true, force: true })
  }
}

async function playCell(play: Play, around: Surroundings, crew: Crew, historyFile: string): Promise<Cell> {
  const once = async (confirm: 'always' | 'never'): Promise<Cell> => {
    const result = await run({
      scenario: play.row.file,
      variant: play.row.variant,
      client: resolveClient(play.client, around.root),
      seed: play.seed,
      profile: 'default',
      historyFile,
      dropHosts: [],
      signal: around.signal,
      crew,
      confirm,
    })
    return judgeCell(play, result, around.notAsked)
  }
  const cell = await once('never')
  return isGood(cell) ? cell : once('always')
}

/** As it should be, or at least nobody's fault. */
export function isGood({ is }: Cell): boolean {
  return is === 'caught' || is === 'clean' || is === 'unproven'
}
