// Overlong body: more comes than the head has said, as from a proxy that counts the bytes of a compressed body and sends the plain one.
// The client sees a success that ends early: what is beyond the length it was told is no part of the body, and ends the connection.

import { z } from 'zod'
import { defineFault } from './fault.ts'

export const overlongBody = defineFault({
  kind: 'overlong-body',
  acts: 'decides',
  shapes: 'share',
  schema: z.strictObject({}),
  effects: () => ['none'],
  explain: () => 'The body of a success is longer than its Content-Length, so that it seems to end in its middle.',
  decide: () => ({
    kind: 'rewrite',
    edit: (reply) => {
      const { status, body } = reply
      if (status < 200 || status > 299 || body === null || body.length < 2) return reply
      const told = Math.floor(body.length / 2)
      return { ...reply, body: body.slice(0, told), surplus: body.slice(told) }
    },
  }),
})
