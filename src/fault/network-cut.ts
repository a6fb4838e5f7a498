// Network cut: the container of the client has no network while the fault is on, as when a cable is pulled or a node loses its interface.
// The client sees requests that cannot be sent, and open connections on which nothing comes any more; its host is alive, and so is the API.

import { z } from 'zod'
import { defineFault } from './fault.ts'

export const networkCut = defineFault({
  kind: 'network-cut',
  acts: 'imposes',
  on: 'client',
  real: true,
  shapes: 'magnitude',
  schema: z.strictObject({}),
  explain: () => "The client's container has no network.",
  impose: () => [{ kind: 'held', state: 'cut off' }],
})
