// Token revoked: the tokens of a workspace are valid no more. A rotation gives it new ones, which are.
// The client sees a 401 without rate limit headers, for everything, until it uses a token that was issued later.

import { z } from 'zod'
import { apiError } from './api-error.ts'
import { defineFault } from './fault.ts'

const reasons = {
  revoked: {
    error: { code: 'token_revoked', message: 'The access token has been revoked' },
    words: 'has been revoked',
  },
  expired: { error: { code: 'token_expired', message: 'The access token has expired' }, words: 'has expired' },
  'wrong-environment': {
    error: { code: 'unauthorized', message: 'Access Token Invalid' },
    words: 'belongs to another environment',
  },
} as const

const reasonNames = Object.keys(reasons) as [keyof typeof reasons, ...(keyof typeof reasons)[]]

export const tokenRevoked = defineFault({
  kind: 'token-revoked',
  acts: 'decides',
  shapes: 'share',
  schema: z.strictObject({
    reason: z
      .enum(reasonNames, { error: `write one of ${reasonNames.join(', ')}` })
      .default('revoked')
      .describe('Why the token is refused.'),
    rotations: z
      .int({ error: 'write how many rotations it takes, 1 to 100' })
      .min(1)
      .max(100)
      .default(1)
      .describe('Which tokens are valid: those that were issued by so many rotations or more.'),
  }),
  effects: () => ['none'],
  explain: ({ reason, rotations }) => {
    const until = rotations === 1 ? 'a rotation' : `${rotations} rotations`
    return `The access token ${reasons[reason].words}: requests are refused with 401 until ${until} gave a new one.`
  },
  decide: ({ reason, rotations }, { tokenGeneration }, _effect, _intensity, random) =>
    // A token that nobody knows is the service's business.
    tokenGeneration === null || tokenGeneration >= rotations
      ? { kind: 'pass' }
      : { kind: 'respond', effect: 'none', ...apiError(401, reasons[reason].error, random) },
})
