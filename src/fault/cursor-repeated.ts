// Cursor repeated: each page but the first names itself as the next one, so that the list never ends.
// The client that follows cursors without looking at them reads the same page for ever.

import { z } from 'zod'
import { defineFault, type FaultReply } from './fault.ts'
import { cursorOf, isObject, objectIn } from './page-cursor.ts'

export const cursorRepeated = defineFault({
  kind: 'cursor-repeated',
  acts: 'decides',
  shapes: 'share',
  schema: z.strictObject({}),
  effects: () => ['none'],
  explain: () => 'Each page but the first names itself as the next one, so the list never ends.',
  decide: (_params, exchange) => {
    const cursor = cursorOf(exchange)
    if (cursor === undefined) return { kind: 'pass' }
    return { kind: 'rewrite', keepsContent: true, edit: (reply) => repeated(reply, cursor) }
  },
})

function repeated(reply: FaultReply, cursor: string): FaultReply {
  if (reply.status !== 200 || typeof reply.body !== 'string') return reply
  const list = objectIn(reply.body)
  const { pages } = list
  if (!isObject(pages)) return reply
  const next = {
    ...(isObject(pages['next']) ? pages['next'] : { per_page: pages['per_page'] }),
    starting_after: cursor,
  }
  return { ...reply, body: JSON.stringify({ ...list, pages: { ...pages, next } }) }
}
