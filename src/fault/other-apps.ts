// Other apps: somebody else's app works on the same workspace and uses up the quota that all apps share.
// The client sees 429s although it keeps to its own limit. Where they use up more than there is, what they leave is the beginning of
// each window: a share of the time, and so of any load. That is why their calls do not grow with a load that becomes denser.

import { z } from 'zod'
import { defineFault } from './fault.ts'
import { limitWindowMs } from './rate-limit.ts'
import { formatRate, ratePerSecond } from './units.ts'

export const otherApps = defineFault({
  kind: 'other-apps',
  acts: 'imposes',
  on: 'workspace',
  shapes: 'magnitude',
  schema: z.strictObject({
    calls: ratePerSecond
      .refine((rate) => rate > 0, { error: 'apps that call nothing take nothing away' })
      .describe('How many calls the other apps make together, as in "24000/min".'),
  }),
  asksMs: () => limitWindowMs,
  explain: ({ calls }) =>
    `Other apps make calls, ${formatRate(calls)}, on the quota that all apps of the workspace share.`,
  impose: ({ calls }, intensity) => [{ kind: 'other-apps', perMinute: calls * 60 * intensity }],
})
