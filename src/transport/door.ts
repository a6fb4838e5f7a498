// Where the connections of one simulated host come in: over HTTP, or over HTTPS under the authority of the run. Connections are accepted
// here and handed to Node's own servers, so that something can go wrong before there is a request: each flaw of a certificate has a server
// of its own, which does its work for whoever does not look.

import { createServer as createPlain, type RequestListener, type Server } from 'node:http'
import { createServer as createSecure } from 'node:https'
import { createServer, type AddressInfo, type Socket } from 'node:net'

import type { Handshake } from '#fault/fault.ts'
import type { Authority, Identity } from './authority.ts'

export interface Door {
  /** The port. Rejects with what the system says. */
  open(port: number, address: string): Promise<number>
  /** Connections on which nothing is under way end, so that their clients have to greet us anew. */
  renew(): void
  /** At once, with every connection. */
  close(): Promise<void>
}

/** What a connection is met with; nothing goes wrong without it. */
export type Greet = () => Handshake | undefined

/** A gateway keeps a connection longer than most clients do, and has no opinion on how long a request may take. */
const patient = { keepAliveTimeout: 75_000, headersTimeout: 0, requestTimeout: 0 }

export function createDoor(serve: RequestListener, authority: Authority | undefined, greet: Greet): Door {
  const sockets = new Set<Socket>()
  const entry = authority ? secureEntry(serve, authority, greet) : plainEntry(serve)
  // Half of a connection may stay open, as Node's own servers have it.
  const front = createServer({ noDelay: true, allowHalfOpen: !authority }, (socket) => {
    sockets.add(socket)
    socket.once('close', () => sockets.delete(socket))
    entry.enter(socket)
  })
  return {
    open: (port, address) =>
      new Promise((resolve, reject) => {
        front.on('error', reject)
        front.listen(port, address, () => resolve((front.address() as AddressInfo).port))
      }),
    renew: () => entry.renew(),
    close: () =>
      new Promise((resolve) => {
        front.close(() => resolve())
        for (const socket of sockets) socket.destroy()
      }),
  }
}

type Entry = { enter(socket: Socket): void; renew(): void }

function plainEntry(serve: RequestListener): Entry {
  const server = createPlain(patient, serve)
  return { enter: (socket) => void server.emit('connection', socket), renew: () => server.closeIdleConnections() }
}

function secureEntry(serve: RequestListener, { sound, flawed }: Authority, greet: Greet): Entry {
  const servers = new Map<Identity, Server>()
  const serverOf = (identity: Identity): Server => {
    const known = servers.get(identity) ?? createSecure({ ...patient, ...identity }, serve)
    if (!servers.has(identity)) known.on('tlsClientError', lost)
    servers.set(identity, known)
    return known
  }
  return {
    enter: (socket) => {
      const wrong = greet()
      if (wrong === 'cut') cut(socket)
      else serverOf(wrong ? flawed[wrong] : sound).emit('connection', socket)
    },
    renew: () => {
      for (const server of servers.values()) server.closeIdleConnections()
    },
  }
}

/** Whoever does not believe us, or speaks no TLS, ends the connection; that is all. */
function lost(_error: Error, socket: Socket): void {
  socket.destroy()
}

/** Once the client has begun: bytes that nobody reads would turn the end into a reset. */
function cut(socket: Socket): void {
  socket.on('error', () => {})
  socket.once('data', () => socket.end())
}
