// How fast a campaign goes: cases of the ten-minutes drill, drawn from everything that can go wrong, against the bare SDK, with
// as many cells as processors. What starting up costs is not counted, making found cases smaller neither.

import { readFileSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { fileURLToPath } from 'node:url'
import { resolveClient } from '#client/resolve-client.ts'
import { limits } from '#context/limits.ts'
import { createCrew } from '#engine/crew.ts'
import { createTrials } from '#engine/trial.ts'
import { openCampaign } from '#fuzz/open.ts'
import { givenCase } from '#fuzz/ground.ts'
import { caseAt } from '#fuzz/path.ts'
import { loadFile } from '#scenario/load.ts'

const [name = 'sdk', runs = '200'] = process.argv.slice(2)
const root = fileURLToPath(new URL('../', import.meta.url))
const file = `${root}scenarios/drills/ten-minutes.yaml`
const scenario = loadFile(file, root)
const crew = createCrew(availableParallelism(), limits.trialsPerCell)
const client = resolveClient(name, root)
const signal = new AbortController().signal
const trials = createTrials({ crew, client, profile: 'default', dropHosts: [], signal })
const opened = await openCampaign({ scenario, text: readFileSync(file, 'utf8'), trials, mode: 'any', seed: '1' })
if (!('ground' in opened)) throw new Error(`The fault-free run ended as ${opened.kind}.`)
const { player, ground } = opened
/** Other windows, but always the hundred asks of the drill. */
const caseOf = (nth: number) => ({
  ...caseAt([nth], { mode: 'any', seed: '1', ground }),
  workload: givenCase(ground).workload,
})

let cold = 0

async function playAll(from: number, count: number): Promise<void> {
  for (let nth = from; nth < from + count; nth += limits.generation) {
    const generation = Array.from({ length: Math.min(limits.generation, from + count - nth) }, (_, one) => nth + one)
    const outcomes = await Promise.all(generation.map((one) => player.play(caseOf(one))))
    cold += outcomes.filter((outcome) => outcome.kind === 'tried' && !outcome.trial.warm).length
  }
}

await playAll(0, 2 * limits.generation)
cold = 0
const [startedAt, own] = [performance.now(), process.cpuUsage()]
await playAll(2 * limits.generation, Number(runs))
const seconds = (performance.now() - startedAt) / 1_000
const { user, system } = process.cpuUsage(own)
crew.close()
console.log(
  `${runs} cases of ten-minutes against ${name}: ${(Number(runs) / seconds).toFixed(1)} runs/s (aim: 25), ${((user + system) / 1_000 / Number(runs)).toFixed(0)} ms of each in the campaign's own process, ${cold} in new cells`,
)
