// Replies in the words of Meta's Graph API.

import type { Prng } from '#random/prng.ts'
import type { Reply } from '../service.ts'

export type GraphError = {
  readonly message: string
  readonly type: 'OAuthException' | 'GraphMethodException'
  readonly code: number
  readonly subcode?: number
}

const version = 'v23.0'
const traceAlphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-'

export const wrongToken: GraphError = {
  message: 'Invalid OAuth access token - Cannot parse access token',
  type: 'OAuthException',
  code: 190,
}

export const unknownPath: GraphError = {
  message: 'Unknown path components',
  type: 'OAuthException',
  code: 2_500,
}

/** What Graph says of ids that it never knew, of those it has forgotten, and of verbs that they do not take. */
export function unsupported(verb: string, id: string): GraphError {
  return {
    message: `Unsupported ${verb.toLowerCase()} request. Object with ID '${id}' does not exist, cannot be loaded due to missing permissions, or does not support this operation. Please read the Graph API documentation at https://developers.facebook.com/docs/graph-api`,
    type: 'GraphMethodException',
    code: 100,
    subcode: 33,
  }
}

export function jsonReply(status: number, body: unknown, random: Prng, more: Reply['headers'] = []): Reply {
  const headers: Reply['headers'] = [
    ['content-type', 'application/json; charset=UTF-8'],
    ['facebook-api-version', version],
    ['cache-control', 'no-store'],
    ['x-fb-trace-id', traceId(random)],
    ...more,
  ]
  return { status, headers, body: JSON.stringify(body), contains: {}, effects: [] }
}

export function graphErrorReply(status: number, error: GraphError, random: Prng, more: Reply['headers'] = []): Reply {
  const { message, type, code, subcode } = error
  const trace = { fbtrace_id: traceId(random) }
  const body = { message, type, code, ...(subcode === undefined ? {} : { error_subcode: subcode }), ...trace }
  const challenge: Reply['headers'] =
    status === 401 ? [['www-authenticate', `OAuth "Facebook Platform" "invalid_token" "${message}"`]] : []
  return jsonReply(status, { error: body }, random, [...challenge, ...more])
}

/** The same for one exchange, wherever it is written. */
function traceId(random: Prng): string {
  const own = random.fork('trace')
  return `A${Array.from({ length: 10 }, () => traceAlphabet[own.integer(0, traceAlphabet.length - 1)]).join('')}`
}
