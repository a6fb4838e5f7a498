// A port of this machine that nobody listens on. Not one of those that the system gives to outgoing connections: while a Redis is down,
// a client that asks for its port again and again would sooner or later be given it as its own.

import { createServer } from 'node:net'
import { UserError } from '#context/user-error.ts'

const [first, count] = [20_000, 10_000]
/** Neighbours of another process would be taken by it a moment later. */
const [byProcess, byTry, tries] = [7_919, 101, 100]
let asked = 0

export async function freePort(address = '127.0.0.1'): Promise<number> {
  for (let nth = 0; nth < tries; nth += 1) {
    asked += 1
    const port = first + ((process.pid * byProcess + asked * byTry) % count)
    if (await isFree(port, address)) return port
  }
  throw new UserError(`No port from ${first} to ${first + count - 1} is free on ${address}.`, { isMachine: true })
}

function isFree(port: number, address: string): Promise<boolean> {
  const server = createServer()
  return new Promise((resolve) => {
    server.once('error', () => resolve(false))
    server.listen(port, address, () => server.close(() => resolve(true)))
  })
}
