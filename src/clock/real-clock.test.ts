import { expect, test } from 'vitest'
import { createRealClock } from './real-clock.ts'

test('time begins where the run is joined and only goes forward', async () => {
  const clock = createRealClock(60_000)
  const first = clock.now()
  expect(first).toBeGreaterThanOrEqual(60_000)
  await new Promise<void>((resolve) => clock.schedule(first + 5, resolve))
  expect(clock.now()).toBeGreaterThan(first)
  clock.close()
})

test('what lies in the past is done on the next turn, and what is cancelled never', async () => {
  const clock = createRealClock(60_000)
  const done: string[] = []
  clock.schedule(61_000_000, () => done.push('far')).cancel()
  clock.schedule(1, () => done.push('past'))
  expect(done).toEqual([])
  await new Promise<void>((resolve) => clock.schedule(clock.now() + 2, resolve))
  expect(done).toEqual(['past'])
  clock.close()
})

test('a closed clock does nothing any more', async () => {
  const clock = createRealClock(0)
  const done: string[] = []
  clock.schedule(1, () => done.push('late'))
  clock.close()
  await new Promise((resolve) => setTimeout(resolve, 5))
  expect(done).toEqual([])
})
