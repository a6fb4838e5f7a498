// Where a connection is to lead: a simulated host over HTTP/1.1, or nowhere that can be served.

import type { Options } from '../refuse-sockets.ts'
import type { Wire } from '../wire.ts'
import type { Destination } from './connection.ts'

type Way = { readonly isSecure: boolean; readonly writesFirst: boolean }

export function destinationOf(wire: Wire, options: Options, { isSecure, writesFirst }: Way): Destination | undefined {
  const { ALPNProtocols: alpn } = options
  if (options['socket'] || (Array.isArray(alpn) && !alpn.includes('http/1.1'))) return undefined
  const url = originOf(options, isSecure)
  const handler = url && wire.handlerOf(url)
  if (!handler) return undefined
  const port = Number(options['port'] ?? (isSecure ? 443 : 80))
  return { host: url.hostname, port, isSecure, alpn, origin: url.origin, handler, writesFirst }
}

/** `undefined` for what is no name of a host. */
export function originOf(options: Options, isSecure: boolean): URL | undefined {
  const { host, hostname, port, socketPath } = options
  const name = host ?? hostname ?? 'localhost'
  if (socketPath !== undefined && socketPath !== null) return undefined
  const text = `${isSecure ? 'https' : 'http'}://${String(name)}${port === undefined ? '' : `:${String(port)}`}`
  return URL.canParse(text) ? new URL(text) : undefined
}
