// Slow drip: the headers come in time, the body then trickles in.
// The client sees an answer that has begun, so a limit on the wait for headers does not end it; only one on the whole does.

import { z } from 'zod'
import { formatDuration } from '#clock/instant.ts'
import { defineFault } from './fault.ts'
import { positiveMs } from './units.ts'

export const slowDrip = defineFault({
  kind: 'slow-drip',
  acts: 'decides',
  shapes: 'magnitude',
  schema: z.strictObject({
    over: positiveMs('a body that takes no time does not drip').describe('How long the body takes, as in "30s".'),
  }),
  effects: () => ['none'],
  explain: ({ over }) => `Answers begin in time, but their body takes ${formatDuration(over)} to come in.`,
  decide: ({ over }, _exchange, _effect, intensity) => ({ kind: 'drip', ms: over * intensity }),
})
