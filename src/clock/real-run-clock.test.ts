// Goal: a run in real time ends when it should, whatever the machine does, and our own mistakes end it, too. No duration is
// measured: what is compared is the order of things.

import { expect, test } from 'vitest'
import { createRealRunClock } from './real-run-clock.ts'

const onClientError = (): void => {}

test('time passes until the condition holds', async () => {
  const clock = createRealRunClock()
  let isDue = false
  clock.schedule(10, () => (isDue = true))
  expect(await clock.run({ until: () => isDue, horizon: 60_000, onClientError })).toEqual({ end: 'done' })
  expect(clock.now()).toBeGreaterThanOrEqual(9)
  clock.close()
})

test('time passes to the horizon and no further', async () => {
  const clock = createRealRunClock()
  expect(await clock.run({ until: () => false, horizon: 20, onClientError })).toEqual({ end: 'horizon' })
  clock.close()
})

test('a mistake of ours ends the run', async () => {
  const clock = createRealRunClock()
  clock.schedule(1, () => {
    throw new Error('a mistake')
  })
  await expect(clock.run({ until: () => false, horizon: 60_000, onClientError })).rejects.toThrow('a mistake')
  clock.close()
})

test('nothing happens once it is closed', async () => {
  const clock = createRealRunClock()
  const other = createRealRunClock()
  let happened = false
  clock.schedule(5, () => (happened = true))
  clock.close()
  await other.run({ until: () => false, horizon: 30, onClientError })
  expect(happened).toBe(false)
  other.close()
})
