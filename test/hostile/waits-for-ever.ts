import { Agent, get, globalAgent } from 'node:https'
import { defineClient } from 'brownout'

// What a run leaves here must not be there in the next: connections of the agent of Node itself, which is one for the whole process.
Object.assign(globalAgent, { maxSockets: 60 } satisfies Partial<Agent>)

export const client = defineClient({
  name: 'waits-for-ever',
  promises: { 'contact.read': { within: '10s', degrade: ['error'] } },
  create: (world) => ({
    operations: {
      'contact.read': ({ contact }, call) =>
        new Promise((resolve, reject) => {
          const { url, token } = world.workspaces[call.workspace]!
          const headers = { authorization: `Bearer ${token}` }
          const request = get(`${url}/contacts/${contact.id}`, { headers }, (response) => {
            let text = ''
            response.setEncoding('utf8')
            response.on('data', (chunk: string) => (text += chunk))
            response.on('end', () => resolve(JSON.parse(text)))
          })
          request.on('error', reject)
        }),
    },
  }),
})
