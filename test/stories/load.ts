// Stories of the oracles about load, queues and limits.

import type { Stories } from './story-pair.ts'

export const loadStories: Stories = {}
