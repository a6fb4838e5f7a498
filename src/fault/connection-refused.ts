// Connection refused: there is nobody to talk to. Refused at once, no such host, or no answer to the attempt to connect.
// The client sees `fetch failed` with the cause's code. The request never left, so it has no effect and is safe to repeat.

import { z } from 'zod'
import { defineFault } from './fault.ts'

const sentences = {
  ECONNREFUSED: 'The connection is refused at once.',
  ENOTFOUND: 'The name of the host cannot be resolved.',
  UND_ERR_CONNECT_TIMEOUT: 'The attempt to connect is never answered and times out.',
} as const

export const connectionRefused = defineFault({
  kind: 'connection-refused',
  acts: 'decides',
  shapes: 'share',
  schema: z.strictObject({
    code: z
      .enum(['ECONNREFUSED', 'ENOTFOUND', 'UND_ERR_CONNECT_TIMEOUT'], {
        error: 'write "ECONNREFUSED" (refused), "ENOTFOUND" (no such host) or "UND_ERR_CONNECT_TIMEOUT" (silence)',
      })
      .default('ECONNREFUSED')
      .describe('The cause as Node reports it.'),
  }),
  effects: () => ['none'],
  explain: ({ code }) => sentences[code],
  decide: ({ code }) => ({ kind: 'abort', effect: 'none', phase: 'connect', code }),
})
