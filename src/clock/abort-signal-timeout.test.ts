// Goal: `AbortSignal.timeout` lives on virtual time during a run and on real time after it.

import { spawnSync } from 'node:child_process'
import { expect, test } from 'vitest'
import { inVirtualTime } from './in-virtual-time.ts'

const realTimeout = AbortSignal.timeout.bind(AbortSignal)

const aborted = (signal: AbortSignal) =>
  new Promise<unknown>((resolve) => signal.addEventListener('abort', () => resolve(signal.reason), { once: true }))

test('a minute passes in no time and ends in a TimeoutError', () =>
  inVirtualTime(async (clock) => {
    const signal = AbortSignal.timeout(60_000)
    setTimeout(() => {}, 120_000)
    const reason = await aborted(signal)
    expect(reason).toBeInstanceOf(DOMException)
    const { name, code, message } = reason as DOMException
    expect({ name, code, message, now: clock.now() }).toEqual({
      name: 'TimeoutError',
      code: 23,
      message: 'The operation was aborted due to timeout',
      now: 60_000,
    })
    expect(() => signal.throwIfAborted()).toThrow(reason as DOMException)
  }))

test('AbortSignal.any follows it', () =>
  inVirtualTime(async (clock) => {
    const any = AbortSignal.any([new AbortController().signal, AbortSignal.timeout(5_000)])
    expect(((await aborted(any)) as DOMException).name).toBe('TimeoutError')
    expect(clock.now()).toBe(5_000)
  }))

test.for([[-1], [Number.NaN], [1.5], ['5'], [2 ** 32]] as const)('%s is refused with the words of Node', ([delay]) =>
  inVirtualTime(async () => {
    const refusal = (timeout: (delay: number) => unknown): string => {
      try {
        timeout(delay as number)
        return 'no refusal'
      } catch (error) {
        return String(error)
      }
    }
    expect(refusal((each) => AbortSignal.timeout(each))).toBe(refusal(realTimeout))
    expect(refusal((each) => AbortSignal.timeout(each))).not.toBe('no refusal')
  }),
)

// In a fresh process, because Node binds `AbortSignal.timeout` once, to the `setTimeout` it finds when it is first used.
test('it fires in real time once the clock is gone', () => {
  const script = `
    const { inVirtualTime } = await import(${JSON.stringify(import.meta.resolve('./in-virtual-time.ts'))})
    await inVirtualTime(() => new Promise((resolve) => AbortSignal.timeout(10).addEventListener('abort', resolve)))
    setTimeout(() => process.exit(1), 5_000)
    AbortSignal.timeout(5).addEventListener('abort', () => process.exit(0))
  `
  expect(spawnSync(process.execPath, ['--input-type=module', '--eval', script]).status).toBe(0)
})
