// Crash loop: a cold customer's request kills the worker that takes it, and the worker comes back as cold as it was.
// The client sees a fleet that shrinks for everybody: first slow answers, then time-outs, and no error body that says why.

import { z } from 'zod'
import { formatDuration } from '#clock/instant.ts'
import { defineFault } from './fault.ts'
import { durationMs, formatRate, ratePerSecond } from './units.ts'

export const crashLoop = defineFault({
  kind: 'crash-loop',
  acts: 'imposes',
  shapes: 'magnitude',
  schema: z.strictObject({
    coldRequests: ratePerSecond
      .refine((rate) => rate > 0, { error: 'without cold requests nothing crashes' })
      .describe('How many requests of cold customers arrive at the fleet, as in "1/s". Each kills a worker.'),
    restart: durationMs
      .refine((duration) => duration > 0, { error: 'a restart takes time' })
      .describe('How long a killed worker is away, as in "20s".'),
  }),
  explain: ({ coldRequests, restart }) =>
    `Requests of cold customers, ${formatRate(coldRequests)}, each kill the worker that takes them; it is back, cold, after ${formatDuration(restart)}.`,
  // On a share of the servers only: what reaches the others does no harm.
  impose: ({ coldRequests, restart }, intensity, share) => [
    { kind: 'deadly-demand', perSecond: coldRequests * intensity * share, restartMs: restart },
  ],
})
