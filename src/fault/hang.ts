// Hang: the connection stays open and nothing more comes, before the headers or in the middle of the body.
// The client sees silence. Only its own time limit ends it, or its HTTP stack's (undici: 300 s).

import { z } from 'zod'
import { defineFault } from './fault.ts'

export const hang = defineFault({
  kind: 'hang',
  acts: 'decides',
  shapes: 'share',
  schema: z.strictObject({
    phase: z
      .enum(['headers', 'body'], {
        error: 'write "headers" (nothing comes at all) or "body" (the answer stops midway)',
      })
      .default('headers')
      .describe('What never comes: the headers, or the rest of the body.'),
  }),
  explain: ({ phase }) =>
    phase === 'headers'
      ? 'The server takes the request and never answers.'
      : 'The server begins to answer and stops in the middle of the body, with the connection open.',
  decide: ({ phase }, _exchange, effect) => ({ kind: 'hang', effect, phase }),
})
