// A connection of the harness's own, which may lead to a container: a client's may not.

import net, { Socket } from 'node:net'

/** Taken before a transport may refuse connections to clients. */
const connect = net.Socket.prototype.connect as (this: Socket, port: number, host: string) => Socket

/** `secret`: what one has to say first, where others than the client could come. */
export type Address = { readonly host: string; readonly port: number; readonly secret?: string | undefined }

export function dial({ host, port }: Address): Socket {
  return connect.call(new Socket(), port, host)
}
