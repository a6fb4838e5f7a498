// Scope removed: the app lost a permission, or the workspace its plan.
// The client sees a 403 for some of its requests while the rest works; no retry and no new token helps.

import { z } from 'zod'
import { apiError } from './api-error.ts'
import { defineFault } from './fault.ts'
import { oauthScopes, scopeNeeded } from './oauth-scope.ts'

const reasons = {
  permission: { code: 'forbidden', message: 'You do not have permission to access this resource' },
  plan: { code: 'api_plan_restricted', message: 'Active subscription needed.' },
} as const

export const scopeRemoved = defineFault({
  kind: 'scope-removed',
  acts: 'decides',
  shapes: 'share',
  schema: z.strictObject({
    scope: z
      .enum(oauthScopes, { error: `write one of ${oauthScopes.join(', ')}` })
      .optional()
      .describe('The permission of the OAuth app that is gone. Default: everything that the fault is scoped to.'),
    reason: z
      .enum(['permission', 'plan'], { error: 'write "permission" or "plan"' })
      .default('permission')
      .describe('What is missing: the permission, or a subscription that includes the API.'),
  }),
  effects: () => ['none'],
  explain: ({ scope, reason }) => {
    const what = scope === undefined ? 'Requests are' : `Requests that need the scope ${scope} are`
    return `${what} refused with 403, because ${reason === 'plan' ? 'the plan does not include them' : 'the permission is gone'}.`
  },
  decide: ({ scope, reason }, exchange, _effect, _intensity, random) =>
    scope === undefined || scopeNeeded(exchange) === scope
      ? { kind: 'respond', effect: 'none', ...apiError(403, reasons[reason], random) }
      : { kind: 'pass' },
})
