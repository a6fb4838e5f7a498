// The client's end of a connection that exists in memory only. It is what `node:http`, undici and whoever looks at a socket
// expect of one, and its time-out runs in virtual time. What it carries is up to its line.

import { Socket } from 'node:net'

import { IdleTimer } from '#clock/idle-timer.ts'
import { address } from '../network-error.ts'

/** What a socket is connected to. */
export interface Line {
  wrote(bytes: Buffer): void
  /** The client will write no more. */
  ended(): void
  /** The client has let go of it, or an error has ended it. */
  gone(error: Error | null): void
}

export type Peer = { readonly host: string; readonly port: number }

type Done = (error?: Error | null) => void
type Piece = { readonly chunk: unknown; readonly encoding: BufferEncoding }

const local = { address: '192.0.2.1', port: 49_152, family: 'IPv4' }

export class VirtualSocket extends Socket {
  static {
    const get = (read: (socket: VirtualSocket) => unknown) => ({
      configurable: true,
      get(this: VirtualSocket) {
        return read(this)
      },
    })
    const isOpen = (socket: VirtualSocket): boolean => !socket.connecting && !socket.destroyed
    // Node's own ask the operating system.
    Object.defineProperties(VirtualSocket.prototype, {
      remoteAddress: get((socket) => (isOpen(socket) ? address : undefined)),
      remotePort: get((socket) => (isOpen(socket) ? socket.#peer.port : undefined)),
      remoteFamily: get((socket) => (isOpen(socket) ? 'IPv4' : undefined)),
      localAddress: get((socket) => (isOpen(socket) ? local.address : undefined)),
      localPort: get((socket) => (isOpen(socket) ? local.port : undefined)),
      localFamily: get((socket) => (isOpen(socket) ? local.family : undefined)),
      pending: get((socket) => socket.connecting),
      bytesRead: get((socket) => socket.#read),
      bytesWritten: get((socket) => socket.#written),
    })
  }

  override connecting = true
  declare timeout?: number
  readonly #peer: Peer
  readonly #line: Line
  readonly #idle = new IdleTimer()
  #read = 0
  #written = 0

  constructor(peer: Peer, line: Line) {
    super()
    this.#peer = peer
    this.#line = line
  }

  get host(): string {
    return this.#peer.host
  }

  /** The name is known and the other side has accepted. */
  established(): void {
    if (this.destroyed || !this.connecting) return
    this.emit('lookup', null, address, 4, this.#peer.host)
    this.connecting = false
    this.emit('connect')
    this.emit('ready')
  }

  /** No connection, or none any more. */
  broken(error: Error & { readonly syscall?: string }): void {
    if (this.destroyed) return
    if (this.connecting) {
      const isUnknown = error.syscall === 'getaddrinfo'
      this.emit('lookup', isUnknown ? error : null, isUnknown ? undefined : address, 4, this.#peer.host)
    }
    this.destroy(error)
  }

  /** `null`: the other side will write no more. */
  arrived(bytes: Buffer | null): void {
    if (this.destroyed || this.readableEnded) return
    this.#read += bytes?.length ?? 0
    this.#idle.refresh()
    this.push(bytes)
  }

  override setTimeout(ms: number, callback?: () => void): this {
    if (this.destroyed) return this
    this.timeout = ms
    this.#idle.set(ms, () => this.emit('timeout'))
    if (callback && ms === 0) this.removeListener('timeout', callback)
    else if (callback) this.once('timeout', callback)
    return this
  }

  override address(): typeof local {
    return local
  }

  override ref(): this {
    return this
  }

  override unref(): this {
    return this
  }

  override resetAndDestroy(): this {
    return this.destroy()
  }

  override _read(): void {}

  override _write(chunk: unknown, encoding: BufferEncoding, done: Done): void {
    this.#wrote(chunk, encoding)
    done()
  }

  override _writev(pieces: readonly Piece[], done: Done): void {
    for (const { chunk, encoding } of pieces) this.#wrote(chunk, encoding)
    done()
  }

  override _final(done: Done): void {
    this.#line.ended()
    done()
  }

  override _destroy(error: Error | null, done: (error: Error | null) => void): void {
    this.connecting = false
    this.#idle.clear()
    this.#line.gone(error)
    done(error)
    process.nextTick(() => this.emit('close', error !== null))
  }

  #wrote(chunk: unknown, encoding: BufferEncoding): void {
    const bytes = typeof chunk === 'string' ? Buffer.from(chunk, encoding) : (chunk as Buffer)
    this.#written += bytes.length
    this.#idle.refresh()
    this.#line.wrote(bytes)
  }
}
