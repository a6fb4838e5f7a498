// The time and the network of a run: both virtual, or both real.

import type { RunClock } from '#clock/run-clock.ts'
import { createRealRunClock } from '#clock/real-run-clock.ts'
import { createVirtualClock } from '#clock/virtual-clock.ts'
import { installFakeRandom } from '#random/fake-random.ts'
import type { Prng } from '#random/prng.ts'
import type { Scenario } from '#scenario/scenario.ts'
import { loopbackTransport } from '#transport/loopback.ts'
import type { Transport } from '#transport/transport.ts'
import { virtualTransport } from '#transport/virtual.ts'

export type Setting = {
  readonly clock: RunClock
  readonly transport: Transport
  /** Puts back what was patched. */
  restore(): void
}

export function virtualSetting({ startMs, shuffled }: Scenario, random: Prng): Setting {
  const clock = createVirtualClock()
  clock.install(startMs)
  const ties = random.fork('ties')
  clock.breakTies(shuffled ? (due, armedAt) => ties.fork(due, armedAt).bits(32) : undefined)
  const fakeRandom = installFakeRandom(random.fork('nobody').next)
  const restore = (): void => {
    fakeRandom.uninstall()
    clock.uninstall()
  }
  return { clock, transport: virtualTransport, restore }
}

/** What happens at the same instant happens in the machine's order. */
export function realSetting(random: Prng): Setting {
  const clock = createRealRunClock()
  const fakeRandom = installFakeRandom(random.fork('nobody').next)
  const restore = (): void => {
    fakeRandom.uninstall()
    clock.close()
  }
  return { clock, transport: loopbackTransport, restore }
}
