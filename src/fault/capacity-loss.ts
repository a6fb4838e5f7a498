// Capacity loss: a share of a fleet's workers is gone. The fault's `share` says how many, so it has no parameters.
// The client sees nothing while the rest keeps up; beyond that, queueing, time-outs and whatever the fleet's overflow does.

import { z } from 'zod'
import { defineFault } from './fault.ts'

export const capacityLoss = defineFault({
  kind: 'capacity-loss',
  acts: 'imposes',
  shapes: 'magnitude',
  schema: z.strictObject({}),
  explain: () => 'Workers of the fleet are gone and take no requests.',
  impose: (_, intensity, share) => [{ kind: 'workers-lost', share: intensity * share }],
})
