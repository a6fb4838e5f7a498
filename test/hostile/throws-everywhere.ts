import { defineClient } from 'brownout'

export const client = defineClient({
  name: 'throws-everywhere',
  promises: { 'contact.read': { within: '10s', degrade: ['error'] } },
  create: () => ({
    operations: {
      'contact.read': () => {
        throw new TypeError("Cannot read properties of undefined (reading 'ours')")
      },
    },
  }),
})
