// Webhook forge: somebody who is not the platform sends notifications of the same kind to the same address.
// The client sees a signature that does not fit, or none; one that does not check it believes what is not so.

import { z } from 'zod'
import { defineFault } from './fault.ts'

const sentences = {
  wrong: 'with a signature made with another secret',
  missing: 'without a signature',
  'of-another-body': 'with the signature of a genuine one',
} as const

const signatures = Object.keys(sentences) as [keyof typeof sentences, ...(keyof typeof sentences)[]]

export const webhookForge = defineFault({
  kind: 'webhook-forge',
  acts: 'disturbs',
  shapes: 'share',
  schema: z.strictObject({
    signature: z
      .enum(signatures, { error: `write one of ${signatures.join(', ')}` })
      .default('wrong')
      .describe('How the forged notification is signed.'),
  }),
  explain: ({ signature }) => `Somebody else sends notifications too, ${sentences[signature]}.`,
  disturb: ({ signature }) => ({ kind: 'forge', signature }),
})
