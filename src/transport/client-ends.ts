// The ends of connections that this process holds as a client, by their port. A listener has accepted a connection before it knows what is
// asked, so it cannot refuse one any more; where the client lives in this process, its own end can say so for it.

import type { Socket } from 'node:net'

export class ClientEnds {
  readonly #sockets = new Map<number, Socket>()

  /** A connection that is being made. */
  watch(socket: Socket): void {
    let port: number | undefined
    socket.once('connect', () => {
      port = socket.localPort
      if (port !== undefined) this.#sockets.set(port, socket)
    })
    socket.once('close', () => {
      if (port !== undefined && this.#sockets.get(port) === socket) this.#sockets.delete(port)
    })
  }

  /** False for a connection of somebody else's. */
  fail(port: number | undefined, error: Error): boolean {
    const socket = port === undefined ? undefined : this.#sockets.get(port)
    socket?.destroy(error)
    return socket !== undefined
  }
}
