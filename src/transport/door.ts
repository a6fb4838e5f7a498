// Where the connections of one simulated host come in: over HTTP, or over HTTPS with the certificate of the run. Connections are accepted
// here and handed to Node's own server, so that something can go wrong before there is a request.

import { createServer as createPlain, type RequestListener, type Server } from 'node:http'
import { createServer as createSecure } from 'node:https'
import { createServer, type AddressInfo, type Socket } from 'node:net'

import type { Identity } from './authority.ts'

export interface Door {
  /** The port. Rejects with what the system says. */
  open(port: number, address: string): Promise<number>
  /** At once, with every connection. */
  close(): Promise<void>
}

/** A gateway keeps a connection longer than most clients do, and has no opinion on how long a request may take. */
const patient = { keepAliveTimeout: 75_000, headersTimeout: 0, requestTimeout: 0 }

export function createDoor(serve: RequestListener, identity: Identity | undefined): Door {
  const server: Server = identity ? createSecure({ ...patient, ...identity }, serve) : createPlain(patient, serve)
  // Whoever does not trust us, or speaks no TLS, ends the connection; that is all.
  server.on('tlsClientError', (_error, socket: Socket) => socket.destroy())
  const sockets = new Set<Socket>()
  // Half of a connection may stay open, as Node's own servers have it.
  const front = createServer({ noDelay: true, allowHalfOpen: !identity }, (socket) => {
    sockets.add(socket)
    socket.once('close', () => sockets.delete(socket))
    server.emit('connection', socket)
  })
  return {
    open: (port, address) =>
      new Promise((resolve, reject) => {
        front.on('error', reject)
        front.listen(port, address, () => resolve((front.address() as AddressInfo).port))
      }),
    close: () =>
      new Promise((resolve) => {
        front.close(() => resolve())
        for (const socket of sockets) socket.destroy()
      }),
  }
}
