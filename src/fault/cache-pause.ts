// Cache pause: the client's cache stops where it is and goes on afterwards, with all it had. Connections stay open and are even
// accepted; the client waits for answers that do not come.

import { z } from 'zod'
import { defineFault } from './fault.ts'

export const cachePause = defineFault({
  kind: 'cache-pause',
  acts: 'imposes',
  on: 'cache',
  shapes: 'magnitude',
  schema: z.strictObject({}),
  explain: () => "The client's cache answers nothing, and goes on afterwards where it was.",
  impose: () => [{ kind: 'cache-paused' }],
})
