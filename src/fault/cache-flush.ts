// Cache flush: everything in the client's cache is gone when the fault begins, and again each time that its shape comes back.
// The client finds nothing where it looks first, for all its customers at the same moment.

import { z } from 'zod'
import { defineFault } from './fault.ts'

export const cacheFlush = defineFault({
  kind: 'cache-flush',
  acts: 'imposes',
  on: 'cache',
  shapes: 'magnitude',
  schema: z.strictObject({}),
  explain: () => "The client's cache is emptied and serves on.",
  impose: () => [{ kind: 'cache-emptied' }],
})
