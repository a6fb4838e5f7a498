// Says of itself what always holds, what happens sometimes and what is reached, at module level and later.

import { always, defineClient, reachable, sometimes } from 'brownout'

const counts = always('the count only grows')
const failed = sometimes('a read fails')
const never = reachable('a place nobody comes by')
const created = reachable('a process starts')
always('nobody looks at this')
let count = 0

export const client = defineClient({
  name: 'outspoken',
  promises: { 'contact.read': { within: '10s', degrade: ['error'] } },
  create(world) {
    const late = sometimes('declared with the process')
    created({ instance: world.instance })
    if (world.url === '') never()
    return {
      operations: {
        'contact.read': async ({ contact }, call) => {
          const { url, token } = world
          const headers = { authorization: `Bearer ${token}` }
          const response = await fetch(`${url}/contacts/${contact.id}`, { headers, signal: call.signal })
          late(response.ok, 'ok')
          failed(!response.ok, { status: response.status, error: new Error('at Bearer abcdefghijk') })
          count += 1
          counts(count < 7, { count })
          if (!response.ok) throw new Error(`answered ${response.status}`)
          return (await response.json()) as object
        },
      },
    }
  },
})
