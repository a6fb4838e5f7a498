// Where a client and its Redis do not reach each other, a port in between: it passes on what comes, and is shut when the Redis is gone, so that
// connections are refused as they would be.

import { createServer, type Server, type Socket } from 'node:net'
import { dial, type Address } from './dial.ts'
import type { Host } from './host.ts'

/** `at` is where it listens, `name` what the client calls that. */
export function relayed(host: Host, at: Address, name: string): Host {
  const sockets = new Set<Socket>()
  let server: Server | undefined
  const shut = async (): Promise<void> => {
    const shutting = server
    server = undefined
    for (const socket of sockets) socket.resetAndDestroy()
    if (shutting) await new Promise<void>((resolve) => shutting.close(() => resolve()))
  }
  const pass = (from: Socket): void => {
    const to = dial(host.address())
    for (const [one, other] of [
      [from, to],
      [to, from],
    ] as const) {
      sockets.add(one)
      one.on('error', () => {})
      one.on('close', () => {
        sockets.delete(one)
        other.destroy()
      })
      one.pipe(other)
    }
  }
  return {
    ...host,
    url: `redis://${at.secret === undefined ? '' : `:${at.secret}@`}${name}:${at.port}`,
    open: async () => {
      const opened = createServer(pass)
      server = opened
      await new Promise<void>((resolve, reject) => {
        opened.once('error', reject)
        opened.listen(at.port, at.host, resolve)
      })
    },
    kill: async () => {
      await shut()
      await host.kill()
    },
    close: async () => {
      await shut()
      await host.close()
    },
  }
}
