import { defineClient } from 'brownout'
import { engineGone } from '#container/engine.ts'

/** The engine of its container goes away while it is created. */
export const client = defineClient({
  name: 'engineless',
  promises: { 'contact.read': { within: '10s', degrade: ['error'] } },
  create: () => {
    throw engineGone()
  },
})
