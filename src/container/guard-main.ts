// What a guard runs after a process that could not clean up: removes all of its run. A container that the engine was about to
// create shows up a little later, so it looks until there is nothing twice in a row.

import { setTimeout as sleep } from 'node:timers/promises'
import { containerEngine } from './engine.ts'
import { removeRun } from './remove.ts'

const rounds = 20
const pauseMs = 500

const [run = ''] = process.argv.slice(2)
const docker = await containerEngine()
let nothing = 0
for (let round = 0; round < rounds && nothing < 2; round += 1) {
  const removed = await removeRun(docker, run).catch(() => 1)
  nothing = removed === 0 ? nothing + 1 : 0
  await sleep(pauseMs)
}
process.exit(0)
