// MSW's `setupServer` with one handler, as its users write it.

import { http, HttpResponse } from 'msw'
import { setupServer } from 'msw/node'
import { answer, answerHeaders, origin, type Contestant } from './contestant.ts'

export const mswServer: Contestant = {
  name: 'setupServer',
  slow: 5,
  open: () => {
    const init = { status: answer.status, headers: answerHeaders }
    const server = setupServer(http.get(`${origin}/contacts/:id`, () => new HttpResponse(answer.body, init)))
    server.listen({ onUnhandledFrame: 'error' })
    return { fetch: globalThis.fetch, close: () => server.close() }
  },
}
