// Stories of the oracles about caches, order and notifications.

import type { Stories } from './story-pair.ts'

export const memoryStories: Stories = {}
