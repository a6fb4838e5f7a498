const { defineClient } = require('brownout') as typeof import('brownout')

// What is kept here must be as new in every run.
let created = 0

exports.client = defineClient({
  name: 'remembers-in-commonjs',
  promises: { 'contact.read': { within: '10s', degrade: ['error'] } },
  create(world) {
    created += 1
    if (created > 1) throw new Error('created twice in the life of one module')
    return {
      operations: {
        'contact.read': async ({ contact }, call) => {
          const { url, token } = world.workspaces[call.workspace]!
          const headers = { authorization: `Bearer ${token}` }
          const signal = AbortSignal.any([call.signal, AbortSignal.timeout(2_000)])
          const response = await fetch(`${url}/contacts/${contact.id}`, { headers, signal })
          return await response.json()
        },
      },
    }
  },
})
