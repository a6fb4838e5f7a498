// Errors as Intercom and the gateway in front of it send them: JSON in the `error.list` shape from the API, HTML from nginx.

import type { Reply } from '../service.ts'
import type { ApiError } from './answer.ts'

export type Headers = Reply['headers']

export const jsonType = ['content-type', 'application/json; charset=utf-8'] as const
const htmlHeaders: Headers = [
  ['content-type', 'text/html'],
  ['server', 'nginx'],
]

export function errorReply(
  status: number,
  error: ApiError | readonly ApiError[],
  more: { readonly requestId?: string; readonly headers?: Headers } = {},
): Reply {
  const requestId = more.requestId === undefined ? {} : { request_id: more.requestId }
  const reasons = 'code' in error ? [error] : error
  const errors = reasons.map(({ code, message }) => ({ code, message }))
  const body = { type: 'error.list', ...requestId, errors }
  return bare(status, more.headers ?? [jsonType], JSON.stringify(body))
}

/** The API itself has no capacity left: JSON, without a request id. */
export function overloadedReply(): Reply {
  return errorReply(503, {
    code: 'service_unavailable',
    message: 'Sorry, the API service is temporarily unavailable',
  })
}

export function gatewayTimeoutReply(): Reply {
  return bare(504, htmlHeaders, gatewayPage('504 Gateway Time-out'))
}

export function badGatewayReply(): Reply {
  return bare(502, htmlHeaders, gatewayPage('502 Bad Gateway'))
}

function gatewayPage(title: string): string {
  return `<html><head><title>${title}</title></head><body><center><h1>${title}</h1></center></body></html>`
}

function bare(status: number, headers: Headers, body: string): Reply {
  return { status, headers, body, contains: {}, effects: [] }
}
