// Stories of the oracles about trying again.

import type { Stories } from './story-pair.ts'

export const retryStories: Stories = {}
