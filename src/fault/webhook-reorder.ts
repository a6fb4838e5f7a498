// Webhook reorder: each notification is late by a time of its own, so that later ones overtake earlier ones.
// The client hears of a change after it heard of what followed.

import { z } from 'zod'
import { formatDuration } from '#clock/instant.ts'
import { defineFault } from './fault.ts'
import { positiveMs } from './units.ts'

export const webhookReorder = defineFault({
  kind: 'webhook-reorder',
  acts: 'disturbs',
  shapes: 'magnitude',
  schema: z.strictObject({
    by: positiveMs('without a delay nothing overtakes').describe('How late a notification is at most, as in "30s".'),
  }),
  explain: ({ by }) => `Notifications overtake each other: each is late by up to ${formatDuration(by)}.`,
  disturb: ({ by }, _notification, intensity, random) => ({ kind: 'delay', ms: random.next() * by * intensity }),
})
