// Stories of the oracles about circuits and isolation.

import type { Stories } from './story-pair.ts'

export const breakerStories: Stories = {}
