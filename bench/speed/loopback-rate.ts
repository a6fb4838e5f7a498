// How many exchanges per second the listeners serve, with the faults of a scenario armed, for a client process that keeps
// so many requests in flight that the 60 ms which the service takes for each are no bound.

import { spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { createRealRunClock } from '#clock/real-run-clock.ts'
import { epochMs } from '#clock/real-clock.ts'
import { createWorld } from '#engine/world.ts'
import { createPlan } from '#fault/plan.ts'
import { encodeEvent } from '#history/codec.ts'
import type { Unstamped } from '#history/event.ts'
import { createPrng } from '#random/prng.ts'
import { parseScenario } from '#scenario/parse.ts'
import { listen } from '#transport/listen.ts'
import type { Figure } from './figure.ts'

const count = 60_000
const inFlight = 250
const file = fileURLToPath(new URL('../../scenarios/drills/ten-minutes.yaml', import.meta.url))

export async function measure(): Promise<readonly Figure[]> {
  const scenario = { ...parseScenario(readFileSync(file, 'utf8'), file), startMs: epochMs() }
  const clock = createRealRunClock()
  const random = createPrng('1')
  const world = createWorld(scenario, true, random.fork('world'))
  let [bytes, events] = [0, 0]
  const record = (event: Unstamped): void => {
    bytes += encodeEvent({ seq: (events += 1), at: clock.now(), ...event }).length
  }
  const { places, close } = await listen(
    {
      world,
      plan: createPlan(scenario.faults.map((fault) => ({ ...fault, from: 0, share: 0.1 }))),
      recorder: { record },
      clock,
      startMs: scenario.startMs,
      random: random.fork('transport'),
      entityOf: () => undefined,
      isOpen: () => true,
      dropHosts: new Set(),
    },
    0,
  )
  const url = places.find(({ host }) => host === 'api.intercom.io')?.url ?? ''
  const before = process.cpuUsage()
  const rate = await rateOf(askerOf(url, world.tokens['ours'] ?? ''))
  const { user, system } = process.cpuUsage(before)
  clock.close()
  await close()
  return [
    { name: 'exchanges, one in ten a 503', value: rate, unit: '/s', aim: { bound: 'at-least', value: 3_000 } },
    { name: 'processor time of the listeners for each', value: (user + system) / count, unit: 'us' },
    { name: 'history for each', value: bytes / count, unit: 'bytes' },
  ]
}

/** Another process, in plain JavaScript, that prints how many it had answered in a second. */
const askerOf = (url: string, token: string): string => `
  const http = require('node:http')
  const agent = new http.Agent({ keepAlive: true, maxSockets: ${inFlight} })
  const headers = { authorization: 'Bearer ${token}' }
  const startedAt = performance.now()
  let [sent, done] = [0, 0]
  const next = () => {
    if (sent === ${count}) return
    sent += 1
    http.get('${url}/me', { agent, headers }, (response) => {
      response.resume()
      response.on('end', () => {
        done += 1
        if (done === ${count}) console.log(${count} / ((performance.now() - startedAt) / 1000))
        if (done === ${count}) process.exit()
        next()
      })
    })
  }
  for (let lane = 0; lane < ${inFlight}; lane += 1) next()
`

async function rateOf(asker: string): Promise<number> {
  const child = spawn(process.execPath, ['--eval', asker], { stdio: ['ignore', 'pipe', 'inherit'] })
  let printed = ''
  child.stdout.on('data', (chunk) => (printed += String(chunk)))
  await new Promise((resolve) => child.once('close', resolve))
  return Number(printed)
}
