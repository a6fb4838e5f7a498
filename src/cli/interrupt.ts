// Ctrl-C. The first one ends the run in good order: its processes are killed, nothing half-written stays. The second one
// does not wait for that.

import { exitCodes } from './exit-code.ts'
import { complain } from './terminal.ts'

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const

export function watchInterrupts(): { readonly signal: AbortSignal; stop(): void } {
  const controller = new AbortController()
  const interrupt = (): void => {
    if (controller.signal.aborted) process.exit(exitCodes.interrupted)
    complain('Stopping; once more to stop at once.')
    controller.abort()
  }
  for (const signal of signals) process.on(signal, interrupt)
  return {
    signal: controller.signal,
    stop() {
      for (const signal of signals) process.off(signal, interrupt)
    },
  }
}
