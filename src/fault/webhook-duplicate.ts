// Webhook duplicate: a notification that was delivered comes again, soon or days later, word for word.
// The client sees an id that it has seen before.

import { z } from 'zod'
import { formatDuration } from '#clock/instant.ts'
import { defineFault } from './fault.ts'
import { positiveMs } from './units.ts'

const words = 'write how often it is repeated, 1 to 20'

export const webhookDuplicate = defineFault({
  kind: 'webhook-duplicate',
  acts: 'disturbs',
  shapes: 'share',
  schema: z.strictObject({
    times: z.int({ error: words }).min(1, words).max(20, words).default(1).describe('How often it is repeated.'),
    after: positiveMs('two deliveries are not at the same time')
      .prefault('5s')
      .describe('The time between two deliveries, as in "5s" or "3d".'),
  }),
  explain: ({ times, after }) => {
    const again = times === 1 ? 'once more' : `${times} times more`
    return `Notifications are delivered ${again}, each time after ${formatDuration(after)}.`
  },
  disturb: ({ times, after }) => ({ kind: 'repeat', times, afterMs: after }),
})
