// Stories of the oracles about time, errors and cancellation.

import type { Stories } from './story-pair.ts'

export const timeStories: Stories = {}
