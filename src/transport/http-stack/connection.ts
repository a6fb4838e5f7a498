// One connection of a client to a simulated host: the client's socket, and the far end that Node's own HTTP server reads from
// and writes to. Whatever passes takes a tick and no turn of the event loop, so virtual time cannot pass meanwhile.

import { Duplex } from 'node:stream'

import type { Exchange } from '../exchange.ts'
import type { ServiceHandler } from '../handlers.ts'
import type { Asker } from './asker.ts'
import { asAgentsTell, garble } from '../network-error.ts'
import { VirtualSocket, type Line, type Peer } from './virtual-socket.ts'
import { VirtualTlsSocket } from './virtual-tls-socket.ts'

export type Destination = Peer & {
  readonly isSecure: boolean
  readonly alpn?: unknown
  readonly origin: string
  readonly handler: ServiceHandler
  /** Its client writes at once, so that the fate of the first request can decide whether there is a connection at all. */
  readonly writesFirst: boolean
}

export class Connection implements Line {
  readonly to: Destination
  readonly socket: VirtualSocket
  readonly far: FarEnd
  /** Whose request is under way, or was the last. */
  asker: Asker
  readonly #exchanges = new Set<Exchange>()
  /** Nothing that happens on it reaches its client any more. */
  isSevered = false
  readonly #closed: (connection: Connection) => void

  constructor(to: Destination, asker: Asker, closed: (connection: Connection) => void) {
    this.to = to
    this.asker = asker
    this.#closed = closed
    this.far = new FarEnd(this)
    this.socket = to.isSecure ? new VirtualTlsSocket(to, this, to.alpn) : new VirtualSocket(to, this)
    if (!to.writesFirst) this.happens((socket) => socket.established())
  }

  carry(exchange: Exchange): void {
    for (const earlier of this.#exchanges) if (earlier.over) this.#exchanges.delete(earlier)
    this.#exchanges.add(exchange)
  }

  /** A tick later, as whatever comes from a network: callers listen only once they have the socket. */
  happens(event: (socket: VirtualSocket) => void): void {
    if (this.isSevered) return
    this.asker.run(() =>
      process.nextTick(() => {
        if (!this.isSevered) event(this.socket)
      }),
    )
  }

  /** The connection ends as this failure has it: closed in an orderly way, or not. */
  fail(cause: Error & { readonly code?: unknown }): void {
    if (cause.code === 'UND_ERR_SOCKET') this.far.destroy()
    else if (cause.name === 'HTTPParserError') this.happens((socket) => socket.arrived(Buffer.from(garble)))
    else this.happens((socket) => socket.broken(this.to.writesFirst ? asAgentsTell(cause, this.to.port) : cause))
  }

  wrote(bytes: Buffer): void {
    this.far.push(bytes)
  }

  ended(): void {
    this.far.push(null)
  }

  gone(error: Error | null): void {
    this.#closed(this)
    for (const exchange of this.#exchanges) exchange.abort(error ?? 'the client closed the connection')
    this.far.destroy()
  }
}

/** Where the server is. It has no time-outs: those of a server are not modelled. */
export class FarEnd extends Duplex {
  readonly connection: Connection

  constructor(connection: Connection) {
    super()
    this.connection = connection
    // A request that is cut off ends its connection, and that is all.
    this.on('error', () => {})
  }

  setTimeout(): this {
    return this
  }

  override _read(): void {}

  override _write(chunk: Buffer | string, encoding: BufferEncoding, done: () => void): void {
    const bytes = typeof chunk === 'string' ? Buffer.from(chunk, encoding) : chunk
    this.connection.happens((socket) => socket.arrived(bytes))
    done()
  }

  override _final(done: () => void): void {
    this.connection.happens((socket) => socket.arrived(null))
    done()
  }

  override _destroy(_error: Error | null, done: () => void): void {
    this.connection.happens((socket) => socket.arrived(null))
    done()
  }
}
