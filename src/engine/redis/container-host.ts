// A Redis that is a container, in the lodging of the run, from which everything is removed however the run ends.

import type { Duplex } from 'node:stream'
import { Writable } from 'node:stream'
import { UserError } from '#context/user-error.ts'
import { limits } from '#context/limits.ts'
import { DriverLog } from '#client/driver/log.ts'
import { engineWords, type Container } from '#container/engine.ts'
import { findImage } from '#container/image.ts'
import type { Lodging } from '#container/lodging.ts'
import type { Host } from './host.ts'
import { serverWords } from './process-host.ts'

const port = 6_379

export async function containerHost(image: string, lodging: Lodging, secret: string | undefined): Promise<Host> {
  if (!lodging.reach.isNear)
    throw new UserError('The containers of this engine have addresses that this machine does not reach.', {
      hint: 'Install redis-server on this machine; the client then needs no container for it.',
    })
  const id = await findImage(lodging.docker, image)
  const log = new DriverLog()
  const reached = ['--port', `${port}`, '--bind', '0.0.0.0', '--protected-mode', 'no']
  const command = ['redis-server', ...serverWords(secret), ...reached]
  const limit = { memoryBytes: limits.containerBytes, cpus: limits.containerCpus }
  const container = await asked(() => lodging.create({ image: id, command, ...limit }))
  let death: string | undefined
  let address = ''
  let lives = 0
  const kill = async (): Promise<void> => {
    lives += 1
    await asked(() => container.kill())
    await asked(() => container.wait())
  }
  return {
    kind: `a container of ${image}`,
    url: '',
    address: () => ({ host: address, port, secret }),
    start: async () => {
      lives += 1
      const life = lives
      await asked(() => listen(lodging, container, log))
      await asked(() => container.start())
      address = await asked(() => lodging.addressOf(container))
      void asked(() => container.wait() as Promise<{ readonly StatusCode: number }>).then(
        ({ StatusCode: code }) => {
          if (life === lives) death = `exit code ${code}`
        },
        (error: unknown) => {
          if (life === lives) death = String(error)
        },
      )
    },
    open: () => Promise.resolve(),
    kill,
    pause: () => asked(() => container.pause()),
    resume: () => asked(() => container.unpause()),
    death: () => death,
    log: () => log.text(),
    close: async () => {
      lives += 1
      await lodging.remove(container).catch(() => {})
    },
  }
}

/** What it prints is read as it comes. */
async function listen({ docker }: Lodging, container: Container, log: DriverLog): Promise<void> {
  const stream = (await container.attach({ stream: true, stdout: true, stderr: true })) as Duplex
  stream.on('error', () => {})
  const into = new Writable({
    write: (chunk: Buffer, _encoding, done) => {
      log.add(chunk.toString())
      done()
    },
  })
  docker.modem.demuxStream(stream, into, into)
}

/** What the engine refuses is nobody's verdict. */
async function asked<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    throw new UserError(`The container of the client's Redis does not do what it is told: ${engineWords(error)}.`, {
      isMachine: true,
    })
  }
}
