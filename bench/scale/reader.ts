// A client that does next to nothing, so that what a long run costs is what the harness costs: one request, and a second one
// after half a minute when the first is not answered well.

import { setTimeout as pause } from 'node:timers/promises'
import { defineClient } from 'brownout'

export const client = defineClient({
  name: 'reader',
  promises: { 'contact.read': { within: '2m', degrade: ['error'] } },
  create: (world) => ({
    operations: {
      'contact.read': async ({ contact }, call) => {
        const { url, token } = world.workspaces[call.workspace]!
        const headers = { authorization: `Bearer ${token}`, 'intercom-version': '2.14' }
        const read = () => fetch(`${url}/contacts/${contact.id}`, { headers, signal: call.signal })
        const first = await read()
        if (first.ok) return await first.json()
        await first.body?.cancel()
        await pause(30_000 + Math.random() * 30_000, undefined, { signal: call.signal })
        const second = await read()
        if (second.ok) return await second.json()
        throw new Error(`answered ${second.status}: ${await second.text()}`)
      },
    },
  }),
})
