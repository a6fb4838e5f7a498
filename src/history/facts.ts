// What events tell: of a connection that failed, a value, an error.

export type Effect = 'none' | 'committed'

/** What ended a TLS connection of a client: it does not know who signed the certificate, it spoke no TLS, or it left without a word. */
export const handshakeEnds = ['distrusted', 'not-tls', 'left'] as const
export type HandshakeEnd = (typeof handshakeEnds)[number]

export type NetPhase = 'connect' | 'headers' | 'body'

/** There never was a connection. */
type Unconnected = 'ECONNREFUSED' | 'ENOTFOUND' | 'ETIMEDOUT' | 'UND_ERR_CONNECT_TIMEOUT'

/** The client does not believe who the other side says it is. */
type OfCertificate = 'CERT_HAS_EXPIRED' | 'ERR_TLS_CERT_ALTNAME_INVALID' | 'UNABLE_TO_VERIFY_LEAF_SIGNATURE'

export type NetCode =
  | Unconnected
  | OfCertificate
  | 'ECONNRESET'
  | 'UND_ERR_SOCKET'
  | 'UND_ERR_HEADERS_TIMEOUT'
  | 'UND_ERR_BODY_TIMEOUT'
  /** What came back is no HTTP. */
  | 'HPE_INVALID_CONSTANT'

/** Entities are named `contact:<id>`, `conversation:<id>`. A response contains them at a version of the Store. */
export type Versions = Readonly<Record<string, number>>

/** How the value a client handed over compares with the Store. `matched` is the newest version that explains every
 * compared field, `null` when none does; `invented` names the fields no version ever had. */
export type Truth = {
  readonly entity: string
  readonly matched: number | null
  readonly current: number
  /** The value belongs to another entity than the one asked for. */
  readonly foreign: boolean
  readonly invented: readonly string[]
  /** Of a list of all things: so many that were there all the time are not in it. */
  readonly missing?: number
}

/** An error as the caller of the client saw it; foreign text is cut to `limits.foreignText`. */
export type ErrorFacts = {
  readonly name: string
  readonly message: string
  readonly status?: number
  readonly code?: string
  /** By which the provider finds the request: in a field of the error, its headers or its message. */
  readonly requestId?: string
  /** The chain of causes below it, outermost first; at most `limits.causes`. */
  readonly causes?: readonly Cause[]
}

export type Cause = Pick<ErrorFacts, 'name' | 'message' | 'status' | 'code'>
