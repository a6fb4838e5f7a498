// Status: the service, or the gateway in front of it, answers with a status code of the fault's choice.
// The client sees an ordinary response: in the API's own error shape with a request id, a gateway's HTML without one, nothing,
// or any text. Bodies are the ones seen on the wire.

import { z } from 'zod'
import type { Prng } from '#random/prng.ts'
import { apiError, gatewayError } from './api-error.ts'
import { defineFault, type FaultReply } from './fault.ts'
import { errorFor, reasonFor } from './status-text.ts'

/** Statuses to which HTTP allows no body. */
const bodiless: readonly number[] = [204, 205, 304]

const shapeNames = ['error-list', 'html', 'empty'] as const
const schema = z
  .strictObject({
    code: z
      .int({ error: codeError })
      .min(200, { error: codeError })
      .max(599, { error: codeError })
      .describe('The status.'),
    body: z
      .union(
        [
          z.enum(shapeNames),
          z.strictObject({
            text: z.string(),
            type: z
              .string()
              .regex(/^[\w.+-]+\/[\x20-\x7e]+$/u)
              .default('text/plain'),
          }),
        ],
        { error: `write ${shapeNames.map((name) => `"${name}"`).join(', ')} or { text: ..., type: text/plain }` },
      )
      .default('error-list')
      .describe(
        "The API's own error shape, a gateway's HTML page, nothing, or a text of its own with its content type.",
      ),
    retryAfter: z
      .string({ error: 'the header Retry-After is a text; write a number of seconds in quotes' })
      .regex(/^[\x20-\x7e]*$/u, { error: 'a header is printable ASCII' })
      .optional()
      .describe('The header Retry-After exactly as sent: seconds, a date, or something no client expects.'),
  })
  .refine(({ code, body }) => body === 'empty' || !bodiless.includes(code), {
    error: 'a response of this status has no body; write "empty"',
    path: ['body'],
  })

function codeError({ input }: { input?: unknown }): string {
  return input === undefined
    ? 'a status code is needed here, such as 503'
    : `${JSON.stringify(input)} is not the status code of a response, 200 to 599`
}

type Params = z.infer<typeof schema>

export const status = defineFault({
  kind: 'status',
  acts: 'decides',
  shapes: 'share',
  schema,
  asksMs: ({ retryAfter }) =>
    retryAfter !== undefined && /^\d+$/u.test(retryAfter) ? Number(retryAfter) * 1_000 : undefined,
  // Who says that the client is wrong has not done it (RFC 9110, 15.5; RFC 6585), and may be believed; but for 408, of which nobody knows.
  effects: ({ code }) => (code >= 400 && code < 500 && code !== 408 ? ['none'] : ['none', 'committed']),
  explain: ({ code, body, retryAfter }) => {
    const header = retryAfter === undefined ? '' : ` and "Retry-After: ${retryAfter}"`
    return `The answer is ${code} ${reasonFor(code)} with ${bodyName(body)}${header}.`
  },
  decide: ({ code, body, retryAfter }, _exchange, effect, _intensity, random) => {
    const reply = write(code, body, random)
    const headers = retryAfter === undefined ? reply.headers : [...reply.headers, ['retry-after', retryAfter] as const]
    return { kind: 'respond', effect, ...reply, headers }
  },
})

function bodyName(body: Params['body']): string {
  switch (body) {
    case 'error-list':
      return "an error in the API's own shape"
    case 'html':
      return "a gateway's HTML page"
    case 'empty':
      return 'no body'
    default:
      return `a body of type ${body.type}`
  }
}

function write(code: number, body: Params['body'], random: Prng): FaultReply {
  switch (body) {
    case 'error-list':
      return apiError(code, errorFor(code), random)
    case 'html':
      return gatewayError(code)
    case 'empty':
      return { status: code, headers: [['server', 'awselb/2.0']], body: null }
    default:
      return { status: code, headers: [['content-type', body.type]], body: body.text }
  }
}
