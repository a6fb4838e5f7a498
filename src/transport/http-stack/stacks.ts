// `node:http`, `node:https` and what connects by itself, in virtual time: connections to simulated hosts are made in memory and
// served by Node's own HTTP server, which listens nowhere. Whatever else would connect is left to be refused.

import http, { createServer, type ClientRequest, type IncomingMessage, type ServerResponse } from 'node:http'
import https from 'node:https'
import net from 'node:net'
import type { Duplex } from 'node:stream'
import tls from 'node:tls'

import { Patches } from '#context/patches.ts'
import type { Life } from '#context/owner.ts'
import { fetchPatience, socketPatience, type Patience } from '../network-error.ts'
import { RefusedConnection } from '../refuse-sockets.ts'
import type { Wire } from '../wire.ts'
import type { Askers } from './asker.ts'
import { Connection, type FarEnd } from './connection.ts'
import { destinationOf } from './destination.ts'
import { patchAgents, patchConnects, type Connect } from './patch.ts'
import { serve } from './serve.ts'
import { UndiciTimers } from './undici-timers.ts'
import { UnreadAnswers } from './unread-answers.ts'

export type Stacks = {
  /** Answers of `node:http` whose body the client has neither read nor given up. */
  unread(): number
  drop(life: Life): void
  close(): void
}

export function openStacks(wire: Wire, askers: Askers): Stacks {
  const open = new Set<Connection>()
  const unread = new UnreadAnswers((request) => askers.of(request)?.owner?.life)
  const patches = new Patches()
  const timers = new UndiciTimers()
  const server = createHttpServer(wire, askers, timers)
  const connect: Connect = (options, way) => {
    const to = destinationOf(wire, options, way)
    if (!to) return undefined
    const connection = new Connection(to, askers.present(), (closed) => open.delete(closed))
    open.add(connection)
    server.emit('connection', connection.far)
    if (typeof options['timeout'] === 'number') connection.socket.setTimeout(options['timeout'])
    return connection.socket
  }
  patchAgents(wire, patches, connect, [
    ['node:http', http.Agent.prototype],
    ['node:https', https.Agent.prototype],
  ])
  patchConnects(patches, connect, net, tls)
  patches.publish()
  return {
    unread: () => unread.count(),
    drop: (life) => {
      unread.drop(life)
      timers.lose()
      for (const connection of open) if (connection.asker.owner?.life === life) sever(connection)
    },
    close: () => {
      unread.close()
      for (const connection of open) sever(connection)
      patches.restore()
    },
  }
}

/** Whether it is of a client of `node:http`, and of whose request: `null` between two. */
type InUse = { readonly _httpMessage?: ClientRequest | null }

const undiciPatience: Patience = {
  ...socketPatience,
  connectMs: fetchPatience.connectMs,
  connectCode: fetchPatience.connectCode,
}

function createHttpServer(wire: Wire, askers: Askers, timers: UndiciTimers): http.Server {
  const server = createServer({ keepAliveTimeout: 0, requireHostHeader: false }, (incoming, outgoing) => {
    const { connection } = farEndOf(incoming.socket)
    const { socket } = connection
    const { _httpMessage: request } = socket as InUse
    const ofUndici = request ? undefined : askers.next(socket)
    connection.asker = (request ? askers.of(request) : ofUndici) ?? connection.asker
    if (ofUndici && !timers.areSound()) return refuse(wire, connection, 'undici.Agent')
    const patience = ofUndici ? undiciPatience : socketPatience
    serve(wire, connection, incoming, outgoing, patience).catch((error: unknown) => wire.stop(error))
  })
  server.on('checkContinue', (incoming: IncomingMessage, outgoing: ServerResponse) => {
    // Whoever asks whether to go on waits for a connection that stands.
    farEndOf(incoming.socket).connection.happens((socket) => socket.established())
    outgoing.writeContinue()
    server.emit('request', incoming, outgoing)
  })
  server.on('clientError', (_error: Error, far: Duplex) => {
    const { connection } = farEndOf(far)
    if (!connection.socket.destroyed) refuse(wire, connection, connection.to.isSecure ? 'node:tls' : 'node:net')
  })
  return server
}

/** What is spoken on it cannot be served. */
function refuse(wire: Wire, connection: Connection, via: string): void {
  const { host } = new URL(connection.to.origin)
  wire.refuse(host, via, connection.asker.owner)
  connection.happens((socket) => socket.broken(new RefusedConnection(host, via)))
}

function farEndOf(socket: Duplex): FarEnd {
  return socket as FarEnd
}

/** What happens on it from now on happens to nobody, and no agent hands it to anybody. */
function sever(connection: Connection): void {
  const { socket } = connection
  connection.isSevered = true
  if ((socket as InUse)._httpMessage === null) socket.destroy()
  else socket.emit('agentRemove')
}
