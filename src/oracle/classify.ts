// What the end of an exchange means for trying again. Sources: RFC 9110, gRPC A6, the retry lists of undici, stripe and the
// AWS SDK.

import type { Exchange, Operation } from '#history/query.ts'

const transientStatuses: ReadonlySet<number> = new Set([408, 425, 429, 500, 502, 503, 504])
const permanentStatuses: ReadonlySet<number> = new Set([
  400, 401, 403, 404, 405, 406, 409, 410, 411, 413, 414, 415, 422, 501,
])
const safeMethods: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS'])
/** Methods whose repetition changes nothing more. */
const idempotentMethods: ReadonlySet<string> = new Set([...safeMethods, 'PUT', 'DELETE'])

export function statusOf({ outcome }: Pick<Exchange, 'outcome'>): number | null {
  return outcome.kind === 'answered' ? outcome.status : null
}

/** The same request may well succeed a moment later. The client's own time-out counts. */
export function isTransient({ outcome }: Exchange): boolean {
  if (outcome.kind === 'answered') return transientStatuses.has(outcome.status)
  return outcome.kind === 'failed' || outcome.kind === 'aborted'
}

/** Codes of certificates that the client does not believe. It is right, and they must be mended by whoever runs the service. */
const certificateCodes: ReadonlySet<string> = new Set([
  'CERT_HAS_EXPIRED',
  'ERR_TLS_CERT_ALTNAME_INVALID',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
])

/** Trying again within seconds is pointless, and does no harm: neither is asked of a client. */
export function isOfCertificate({ outcome }: Exchange): boolean {
  return outcome.kind === 'failed' && certificateCodes.has(outcome.code)
}

/** The same request will be answered the same again. With Retry-After the server says otherwise (403 and 413 as a limit). */
export function isPermanent(exchange: Exchange): boolean {
  const status = statusOf(exchange)
  return status !== null && permanentStatuses.has(status) && exchange.head?.retryAfter === undefined
}

/** The server cannot have seen it. */
export function neverSent({ outcome }: Exchange): boolean {
  return outcome.kind === 'failed' && outcome.phase === 'connect'
}

/** The same, and the client could tell by the code: a reset does not say whether it came in the handshake. */
export function isKnownUnsent(exchange: Exchange): boolean {
  return neverSent(exchange) && exchange.outcome.kind === 'failed' && exchange.outcome.code !== 'ECONNRESET'
}

export function isSafe({ sent }: Exchange): boolean {
  return safeMethods.has(sent.method)
}

export function isIdempotent({ sent }: Exchange): boolean {
  return idempotentMethods.has(sent.method)
}

/** Asked while its process was away, so that nothing was ever begun. */
export function foundNobody({ settled, exchanges }: Operation): boolean {
  return settled?.kind === 'operation.unknown' && settled.reason === 'crashed' && exchanges.length === 0
}

/** The client sent it before it knew how the earlier one ended. */
export function overlaps(earlier: Exchange | undefined, later: Exchange): boolean {
  return earlier !== undefined && (earlier.end === null || earlier.end.seq > later.sent.seq)
}
