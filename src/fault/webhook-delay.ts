// Webhook delay: notifications come late, all by the same time and so in the same order.
// The client hears of changes when it may have seen newer ones by asking.

import { z } from 'zod'
import { formatDuration } from '#clock/instant.ts'
import { defineFault } from './fault.ts'
import { positiveMs } from './units.ts'

export const webhookDelay = defineFault({
  kind: 'webhook-delay',
  acts: 'disturbs',
  shapes: 'magnitude',
  schema: z.strictObject({
    by: positiveMs('a delay of nothing changes nothing').describe('How late they are, as in "20m".'),
  }),
  explain: ({ by }) => `Notifications are late by ${formatDuration(by)}.`,
  disturb: ({ by }, _notification, intensity) => ({ kind: 'delay', ms: by * intensity }),
})
