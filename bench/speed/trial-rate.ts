// How fast a campaign goes, over one cell and over two: cases of the ten-minutes drill, drawn from everything that can go wrong,
// against the bare SDK. Both crews play the same cases by turns. What starting up costs is not counted, making found cases
// smaller neither.

import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { resolveClient } from '#client/resolve-client.ts'
import { limits } from '#context/limits.ts'
import { createCrew } from '#engine/crew.ts'
import { createTrials } from '#engine/trial.ts'
import { openCampaign } from '#fuzz/open.ts'
import { givenCase } from '#fuzz/ground.ts'
import { caseAt } from '#fuzz/path.ts'
import { loadFile } from '#scenario/load.ts'
import type { Figure } from './figure.ts'
import { median } from './statistics.ts'

const root = fileURLToPath(new URL('../../', import.meta.url))
const file = `${root}scenarios/drills/ten-minutes.yaml`
const scenario = loadFile(file, root)
const text = readFileSync(file, 'utf8')
const signal = new AbortController().signal
const rounds = 5
const runs = 2 * limits.generation

type Campaign = {
  /** Plays as many cases from this one, and tells how many of them in a second. */
  rate(from: number, count: number): Promise<number>
  close(): void
}

async function open(cells: number): Promise<Campaign> {
  const crew = createCrew(cells, limits.trialsPerCell)
  const client = resolveClient('sdk', root)
  const trials = createTrials({ crew, client, profile: 'default', dropHosts: [], signal })
  const opened = await openCampaign({ scenario, text, trials, mode: 'any', seed: '1' })
  if (!('ground' in opened)) throw new Error(`The fault-free run ended as ${opened.kind}.`)
  const { player, ground } = opened
  /** Other windows, but always the hundred asks of the drill. */
  const caseOf = (nth: number) => ({
    ...caseAt([nth], { mode: 'any', seed: '1', ground }),
    workload: givenCase(ground).workload,
  })
  return {
    async rate(first, count) {
      const startedAt = performance.now()
      for (let from = first; from < first + count; from += limits.generation) {
        const generation = Array.from(
          { length: Math.min(limits.generation, first + count - from) },
          (_, one) => from + one,
        )
        await Promise.all(generation.map((nth) => player.play(caseOf(nth))))
      }
      return count / ((performance.now() - startedAt) / 1_000)
    },
    close: () => crew.close(),
  }
}

export async function measure(): Promise<readonly Figure[]> {
  const [one, two] = [await open(1), await open(2)]
  // As many for each cell.
  await one.rate(0, runs)
  await two.rate(0, 2 * runs)
  const rates = { one: [] as number[], two: [] as number[] }
  for (let round = 1; round <= rounds; round += 1) {
    rates.one.push(await one.rate(round * runs, runs))
    rates.two.push(await two.rate(round * runs, runs))
  }
  one.close()
  two.close()
  const [slow, fast] = [median(rates.one), median(rates.two)]
  return [
    { name: 'cases over one cell', value: slow, unit: '/s' },
    { name: 'cases over two cells', value: fast, unit: '/s', aim: { bound: 'at-least', value: 25 } },
    { name: 'two cells / one', value: fast / slow, unit: 'x', aim: { bound: 'at-least', value: 1.8 } },
  ]
}
