// Index lag: what is written shows up in searches only later.
// The client finds nothing where it has just created something, and may create it again.

import { z } from 'zod'
import { formatDuration } from '#clock/instant.ts'
import { defineFault } from './fault.ts'
import { positiveMs } from './units.ts'

export const indexLag = defineFault({
  kind: 'index-lag',
  acts: 'imposes',
  on: 'workspace',
  shapes: 'magnitude',
  schema: z.strictObject({
    lag: positiveMs('a lag of nothing changes nothing').describe('How long the index is behind, as in "2m".'),
  }),
  explain: ({ lag }) => `Searches do not find what was written in the last ${formatDuration(lag)}.`,
  impose: ({ lag }, intensity) => [{ kind: 'index-lag', ms: lag * intensity }],
})
