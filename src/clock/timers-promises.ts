// `node:timers/promises` on virtual time: `setTimeout`, the `setInterval` iterator and `scheduler.wait`. What Node refuses
// is passed on to Node, so that the refusal is the real one; `setImmediate` and `scheduler.yield` stay real.

import timersPromises from 'node:timers/promises'
import type { Patches } from '#context/patches.ts'
import type { TimerFunctions } from './fake-timer-functions.ts'
import type { Timeout } from './timeout.ts'

type Options = { readonly signal?: AbortSignal; readonly ref?: boolean }

const real = { ...timersPromises }
const realWait = timersPromises.scheduler.wait.bind(timersPromises.scheduler)

export function fakeTimersPromises(patches: Patches, functions: TimerFunctions): void {
  const sleep = createSleep(functions)
  patches.replace(timersPromises, 'setTimeout', sleep)
  patches.replace(timersPromises, 'setInterval', createInterval(functions))
  patches.replace(timersPromises.scheduler, 'wait', (delay: number, options?: Options) =>
    isRefused(delay, options) ? realWait(delay, options) : sleep(delay, undefined, options),
  )
}

function createSleep({ setTimeout }: TimerFunctions) {
  return function sleep<T>(delay?: number, value?: T, options?: Options): Promise<T | undefined> {
    if (isRefused(delay, options)) return real.setTimeout(delay, value, options)
    const signal = options?.signal
    if (signal?.aborted) return Promise.reject(new AbortError(signal))
    const { promise, resolve, reject } = Promise.withResolvers<T | undefined>()
    const timer = setTimeout(() => {
      signal?.removeEventListener('abort', onAbort)
      resolve(value)
    }, delay)
    const onAbort = (): void => {
      timer.close()
      reject(new AbortError(signal as AbortSignal))
    }
    applyRef(timer, options)
    signal?.addEventListener('abort', onAbort, { once: true })
    return promise
  }
}

function createInterval({ setInterval }: TimerFunctions) {
  return async function* interval<T>(delay?: number, value?: T, options?: Options): AsyncGenerator<T | undefined> {
    if (isRefused(delay, options)) yield* real.setInterval(delay, value, options)
    const signal = options?.signal
    if (signal?.aborted) throw new AbortError(signal)
    let ticks = 0
    let wake = (): void => {}
    const timer = setInterval(() => {
      ticks += 1
      wake()
    }, delay)
    const onAbort = (): void => {
      timer.close()
      wake()
    }
    applyRef(timer, options)
    signal?.addEventListener('abort', onAbort, { once: true })
    try {
      for (;;) {
        if (ticks === 0 && !signal?.aborted) {
          const { promise, resolve } = Promise.withResolvers<void>()
          wake = resolve
          await promise
        }
        for (; ticks > 0; ticks -= 1) yield value
        if (signal?.aborted) throw new AbortError(signal)
      }
    } finally {
      timer.close()
      signal?.removeEventListener('abort', onAbort)
    }
  }
}

function isRefused(delay: unknown, options: Options | undefined): boolean {
  const { signal, ref } = options ?? {}
  return (
    (delay !== undefined && typeof delay !== 'number') ||
    (options !== undefined && (typeof options !== 'object' || options === null)) ||
    (signal !== undefined && !(signal instanceof AbortSignal)) ||
    (ref !== undefined && typeof ref !== 'boolean')
  )
}

function applyRef(timer: Timeout, options: Options | undefined): void {
  if (options?.ref === false) timer.unref()
}

/** The error Node's own promises of timers reject with, field by field. */
class AbortError extends Error {
  readonly code = 'ABORT_ERR'
  override readonly name = 'AbortError'

  constructor(signal: AbortSignal) {
    super('The operation was aborted', { cause: signal.reason })
  }
}
