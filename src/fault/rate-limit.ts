// Rate limit: the provider allows a workspace fewer calls than usual.
// The client sees 429s with the usual headers, which tell of the smaller window.

import { z } from 'zod'
import { defineFault } from './fault.ts'
import { formatRate, ratePerSecond } from './units.ts'

/** Whoever is refused is asked to come back in the next window, as Intercom documents it. */
export const limitWindowMs = 10_000

const limit = ratePerSecond.refine((rate) => rate > 0, { error: 'a limit of nothing is no limit' })

export const rateLimit = defineFault({
  kind: 'rate-limit',
  acts: 'imposes',
  on: 'workspace',
  shapes: 'magnitude',
  schema: z
    .strictObject({
      app: limit.optional().describe('Calls of one app on the workspace, as in "1000/min".'),
      workspace: limit.optional().describe('Calls of all apps together, as in "2500/min".'),
    })
    .refine(({ app, workspace }) => app !== undefined || workspace !== undefined, {
      error: 'write the limit of the app, of the workspace, or both',
    }),
  asksMs: () => limitWindowMs,
  denser: ({ app, workspace }, by) => ({
    ...(app !== undefined && { app: app * by }),
    ...(workspace !== undefined && { workspace: workspace * by }),
  }),
  explain: ({ app, workspace }) => {
    const limits = [
      app === undefined ? [] : `each app may make ${formatRate(app)}`,
      workspace === undefined ? [] : `all apps together ${formatRate(workspace)}`,
    ].flat()
    return `Fewer calls than usual are allowed: ${limits.join(', ')}.`
  },
  // Half of its force is twice the limit, so a ramp comes down to it.
  impose: ({ app, workspace }, intensity) => [
    {
      kind: 'rate-limit',
      ...(app !== undefined && { appPerMinute: perMinute(app, intensity) }),
      ...(workspace !== undefined && { workspacePerMinute: perMinute(workspace, intensity) }),
    },
  ],
})

function perMinute(perSecond: number, intensity: number): number {
  return Math.round((perSecond * 60) / intensity)
}
