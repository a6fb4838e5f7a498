// Stories of the oracles about what clients and scenarios say of themselves.

import type { Stories } from './story-pair.ts'

export const propertiesStories: Stories = {}
