// Which hosts are this machine, and no other.

import net from 'node:net'

/** An address or a name of this machine, with a port or without, or the path of a pipe. */
export function isLocal(host: string): boolean {
  if (host.startsWith('/') || host.startsWith('\\\\')) return true
  if (net.isIPv6(host)) return host === '::1'
  const name = host.startsWith('[') ? host.slice(1, host.indexOf(']')) : host.replace(/:\d+$/u, '')
  return name === 'localhost' || name === '::1' || (net.isIPv4(name) && name.startsWith('127.'))
}
