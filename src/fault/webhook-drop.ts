// Webhook drop: the platform never delivers a notification, and does not try again.
// The client hears nothing of a change, and finds out only by asking.

import { z } from 'zod'
import { defineFault } from './fault.ts'

export const webhookDrop = defineFault({
  kind: 'webhook-drop',
  acts: 'disturbs',
  shapes: 'share',
  schema: z.strictObject({}),
  explain: () => 'Notifications are never delivered.',
  disturb: () => ({ kind: 'drop' }),
})
