// The MockAgent of undici, under undici's own fetch.

import { fetch as fetchOver, MockAgent, type RequestInfo, type RequestInit } from 'undici'
import { answer, answerHeaders, origin, path, type Contestant } from './contestant.ts'

export const mockAgent: Contestant = {
  name: 'MockAgent',
  open: () => {
    const agent = new MockAgent()
    agent.disableNetConnect()
    const headers = answerHeaders
    agent
      .get(origin)
      .intercept({ path, method: 'GET' })
      .reply(answer.status, answer.body ?? '', { headers })
      .persist()
    const over = (input: RequestInfo, init?: RequestInit) => fetchOver(input, { ...init, dispatcher: agent })
    return { fetch: over as unknown as typeof fetch, close: () => agent.close() }
  },
}
