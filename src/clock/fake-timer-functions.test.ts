// Goal: a faked timer cannot be told from Node's own by what it does. Method: where Node needs no time to answer, the real
// function answers the same question beside the fake one.

import timersModule, { clearTimeout as namedClear, setTimeout as namedSet } from 'node:timers'
import { inspect, promisify } from 'node:util'
import { expect, test } from 'vitest'
import { inVirtualTime } from './in-virtual-time.ts'

const real = { setTimeout, clearTimeout, setInterval }

const delays: readonly [delay: unknown, due: number][] = [
  [undefined, 1],
  [null, 1],
  [0, 1],
  [0.5, 1],
  [-5, 1],
  [Number.NaN, 1],
  ['abc', 1],
  [2 ** 31, 1],
  [Infinity, 1],
  [1.9, 1],
  [2.9, 2],
  ['250', 250],
  ['0x10', 16],
  [2 ** 31 - 1, 2 ** 31 - 1],
]

test.for(delays)('a delay of %s is %d ms, as in Node', ([delay, due]) =>
  inVirtualTime(async (clock) => {
    await new Promise((resolve) => setTimeout(resolve, delay as number))
    expect(clock.now()).toBe(due)
  }),
)

test.for([['x'], [undefined], [{}]] as const)('setTimeout refuses %j with the words of Node', ([callback]) =>
  inVirtualTime(async () => {
    const refusal = (set: (callback: never) => unknown): string => {
      try {
        set(callback as never)
        return 'no refusal'
      } catch (error) {
        return `${(error as NodeJS.ErrnoException).code}: ${(error as Error).message}`
      }
    }
    expect(refusal(setTimeout)).toBe(refusal(real.setTimeout))
    expect(refusal(setInterval)).toBe(refusal(real.setInterval))
    expect(refusal(setTimeout)).toContain('ERR_INVALID_ARG_TYPE')
  }),
)

test('a timer object has all that Node gives one', () =>
  inVirtualTime(async () => {
    const timer = setTimeout(() => {}, 1_000)
    const realTimer = real.setTimeout(() => {}, 1_000)
    real.clearTimeout(realTimer)
    const methodsOf = (each: object) =>
      Reflect.ownKeys(Object.getPrototypeOf(each) as object).filter(
        (key) => key !== inspect.custom && typeof Reflect.get(each, key) === 'function',
      )
    expect(methodsOf(timer)).toEqual(expect.arrayContaining(methodsOf(realTimer)))
    expect(timer.hasRef()).toBe(true)
    expect(timer.unref().hasRef()).toBe(false)
    expect(timer.ref().hasRef()).toBe(true)
    expect(Number(timer)).toBeGreaterThan(0)
    timer[Symbol.dispose]()
  }))

const clearings: Record<string, (timer: NodeJS.Timeout) => void> = {
  'the timer': (timer) => clearTimeout(timer),
  'its number': (timer) => clearTimeout(Number(timer)),
  'its number as text': (timer) => clearTimeout(String(Number(timer))),
  clearInterval: (timer) => clearInterval(timer),
  close: (timer) => timer.close(),
  dispose: (timer) => timer[Symbol.dispose](),
}

test.for(Object.keys(clearings))('a timer is cleared by %s, for good', (name) =>
  inVirtualTime(async () => {
    let fired = 0
    const fire = (): void => void (fired += 1)
    for (const timer of [setTimeout(fire, 10), setInterval(fire, 10)]) {
      clearings[name]?.(timer)
      timer.refresh()
    }
    await new Promise((resolve) => setTimeout(resolve, 100))
    expect(fired).toBe(0)
  }),
)

test('clearing nothing, rubbish or a real timer does not throw, and the real timer is cleared', () =>
  inVirtualTime(async () => {
    const realTimer = real.setTimeout(() => {}, 60_000)
    for (const timer of [undefined, null, 12_345, 'no', {}, realTimer]) clearTimeout(timer as undefined)
    expect(Reflect.get(realTimer, '_destroyed')).toBe(true)
  }))

test('refresh puts a timer off, and revives one that has fired', () =>
  inVirtualTime(async (clock) => {
    const fired: number[] = []
    const timer: NodeJS.Timeout = setTimeout(() => fired.push(clock.now()), 100)
    setTimeout(() => timer.refresh(), 60)
    setTimeout(() => timer.refresh(), 500)
    await new Promise((resolve) => setTimeout(resolve, 1_000))
    expect(fired).toEqual([160, 600])
  }))

test('an interval passes its values, calls as the timer, and stops from within', () =>
  inVirtualTime(async (clock) => {
    const seen: unknown[] = []
    const interval = setInterval(
      function tick(this: unknown, ...values: unknown[]) {
        seen.push([clock.now(), values, this === interval])
        if (seen.length === 2) clearInterval(interval)
      },
      100,
      'a',
      'b',
    )
    await new Promise((resolve) => setTimeout(resolve, 1_000))
    expect(seen).toEqual([
      [100, ['a', 'b'], true],
      [200, ['a', 'b'], true],
    ])
  }))

test('promisify, the timers module and its named imports all see virtual time', () =>
  inVirtualTime(async (clock) => {
    expect(await promisify(setTimeout)(5_000, 'value')).toBe('value')
    await new Promise((resolve) => timersModule.setTimeout(resolve, 5_000))
    await new Promise((resolve) => namedSet(resolve, 5_000))
    namedClear(namedSet(() => expect.unreachable(), 1))
    expect(clock.now()).toBe(15_000)
  }))

test('named imports are real again after the clock is gone', async () => {
  await inVirtualTime(async () => {})
  expect(namedSet).toBe(real.setTimeout)
  expect(setTimeout).toBe(real.setTimeout)
})
