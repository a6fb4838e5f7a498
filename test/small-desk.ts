// A client of a few lines, as a project has it: TypeScript that Node does not take by itself. It passes `ten-minutes` and fails `redirected`.

export const smallDesk = `import { defineClient } from 'brownout'

enum Step { Error = 'error' }

export const client = defineClient({
  name: 'desk',
  promises: { 'contact.read': { within: '10s', degrade: [Step.Error] } },
  create: (world) => ({
    operations: {
      'contact.read': async ({ contact }, call) => {
        const { url, token } = world.workspaces[call.workspace]
        const headers = { authorization: 'Bearer ' + token }
        const response = await fetch(url + '/contacts/' + contact.id, { headers, signal: call.signal })
        if (!response.ok) throw new Error('Intercom answered ' + response.status)
        return response.json()
      },
    },
  }),
})
`
