// An engine is stood in for, because a real one says when a container ended as soon as it knows.

import { PassThrough } from 'node:stream'
import { expect, test } from 'vitest'
import { pauseReal } from '#clock/real-wait.ts'
import type { Lodging } from '#container/lodging.ts'
import { limits } from '#context/limits.ts'
import { Contained } from './contained.ts'

/** Closes its stream at once, and says so much later how it ended. */
function lodgingWhere(exit: Promise<{ readonly StatusCode: number }>): Lodging {
  const stream = new PassThrough()
  const docker = { modem: { demuxStream: () => {} }, ping: () => Promise.resolve('OK') }
  const container = {
    putArchive: () => Promise.resolve(),
    attach: () => Promise.resolve(stream),
    start: async () => void stream.destroy(),
    wait: () => exit,
    inspect: () => Promise.resolve({ State: {} }),
  }
  const create = () => Promise.resolve(container)
  return { docker, create, makeVolume: () => '', addressOf: () => '' } as unknown as Lodging
}

const plan = { container: { image: 'desk', env: {}, memoryBytes: 6e6, cpus: 1 } } as never

test('an end that the engine tells late is the end all the same', async () => {
  const late = pauseReal(2 * limits.driverHangUpMs).then(() => ({ StatusCode: 3 }))
  const { ended } = await Contained.start(plan, lodgingWhere(late), 'store')
  expect(String(await ended)).toMatch(/exit code 3/u)
})

test('a stream that is gone without an end was let go of by the engine, and is nothing that the client did', async () => {
  const { ended } = await Contained.start(plan, lodgingWhere(new Promise(() => {})), 'store')
  expect(String(await ended)).toMatch(/container engine stopped answering/u)
}, 20_000)
