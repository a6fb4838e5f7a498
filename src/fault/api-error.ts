// Replies that a fault writes in the name of the API, or of the gateway in front of it, as they are seen on the wire.

import type { Prng } from '#random/prng.ts'
import type { FaultReply, Pairs } from './fault.ts'
import { reasonFor, type ErrorEntry } from './status-text.ts'

/** JSON in the API's own shape, with a request id and without rate limits. */
export function apiError(status: number, error: ErrorEntry, random: Prng): FaultReply {
  const requestId = drawUuid(random)
  return {
    status,
    headers: [
      ['content-type', 'application/json; charset=utf-8'],
      ['x-request-id', requestId],
    ],
    body: JSON.stringify({ type: 'error.list', request_id: requestId, errors: [error] }),
    ofApi: true,
  }
}

/** HTML without a request id: the load balancer answered by itself. */
export function gatewayError(status: number): FaultReply {
  return {
    status,
    headers: [
      ['server', 'awselb/2.0'],
      ['content-type', 'text/html'],
    ],
    body: gatewayPage(`${status} ${reasonFor(status)}`),
  }
}

export function gatewayPage(title: string): string {
  return `<html><head><title>${title}</title></head><body><center><h1>${title}</h1></center></body></html>`
}

export function headerOf(headers: Pairs, wanted: string): string | undefined {
  return headers.find(([name]) => name.toLowerCase() === wanted)?.[1]
}

/** `undefined` removes the header. A new one goes to the end. */
export function withHeader(headers: Pairs, wanted: string, value: string | undefined): Pairs {
  const others = headers.filter(([name]) => name.toLowerCase() !== wanted)
  return value === undefined ? others : [...others, [wanted, value]]
}

/** A version 4 UUID. */
function drawUuid(random: Prng): string {
  const digits = (count: number): string =>
    Array.from({ length: count }, () => random.integer(0, 15).toString(16)).join('')
  return `${digits(8)}-${digits(4)}-4${digits(3)}-${(8 + random.integer(0, 3)).toString(16)}${digits(3)}-${digits(12)}`
}
