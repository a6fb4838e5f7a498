// What is left with the engine when nobody could clean up. Goal: nothing, by the guard; and where that was killed as well, by the next who comes.

import { execFile, execFileSync } from 'node:child_process'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { engine, leftOf, nodeImage, theEngine } from '../../test/containers/engine.ts'
import { removeOrphans } from './remove.ts'

const script = join(import.meta.dirname, '../../test/containers/dies.ts')
const patienceMs = 90_000

/** The run of a process that was killed while it had a container. `after` runs while its guard may still be at work. */
async function killed(): Promise<string> {
  const image = await nodeImage()
  return new Promise((resolve, reject) => {
    execFile(process.execPath, [script, image], (error, stdout) =>
      error?.signal === 'SIGKILL' ? resolve(stdout) : reject(error ?? new Error('it lived')),
    )
  })
}

async function untilNothing(run: string): Promise<number> {
  const rounds = patienceMs / 100
  for (let round = 0; round < rounds && (await leftOf(run)) > 0; round += 1) await sleep(100)
  return leftOf(run)
}

function guardsOf(run: string): readonly number[] {
  const all = execFileSync('ps', ['-eo', 'pid=,args='], { encoding: 'utf8' }).split('\n')
  return all
    .filter((line) => line.includes('guard-main.ts') && line.endsWith(run))
    .map((line) => Number.parseInt(line, 10))
}

test.skipIf(!engine)('the guard removes what a killed process had', { timeout: 120_000 }, async () => {
  const run = await killed()
  expect(run).toMatch(/^brownout-/u)
  expect(await untilNothing(run)).toBe(0)
})

test.skipIf(!engine)(
  'where the guard was killed as well, whoever comes next removes it',
  { timeout: 120_000 },
  async () => {
    const run = await killed()
    for (const pid of guardsOf(run)) process.kill(pid, 'SIGKILL')
    await removeOrphans(theEngine())
    expect(await untilNothing(run)).toBe(0)
  },
)
