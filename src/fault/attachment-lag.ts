// Attachment lag: messages arrive in time, their attachments later.
// The client sees a conversation whose attachments are missing, with nothing to tell that there will be any.

import { z } from 'zod'
import { formatDuration } from '#clock/instant.ts'
import { defineFault } from './fault.ts'
import { positiveMs } from './units.ts'

export const attachmentLag = defineFault({
  kind: 'attachment-lag',
  acts: 'imposes',
  on: 'workspace',
  shapes: 'magnitude',
  schema: z.strictObject({
    lag: positiveMs('a lag of nothing changes nothing').describe(
      'How long an attachment comes after its message, as in "3d".',
    ),
  }),
  explain: ({ lag }) => `Attachments show up in conversations ${formatDuration(lag)} after their message.`,
  impose: ({ lag }, intensity) => [{ kind: 'attachment-lag', ms: lag * intensity }],
})
