// Demand: other tenants send more than usual, and their requests take their turn in the same queue.
// The client sees its own requests wait; past the fleet's capacity the queue grows until it overflows, also for a while after.

import { z } from 'zod'
import { defineFault } from './fault.ts'
import { formatRate, ratePerSecond } from './units.ts'

export const demand = defineFault({
  kind: 'demand',
  acts: 'imposes',
  shapes: 'magnitude',
  schema: z.strictObject({
    requests: ratePerSecond
      .refine((rate) => rate > 0, { error: 'a demand of nothing changes nothing' })
      .describe('Requests of other tenants on top of the usual ones, as in "120/s".'),
  }),
  explain: ({ requests }) => `Other tenants send ${formatRate(requests)} more than usual.`,
  impose: ({ requests }, intensity, share) => [{ kind: 'demand', perSecond: requests * intensity * share }],
})
