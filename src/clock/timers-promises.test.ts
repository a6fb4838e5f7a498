// Goal: sleeping, ticking and waiting as promises cost virtual time only, and reject exactly as Node does.

import realTimers, { scheduler, setInterval, setTimeout as sleep } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { inVirtualTime } from './in-virtual-time.ts'

const real = { ...realTimers }
const realWait = scheduler.wait.bind(scheduler)

const fieldsOf = (error: unknown) => {
  const { name, message, cause } = error as Error
  const { code } = error as NodeJS.ErrnoException
  return { name, message, code, cause, own: Object.keys(error as Error).toSorted() }
}

test('sleep resolves with its value when its time has come', () =>
  inVirtualTime(async (clock) => {
    expect(await sleep(90_000, 'value')).toBe('value')
    expect(await sleep()).toBeUndefined()
    expect(clock.now()).toBe(90_001)
  }))

test('scheduler.wait sleeps too', () =>
  inVirtualTime(async (clock) => {
    await scheduler.wait(1_000)
    expect(clock.now()).toBe(1_000)
  }))

test('a sleep aborted before or meanwhile rejects with the fields of the error of Node and leaves no timer', () =>
  inVirtualTime(async (clock) => {
    const expected = await real.setTimeout(1, undefined, { signal: AbortSignal.abort('why') }).catch(fieldsOf)
    expect(await sleep(1, undefined, { signal: AbortSignal.abort('why') }).catch(fieldsOf)).toEqual(expected)
    expect(await scheduler.wait(1, { signal: AbortSignal.abort('why') }).catch(fieldsOf)).toEqual(expected)
    const controller = new AbortController()
    setTimeout(() => controller.abort('why'), 20)
    expect(await sleep(50, undefined, { signal: controller.signal }).catch(fieldsOf)).toEqual(expected)
    expect([clock.now(), clock.clientTimers()]).toEqual([20, 0])
  }))

test.for([
  ['a delay that is no number', ['5']],
  ['options that are no object', [1, undefined, 3]],
  ['a signal that is none', [1, undefined, { signal: 4 }]],
  ['a ref that is no boolean', [1, undefined, { ref: 'yes' }]],
] as const)('%s is refused with the words of Node', ([, values]) =>
  inVirtualTime(async () => {
    const call = (set: typeof sleep) => set(...(values as unknown as [number])).then(() => 'no refusal', fieldsOf)
    expect(await call(sleep)).toEqual(await call(real.setTimeout))
    expect(await call(sleep)).toMatchObject({ code: 'ERR_INVALID_ARG_TYPE' })
    const ofWait = (wait: typeof realWait) => wait('5' as never).then(() => 'no refusal', fieldsOf)
    expect(await ofWait((delay) => scheduler.wait(delay))).toEqual(await ofWait(realWait))
  }),
)

test('ref: false holds nothing open', () =>
  inVirtualTime(async (clock) => {
    const slept = sleep(10, undefined, { ref: false })
    expect(clock.clientTimers()).toBe(0)
    await slept
  }))

test('the interval iterator ticks at its period, catches up after a slow body, and stops on break', () =>
  inVirtualTime(async (clock) => {
    const ticks: unknown[] = []
    for await (const value of setInterval(100, 'tick')) {
      ticks.push([value, clock.now()])
      if (ticks.length === 1) await sleep(250)
      if (ticks.length === 4) break
    }
    expect(ticks).toEqual([
      ['tick', 100],
      ['tick', 350],
      ['tick', 350],
      ['tick', 400],
    ])
    expect(clock.clientTimers()).toBe(0)
  }))

test('the interval iterator rejects when aborted, and leaves no timer', () =>
  inVirtualTime(async (clock) => {
    const controller = new AbortController()
    setTimeout(() => controller.abort('why'), 250)
    let ticks = 0
    const iterate = async (signal: AbortSignal) => {
      for await (const _ of setInterval(100, undefined, { signal })) ticks += 1
    }
    expect(await iterate(AbortSignal.abort('early')).catch(fieldsOf)).toMatchObject({
      name: 'AbortError',
      cause: 'early',
    })
    expect(await iterate(controller.signal).catch(fieldsOf)).toMatchObject({
      name: 'AbortError',
      code: 'ABORT_ERR',
      cause: 'why',
    })
    expect([ticks, clock.now(), clock.clientTimers()]).toEqual([2, 250, 0])
  }))

test('sleeping to a due time ends, however small the remainder', () =>
  inVirtualTime(async (clock) => {
    const due = performance.now() + 10.4
    while (performance.now() < due) await sleep(due - performance.now())
    expect(clock.now()).toBe(11)
  }))
