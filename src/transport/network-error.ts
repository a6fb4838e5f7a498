// Network failures as Node's own `fetch` shapes them: a TypeError whose cause carries `code` and, where the operating
// system had a say, `errno` and `syscall`. Compared field by field with real sockets in parity.test.ts.

import { checkServerIdentity, type PeerCertificate } from 'node:tls'

import type { NetCode, NetPhase } from '#history/facts.ts'

/** Where the simulated hosts pretend to live: an address reserved for documentation. */
export const address = '203.0.113.10'

const connectTimeoutMs = 10_000

/** What whoever does not speak HTTP says: this is another program's greeting. */
export const garble = 'SSH-2.0-OpenSSH_9.6\r\n'

/** Whose certificate is shown instead. */
const strangersCertificate = {
  subject: { CN: 'somebody-else.example' },
  issuer: { CN: 'Brownout', O: 'Brownout' },
  subjectaltname: 'DNS:somebody-else.example',
  ca: false,
  valid_from: 'Jan  1 00:00:00 2020 GMT',
  valid_to: 'Dec 31 23:59:59 2049 GMT',
  serialNumber: '02',
}

/** How long a stack waits when nobody sets it a limit, and what it then says of a connection that is never made. */
export type Patience = {
  readonly connectMs: number
  readonly connectCode: NetCode
  readonly headersMs: number
  /** Between two parts of a body. */
  readonly bodyMs: number
}

/** undici's own limits, which Node's fetch has. */
export const fetchPatience: Patience = {
  connectMs: connectTimeoutMs,
  connectCode: 'UND_ERR_CONNECT_TIMEOUT',
  headersMs: 300_000,
  bodyMs: 300_000,
}

/** A bare socket waits for ever; only for its connection the system gives up, on Linux after six repetitions. */
export const socketPatience: Patience = {
  connectMs: 127_000,
  connectCode: 'ETIMEDOUT',
  headersMs: Infinity,
  bodyMs: Infinity,
}

class ConnectTimeoutError extends Error {
  override readonly name = 'ConnectTimeoutError'
  readonly code = 'UND_ERR_CONNECT_TIMEOUT'
}

class HeadersTimeoutError extends Error {
  override readonly name = 'HeadersTimeoutError'
  readonly code = 'UND_ERR_HEADERS_TIMEOUT'
}

class BodyTimeoutError extends Error {
  override readonly name = 'BodyTimeoutError'
  readonly code = 'UND_ERR_BODY_TIMEOUT'
}

class SocketError extends Error {
  override readonly name = 'SocketError'
  readonly code = 'UND_ERR_SOCKET'
  readonly socket: Readonly<Record<string, unknown>>

  constructor(message: string, port: number) {
    super(message)
    this.socket = { remoteAddress: address, remotePort: port, remoteFamily: 'IPv4' }
  }
}

/** Its code is nothing, although the parser has one: `HPE_INVALID_CONSTANT`. */
class HTTPParserError extends Error {
  override readonly name = 'HTTPParserError'
  readonly code = undefined
  readonly data = garble
}

/** What `fetch` rejects with when no response came. */
export function fetchFailed(cause: unknown): TypeError {
  return new TypeError('fetch failed', { cause })
}

/** What reading a body rejects with when the rest of it will not come. */
export function terminated(cause: unknown): TypeError {
  return new TypeError('terminated', { cause })
}

export function causeOf(code: NetCode, url: URL, phase?: NetPhase, at = address): Error {
  const port = portOf(url)
  switch (code) {
    case 'ECONNRESET':
      if (phase === 'connect') return handshakeCut(url)
      return Object.assign(new Error('read ECONNRESET'), { errno: -104, code, syscall: 'read' })
    case 'ECONNREFUSED':
      return Object.assign(new Error(`connect ECONNREFUSED ${at}:${port}`), {
        errno: -111,
        code,
        syscall: 'connect',
        address: at,
        port,
      })
    case 'ENOTFOUND':
      return Object.assign(new Error(`getaddrinfo ENOTFOUND ${url.hostname}`), {
        errno: -3008,
        code,
        syscall: 'getaddrinfo',
        hostname: url.hostname,
      })
    case 'ETIMEDOUT':
      return Object.assign(new Error(`connect ETIMEDOUT ${address}:${port}`), {
        errno: -110,
        code,
        syscall: 'connect',
        address,
        port,
      })
    case 'UND_ERR_SOCKET':
      return new SocketError('other side closed', port)
    case 'UND_ERR_CONNECT_TIMEOUT':
      return new ConnectTimeoutError(
        `Connect Timeout Error (attempted addresses: ${address}:${port}, timeout: ${connectTimeoutMs}ms)`,
      )
    case 'UND_ERR_HEADERS_TIMEOUT':
      return new HeadersTimeoutError('Headers Timeout Error')
    case 'UND_ERR_BODY_TIMEOUT':
      return new BodyTimeoutError('Body Timeout Error')
    case 'HPE_INVALID_CONSTANT':
      return new HTTPParserError('Response does not match the HTTP/1.1 protocol (Expected HTTP/, RTSP/ or ICE/)')
    case 'CERT_HAS_EXPIRED':
      return Object.assign(new Error('certificate has expired'), { code })
    case 'UNABLE_TO_VERIFY_LEAF_SIGNATURE':
      return Object.assign(new Error(unverified), { code })
    case 'ERR_TLS_CERT_ALTNAME_INVALID':
      return checkServerIdentity(url.hostname, strangersCertificate as unknown as PeerCertificate) ?? new Error(code)
  }
}

const unverified =
  'unable to verify the first certificate; if the root CA is installed locally, try running Node.js with --use-system-ca'

/** The options of a connection are told in the error; those of the agents of `node:https` are others than undici's. */
export function asAgentsTell<E extends Error>(cause: E, port: number): E {
  return 'localAddress' in cause ? Object.assign(cause, { path: null, port, localAddress: undefined }) : cause
}

function handshakeCut(url: URL): Error {
  const about = {
    code: 'ECONNRESET',
    path: undefined,
    host: url.hostname,
    port: String(portOf(url)),
    localAddress: null,
  }
  return Object.assign(
    new Error('Client network socket disconnected before secure TLS connection was established'),
    about,
  )
}

function portOf(url: URL): number {
  if (url.port !== '') return Number(url.port)
  return url.protocol === 'https:' ? 443 : 80
}
