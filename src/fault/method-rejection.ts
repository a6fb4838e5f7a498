// Method rejection: some of the upstream servers answer a method with 405, the others honour it.
// The client sees the same request fail and succeed by turns, because each exchange may reach another server.

import { z } from 'zod'
import type { Prng } from '#random/prng.ts'
import { apiError } from './api-error.ts'
import { defineFault, type ExchangeView, type FaultReply } from './fault.ts'
import { httpMethods } from './http-method.ts'
import { errorFor } from './status-text.ts'

const count = (what: string) =>
  z
    .int({ error: `write ${what}, a whole number from 1 to 1000` })
    .min(1)
    .max(1_000)

const schema = z
  .strictObject({
    methods: z
      .array(z.enum(httpMethods, { error: `write methods in capitals, such as "POST"` }))
      .min(1, { error: 'without a method nothing is rejected' })
      .default(['POST'])
      .describe('The methods that are rejected.'),
    servers: count('how many servers there are').default(1).describe('How many upstream servers share the work.'),
    rejecting: count('how many servers reject').optional().describe('How many of them reject. Default: all.'),
  })
  .refine(({ servers, rejecting = servers }) => rejecting <= servers, {
    error: 'more servers reject than there are',
    path: ['rejecting'],
  })

export const methodRejection = defineFault({
  kind: 'method-rejection',
  acts: 'decides',
  shapes: 'share',
  schema,
  // As with every status that says the client is wrong: who does not honour a method has done nothing (RFC 9110, 15.5.6).
  effects: () => ['none'],
  explain: ({ methods, servers, rejecting = servers }) => {
    const who = rejecting === servers ? 'The service answers' : `${rejecting} of ${servers} upstream servers answer`
    return `${who} ${methods.join(' and ')} requests with 405 Method Not Allowed.`
  },
  decide: ({ methods, servers, rejecting = servers }, exchange, effect, _intensity, random) => {
    if (!(methods as readonly string[]).includes(exchange.method.toUpperCase())) return { kind: 'pass' }
    const server = random.fork('server').integer(1, servers)
    if (server > rejecting) return { kind: 'pass' }
    return { kind: 'respond', effect, ...rejection(methods, exchange, random) }
  },
})

/** In the words of the API that was asked. */
function rejection(methods: readonly string[], { method, product }: ExchangeView, random: Prng): FaultReply {
  if (product !== 'graph' && product !== 'media') return apiError(405, errorFor(405), random)
  const trace = Array.from({ length: 11 }, () => random.integer(0, 35).toString(36)).join('')
  const error = {
    message: `Unsupported ${method.toLowerCase()} request. The method ${method} is not allowed for this endpoint.`,
    type: 'GraphMethodException',
    code: 100,
    error_subcode: 33,
    fbtrace_id: `A${trace}`,
  }
  const allowed = ['GET', 'POST', 'DELETE'].filter((each) => !methods.includes(each))
  return {
    status: 405,
    headers: [
      ['content-type', 'application/json; charset=UTF-8'],
      ['allow', allowed.join(', ')],
    ],
    body: JSON.stringify({ error }),
  }
}
