// Cursor expired: a request that continues a list is refused, because the service does not know the cursor any more.
// The client sees a 400 in the middle of a list that it has to begin again; first pages are served as ever.

import { z } from 'zod'
import { apiError } from './api-error.ts'
import { defineFault } from './fault.ts'
import { cursorOf } from './page-cursor.ts'

const error = {
  code: 'client_error',
  message: 'Invalid starting_after param. Please try again using a starting_after value from a paginated response',
}

export const cursorExpired = defineFault({
  kind: 'cursor-expired',
  acts: 'decides',
  shapes: 'share',
  schema: z.strictObject({}),
  effects: () => ['none'],
  explain: () => 'The cursor of a list has expired: requests for the next page are refused with 400.',
  decide: (_params, exchange, _effect, _intensity, random) =>
    cursorOf(exchange) === undefined
      ? { kind: 'pass' }
      : { kind: 'respond', effect: 'none', ...apiError(400, error, random) },
})
