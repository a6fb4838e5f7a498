// Client restart: the client's process dies without a word when the fault begins, and a new one starts a little later.
// The client loses all it held in memory; what it put into its store is still there.

import { z } from 'zod'
import { formatDuration } from '#clock/instant.ts'
import { defineFault } from './fault.ts'
import { durationMs } from './units.ts'

export const clientRestart = defineFault({
  kind: 'client-restart',
  acts: 'imposes',
  on: 'client',
  shapes: 'magnitude',
  schema: z.strictObject({
    away: durationMs.prefault('5s').describe('How long no process runs, as in "5s".'),
  }),
  explain: ({ away }) => `The client's process dies, and a new one starts after ${formatDuration(away)}.`,
  impose: ({ away }) => [{ kind: 'restart', awayMs: away }],
})
