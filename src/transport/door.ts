// Where the connections of one simulated host come in: over HTTP, or over HTTPS under the authority of the run. Connections are accepted
// here and handed to Node's own servers, so that something can go wrong before there is a request: each flaw of a certificate has a server
// of its own, which does its work for whoever does not look. A client that ends a connection before it has asked anything is told of: to itself
// that is an error without a reason.

import { createServer as createPlain, type RequestListener, type Server } from 'node:http'
import { createServer as createSecure } from 'node:https'
import { createServer, type AddressInfo, type Socket } from 'node:net'

import type { Handshake } from '#fault/fault.ts'
import type { HandshakeEnd } from '#history/facts.ts'
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

/** Told of a connection on which nothing was asked, though nothing was wrong with it. */
export type Lost = (how: HandshakeEnd) => void

/** A gateway keeps a connection longer than most clients do, and has no opinion on how long a request may take. */
const patient = { keepAliveTimeout: 75_000, headersTimeout: 0, requestTimeout: 0 }

export function createDoor(serve: RequestListener, authority: Authority | undefined, greet: Greet, lost: Lost): Door {
  const sockets = new Set<Socket>()
  const entry = authority ? secureEntry(serve, authority, greet, lost) : plainEntry(serve)
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

function secureEntry(serve: RequestListener, { sound, flawed }: Authority, greet: Greet, lost: Lost): Entry {
  const servers = new Map<Identity, Server>()
  const asked = new WeakSet<Socket>()
  const answer: RequestListener = (request, response) => {
    asked.add(request.socket)
    serve(request, response)
  }
  const serverOf = (identity: Identity): Server => {
    const known = servers.get(identity) ?? createSecure({ ...patient, ...identity }, answer)
    if (!servers.has(identity)) watchHandshakes(known, asked, identity === sound ? lost : () => {})
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

/** Some say why they end it. Node does not: it leaves when the handshake is over. */
function watchHandshakes(server: Server, asked: WeakSet<Socket>, lost: Lost): void {
  server.on('tlsClientError', (error, socket) => {
    socket.destroy()
    lost(endOf(error))
  })
  server.on('secureConnection', (socket) =>
    socket.once('close', () => {
      if (!asked.has(socket)) lost('left')
    }),
  )
}

function endOf({ code = '' }: NodeJS.ErrnoException): HandshakeEnd {
  if (/ALERT_(?:UNKNOWN_CA|BAD_CERTIFICATE|CERTIFICATE_UNKNOWN)/u.test(code)) return 'distrusted'
  return /HTTP_REQUEST|WRONG_VERSION_NUMBER/u.test(code) ? 'not-tls' : 'left'
}

/** Once the client has begun: bytes that nobody reads would turn the end into a reset. */
function cut(socket: Socket): void {
  socket.on('error', () => {})
  socket.once('data', () => socket.end())
}
