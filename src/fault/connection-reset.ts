// Connection reset: the connection breaks after the request was sent, before the headers or in the middle of the body.
// The client sees `fetch failed` (headers) or `terminated` (body), and cannot know whether the server did the work.

import { z } from 'zod'
import { defineFault } from './fault.ts'

export const connectionReset = defineFault({
  kind: 'connection-reset',
  acts: 'decides',
  shapes: 'share',
  schema: z.strictObject({
    phase: z
      .enum(['headers', 'body'], { error: 'write "headers" (before any answer) or "body" (in the middle of it)' })
      .default('headers')
      .describe('What the client was waiting for when the connection broke.'),
    code: z
      .enum(['ECONNRESET', 'UND_ERR_SOCKET'], { error: 'write "ECONNRESET" (reset) or "UND_ERR_SOCKET" (closed)' })
      .default('ECONNRESET')
      .describe('The cause as Node reports it: the peer reset the connection, or just closed it.'),
  }),
  explain: ({ phase, code }) => {
    const breaks = code === 'ECONNRESET' ? 'is reset' : 'is closed by the server'
    return `The connection ${breaks} ${phase === 'headers' ? 'before any answer' : 'in the middle of the body'}.`
  },
  decide: ({ phase, code }, _exchange, effect) => ({ kind: 'abort', effect, phase, code }),
})
