// DNS failure: the name of the host cannot be resolved.
// The client sees `fetch failed` with ENOTFOUND at once. The request never left, so it has no effect and is safe to repeat.

import { z } from 'zod'
import { defineFault } from './fault.ts'

export const dnsFailure = defineFault({
  kind: 'dns-failure',
  acts: 'decides',
  shapes: 'share',
  schema: z.strictObject({}),
  effects: () => ['none'],
  explain: () => 'The name of the host cannot be resolved.',
  decide: () => ({ kind: 'abort', effect: 'none', phase: 'connect', code: 'ENOTFOUND' }),
})
