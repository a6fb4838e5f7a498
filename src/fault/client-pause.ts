// Client pause: the process of the client does not get to run while the fault is on, as on a machine that is suspended, migrated or starved.
// The client sees nothing of it but time that is gone: its timers are overdue all at once, and connections may be dead.

import { z } from 'zod'
import { defineFault } from './fault.ts'

export const clientPause = defineFault({
  kind: 'client-pause',
  acts: 'imposes',
  on: 'client',
  real: true,
  shapes: 'magnitude',
  schema: z.strictObject({}),
  explain: () => "The client's process is frozen, and then goes on as if nothing had been.",
  impose: () => [{ kind: 'held', state: 'paused' }],
})
