// Goal: a Redis is made what the faults say, in their order, and the history tells what became of it.

import { expect, test } from 'vitest'
import { inVirtualTime } from '#clock/in-virtual-time.ts'
import { UserError } from '#context/user-error.ts'
import { faultKinds } from '#fault/catalog.ts'
import type { FaultKind } from '#fault/fault.ts'
import { createPlan } from '#fault/plan.ts'
import type { FaultSpec } from '#fault/spec.ts'
import type { Unstamped } from '#history/event.ts'
import { scheduleCacheFaults } from './cache-faults.ts'
import type { Redis } from './redis/redis.ts'

const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))

function fault(kind: string, from: number, until: number, more: Partial<FaultSpec> = {}): FaultSpec {
  const found = faultKinds.get(`cache-${kind}`) as FaultKind
  const constant = { where: {}, shape: { kind: 'constant' }, share: 1, effect: 'none', params: {} } as const
  return { name: `${kind}-${from}`, kind: found, from, until, ...constant, ...more }
}

/** What was done to a Redis for which each thing takes so long, and what was recorded, in order. */
async function played(specs: readonly FaultSpec[], takesMs = 0, death?: (now: number) => UserError | undefined) {
  const deeds: string[] = []
  const told: string[] = []
  await inVirtualTime(
    async (clock) => {
      const deed = (what: string) => async () => {
        deeds.push(what)
        if (takesMs > 0) await sleep(takesMs)
      }
      const redis: Redis = {
        url: '',
        what: '',
        flush: deed('flush'),
        pause: deed('pause'),
        resume: deed('resume'),
        kill: deed('kill'),
        start: deed('start'),
        death: () => death?.(clock.now()),
        log: () => '',
        close: () => Promise.resolve(),
      }
      const record = (event: Unstamped): void => {
        if (event.kind === 'fault.hit') told.push(event.fault)
        if (event.kind === 'cache.changed') told.push(`${event.state}${event.emptied ? ', empty' : ''}`)
      }
      const busy = scheduleCacheFaults({ clock, recorder: { record }, plan: createPlan(specs), spanMs: 10_000, redis })
      await sleep(11_000)
      expect(busy()).toBe(false)
    },
    { startMs: 0 },
  )
  return { deeds, told }
}

test('it is emptied once, when the fault begins', async () => {
  const { deeds, told } = await played([fault('flush', 1_000, 5_000)])
  expect(deeds).toEqual(['flush'])
  expect(told).toEqual(['flush-1000', 'serving, empty'])
})

test('a shape that comes back empties it again', async () => {
  const { deeds } = await played([
    fault('flush', 1_000, 7_000, { shape: { kind: 'square', periodMs: 2_000, on: 0.5 } }),
  ])
  expect(deeds).toEqual(['flush', 'flush', 'flush'])
})

test('it is paused for the window, and killed for the window', async () => {
  const { deeds, told } = await played([fault('pause', 1_000, 2_000), fault('restart', 3_000, 4_000)])
  expect(deeds).toEqual(['pause', 'resume', 'kill', 'start'])
  expect(told).toEqual(['pause-1000', 'paused', 'serving', 'restart-3000', 'gone, empty', 'serving, empty'])
})

test('killed within a pause it serves before it is paused again; what comes back empty need not be emptied', async () => {
  const { deeds } = await played([
    fault('pause', 1_000, 6_000),
    fault('restart', 2_000, 4_000),
    fault('flush', 3_000, 3_500),
  ])
  expect(deeds).toEqual(['pause', 'kill', 'start', 'pause', 'resume'])
})

test('what is paused is emptied when it goes on', async () => {
  const { deeds } = await played([fault('pause', 1_000, 4_000), fault('flush', 2_000, 3_000)])
  expect(deeds).toEqual(['pause', 'resume', 'flush'])
})

test('one thing is done at a time, and the last word counts', async () => {
  const { deeds } = await played([fault('restart', 1_000, 1_200), fault('restart', 1_300, 1_500)], 700)
  expect(deeds).toEqual(['kill', 'start'])
})

test('one that ends by itself ends the run', async () => {
  const gone = new UserError('The Redis of this run ended by itself.', { isMachine: true })
  await expect(played([], 0, (now) => (now > 2_000 ? gone : undefined))).rejects.toBe(gone)
})
