// `AbortSignal.timeout` on virtual time. Node binds the real one, for the life of the process, to whatever `setTimeout` is
// when it is first used; so it is used once here, before any clock can be installed, and replaced during runs.

import type { Patches } from '#context/patches.ts'
import type { TimerFunctions } from './fake-timer-functions.ts'

const realTimeout = AbortSignal.timeout.bind(AbortSignal)
realTimeout(1)

const longestDelayMs = 2 ** 32 - 1

export function fakeAbortSignalTimeout(patches: Patches, { setTimeout }: Pick<TimerFunctions, 'setTimeout'>): void {
  patches.replace(AbortSignal, 'timeout', function timeout(delayMs: number): AbortSignal {
    // Node's own refusal, word for word.
    if (!Number.isInteger(delayMs) || delayMs < 0 || delayMs > longestDelayMs) return realTimeout(delayMs)
    const controller = new AbortController()
    setTimeout(() => controller.abort(timeoutError()), delayMs).unref()
    return controller.signal
  })
}

function timeoutError(): DOMException {
  return new DOMException('The operation was aborted due to timeout', 'TimeoutError')
}
