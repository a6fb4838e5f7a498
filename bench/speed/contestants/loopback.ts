// A server of Node's own on 127.0.0.1, in the process of the client, as tests often have one.

import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { answer, answerHeaders, type Contestant } from './contestant.ts'

export const loopback: Contestant = {
  name: 'loopback',
  open: async () => {
    const server = createServer((_, response) => {
      response.writeHead(answer.status, answerHeaders)
      response.end(answer.body)
    })
    server.listen(0, '127.0.0.1')
    await once(server, 'listening')
    const { port } = server.address() as AddressInfo
    return {
      fetch: globalThis.fetch,
      origin: `http://127.0.0.1:${port}`,
      close: async () => {
        server.closeAllConnections()
        server.close()
        await once(server, 'close')
      },
    }
  },
}
