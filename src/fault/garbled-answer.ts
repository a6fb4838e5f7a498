// Garbled answer: whoever is at the other end does not speak HTTP, as when a port is given to another program.
// The client's parser gives up at the first byte: `fetch failed` with an HTTPParserError, or HPE_INVALID_CONSTANT.

import { z } from 'zod'
import { defineFault } from './fault.ts'

export const garbledAnswer = defineFault({
  kind: 'garbled-answer',
  acts: 'decides',
  shapes: 'share',
  schema: z.strictObject({}),
  explain: () => 'What comes back is no HTTP.',
  decide: (_params, _exchange, effect) => ({ kind: 'abort', effect, phase: 'headers', code: 'HPE_INVALID_CONSTANT' }),
})
