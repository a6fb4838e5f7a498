// Replica lag: reads are served by a replica that is behind; writes go through at once.
// The client sees old values, and misses what it has just written.

import { z } from 'zod'
import { formatDuration } from '#clock/instant.ts'
import { defineFault } from './fault.ts'
import { positiveMs } from './units.ts'

export const replicaLag = defineFault({
  kind: 'replica-lag',
  acts: 'imposes',
  on: 'workspace',
  shapes: 'magnitude',
  schema: z.strictObject({
    lag: positiveMs('a lag of nothing changes nothing').describe('How far the replica is behind, as in "2m".'),
  }),
  explain: ({ lag }) => `Reads show the workspace as it was ${formatDuration(lag)} ago; writes go through at once.`,
  impose: ({ lag }, intensity) => [{ kind: 'replica-lag', ms: lag * intensity }],
})
