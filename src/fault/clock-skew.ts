// Clock skew: the system clock of the client's machine runs too fast or too slow, and is set right at the end.
// The client sees a clock that is a little more wrong with each look at it; monotonic clocks are right.

import { offsetOf, offsetSchema, offsetText } from './clock-offset.ts'
import { defineFault } from './fault.ts'

export const clockSkew = defineFault({
  kind: 'clock-skew',
  acts: 'imposes',
  on: 'client',
  shapes: 'magnitude',
  grows: true,
  schema: offsetSchema,
  explain: (offset) => `The client's system clock drifts until it is ${offsetText(offset)}.`,
  impose: (offset, intensity) => [offsetOf(offset, intensity)],
})
