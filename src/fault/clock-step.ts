// Clock step: the system clock of the client's machine jumps, and back at the end; monotonic clocks go on as ever.
// The client sees dates in the past or the future: caches that never expire or expire at once, waits that are negative.

import { offsetOf, offsetSchema, offsetText } from './clock-offset.ts'
import { defineFault } from './fault.ts'

export const clockStep = defineFault({
  kind: 'clock-step',
  acts: 'imposes',
  on: 'client',
  shapes: 'magnitude',
  schema: offsetSchema,
  explain: (offset) => `The client's system clock jumps and is ${offsetText(offset)}.`,
  impose: (offset, intensity) => [offsetOf(offset, intensity)],
})
