// For tests: asks a simulated service as a client would, without a network.

import { createPrng } from '#random/prng.ts'
import type { Reply, Service, ServiceRequest } from '../service.ts'
import { createIntercom } from './intercom.ts'
import type { Intercom, IntercomOptions } from './intercom.ts'

const startMs = 1_777_287_600_000
export const startSeconds = startMs / 1_000

export function testIntercom(options: Partial<IntercomOptions> = {}): Intercom {
  const workspaces = [
    { name: 'ours', region: 'au' },
    { name: 'sibling', region: 'us' },
  ]
  return createIntercom({
    workspaces,
    random: createPrng('seed'),
    startMs,
    contacts: 30,
    conversations: 12,
    ...options,
  })
}

export type Question = {
  readonly host?: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: unknown
  readonly at?: number
}

/** Asks for the workspace `ours`; a string body is sent as it is. */
export function ask(intercom: Intercom, method: string, path: string, question: Question = {}): Reply {
  return intercom.handle(requestOf(intercom, method, path, question), question.at ?? 0, createPrng('exchange', path))
}

export function requestOf(intercom: Intercom, method: string, path: string, question: Question = {}): ServiceRequest {
  const { host = 'api.au.intercom.io', headers = {}, body } = question
  return {
    method,
    url: new URL(path, `https://${host}`),
    headers: { authorization: `Bearer ${intercom.tokens['ours']}`, accept: '*/*', ...headers },
    body: body === undefined ? '' : typeof body === 'string' ? body : JSON.stringify(body),
  }
}

export type Json = { readonly [name: string]: Json } & readonly Json[] & { readonly length: number }

/** The reply's body, whose shape the test then states. */
export function json(reply: Reply): Json {
  return JSON.parse(reply.body ?? 'null') as Json
}

export function header(reply: Reply, name: string): string | undefined {
  return reply.headers.find(([known]) => known === name)?.[1]
}

/** A `fetch` that the services answer at once, at the time that `now` tells. */
export function serviceFetch(services: readonly Service[], now: () => number = () => 0): typeof fetch {
  let exchanges = 0
  return (input, init) => {
    const request = new Request(input, init)
    const url = new URL(request.url)
    const service = services.find(({ hosts }) => hosts.some(({ host }) => host === url.hostname))
    if (!service) return Promise.reject(new TypeError('fetch failed'))
    exchanges += 1
    const random = createPrng('exchange', exchanges)
    return request.text().then((body) => {
      const headers = Object.fromEntries(request.headers)
      const reply = service.handle({ method: request.method, url, headers, body }, now(), random)
      return new Response(reply.body, {
        status: reply.status,
        headers: reply.headers.map(([name, value]) => [name, value]),
      })
    })
  }
}
