// Connection refused: there is nobody to talk to at the other end.
// The client sees `fetch failed` with ECONNREFUSED. The request never left, so it has no effect and is safe to repeat.

import { z } from 'zod'
import { defineFault } from './fault.ts'

export const connectionRefused = defineFault({
  kind: 'connection-refused',
  acts: 'decides',
  shapes: 'share',
  schema: z.strictObject({}),
  effects: () => ['none'],
  explain: () => 'The connection is refused at once.',
  decide: () => ({ kind: 'abort', effect: 'none', phase: 'connect', code: 'ECONNREFUSED' }),
})
