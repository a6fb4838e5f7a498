// Where a redirect leads, by the rules of the fetch standard as Node applies them: method and body, credentials, and the
// ways in which following fails.

import type { FaultReply } from '#fault/fault.ts'
import type { ServiceRequest } from '#server/service.ts'
import { headerOf } from './response-facts.ts'

const redirects = new Set([301, 302, 303, 307, 308])
const ofTheBody = ['content-encoding', 'content-language', 'content-location', 'content-type', 'content-length']
const ofTheOrigin = ['authorization', 'proxy-authorization', 'cookie', 'host']

export function isRedirect(reply: FaultReply): boolean {
  return redirects.has(reply.status) && headerOf(reply.headers, 'location') !== undefined
}

/** The request to send next, or why there is none. A streamed body cannot be sent twice. */
export function follow(asked: ServiceRequest, reply: FaultReply, streamedBody: boolean): ServiceRequest | Error {
  const location = headerOf(reply.headers, 'location') ?? ''
  const url = parse(location, asked.url)
  if (url instanceof Error) return url
  if (url.protocol !== 'http:' && url.protocol !== 'https:') return new Error('URL scheme must be a HTTP(S) scheme')
  const foreign = url.origin !== asked.url.origin
  // Node says so of any origin, the request's own included.
  if (url.username !== '' || url.password !== '') return new Error('cross origin not allowed for request mode "cors"')
  if (reply.status !== 303 && streamedBody) return new Error()
  const asGet = becomesGet(asked.method, reply.status)
  const dropped = [...(asGet ? ofTheBody : []), ...(foreign ? ofTheOrigin : [])]
  const headers = Object.entries(asked.headers).filter(([name]) => !dropped.includes(name))
  return {
    method: asGet ? 'GET' : asked.method,
    url,
    headers: Object.fromEntries(headers),
    body: asGet ? '' : asked.body,
  }
}

function becomesGet(method: string, status: number): boolean {
  if (status === 301 || status === 302) return method === 'POST'
  return status === 303 && method !== 'GET' && method !== 'HEAD'
}

function parse(location: string, base: URL): URL | Error {
  try {
    const url = new URL(location, base)
    if (url.hash === '') url.hash = base.hash
    return url
  } catch (error) {
    return error as Error
  }
}
