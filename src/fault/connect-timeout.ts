// Connect timeout: the attempt to connect is never answered, as behind a firewall that drops packets.
// The client sees nothing for ten seconds, then `fetch failed` with UND_ERR_CONNECT_TIMEOUT. The request never left.

import { z } from 'zod'
import { defineFault } from './fault.ts'

export const connectTimeout = defineFault({
  kind: 'connect-timeout',
  acts: 'decides',
  shapes: 'share',
  schema: z.strictObject({}),
  effects: () => ['none'],
  explain: () => 'The attempt to connect is never answered and times out.',
  decide: () => ({ kind: 'abort', effect: 'none', phase: 'connect', code: 'UND_ERR_CONNECT_TIMEOUT' }),
})
