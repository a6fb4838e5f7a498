// A function in place of `fetch`: the least that any of them can cost.

import { answer, answerHeaders, type Contestant } from './contestant.ts'

export const stub: Contestant = {
  name: 'stub',
  open: () => ({
    fetch: () => Promise.resolve(new Response(answer.body, { status: answer.status, headers: answerHeaders })),
    close: () => {},
  }),
}
