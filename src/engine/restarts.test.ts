import { expect, test, vi } from 'vitest'
import { inVirtualTime } from '#clock/in-virtual-time.ts'
import type { VirtualClock } from '#clock/virtual-clock.ts'
import { defineClient } from '#client/client.ts'
import { assign } from '#client/driver/roster.ts'
import type { Instance } from './instance.ts'
import { Restarts } from './restarts.ts'

const spanMs = 600_000
const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))

function rig(clock: VirtualClock) {
  const life = () => ({ number: 0, over: false })
  const owner = { instance: 0, life: life(), workspace: '', operation: null, random: () => 0 }
  const client = { operations: { 'me.read': () => ({}) } }
  const definition = defineClient({ name: 'nobody', promises: { 'me.read': {} }, create: () => client })
  const instance = {
    index: 0,
    alive: { client, owner, life: life() },
    conceive: () => ({ owner, life: life(), create: () => client }),
  } as unknown as Instance
  const restarts = new Restarts({
    clock,
    recorder: { record: () => {} },
    opened: { drop: () => {} } as never,
    desk: { giveUp: () => {}, idle: () => Promise.resolve() } as never,
    definition,
    intents: [{ name: 'me.read', effect: 'read' }] as never,
    spanMs,
    onCrash: (error) => {
      throw error
    },
  })
  return { instance, restarts }
}

test('a process that is killed starts again after its time, and one that would start after the run never does', async () => {
  await inVirtualTime(
    async (clock) => {
      const { instance, restarts } = rig(clock)
      restarts.kill(instance, 60_000)
      expect([instance.alive, restarts.busy()]).toEqual([null, true])
      await sleep(61_000)
      expect(instance.alive).not.toBeNull()
      expect(restarts.busy()).toBe(false)
      restarts.kill(instance, spanMs)
      expect([instance.alive, restarts.busy()]).toEqual([null, false])
    },
    { startMs: 0 },
  )
})

test('killed again before it has started, for longer than the run, nobody waits for it', async () => {
  await inVirtualTime(
    async (clock) => {
      const { instance, restarts } = rig(clock)
      restarts.kill(instance, 60_000)
      await sleep(1_000)
      restarts.kill(instance, spanMs)
      expect(restarts.busy()).toBe(false)
      await sleep(61_000)
      expect(instance.alive).toBeNull()
    },
    { startMs: 0 },
  )
})

test('a process that is killed, or that has stopped, takes its driver along', async () => {
  await inVirtualTime(
    async (clock) => {
      const { instance, restarts } = rig(clock)
      const kill = vi.fn<() => void>()
      const drive = (): void => assign({ kill, log: { text: () => '' } } as never, 0, instance.alive?.life)
      drive()
      restarts.kill(instance, 1_000)
      expect(kill).toHaveBeenCalledTimes(1)
      await sleep(2_000)
      drive()
      restarts.restart(instance)
      await sleep(1_000)
      expect(kill).toHaveBeenCalledTimes(2)
    },
    { startMs: 0 },
  )
})
