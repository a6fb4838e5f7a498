// Cache restart: the client's cache is killed when the fault begins and started again, empty, when it ends. The client loses its
// connections and is refused new ones; afterwards it finds nothing.

import { z } from 'zod'
import { defineFault } from './fault.ts'

export const cacheRestart = defineFault({
  kind: 'cache-restart',
  acts: 'imposes',
  on: 'cache',
  shapes: 'magnitude',
  schema: z.strictObject({}),
  explain: () => "The client's cache is killed, refuses connections, and is empty when it is back at the end.",
  impose: () => [{ kind: 'cache-gone' }],
})
