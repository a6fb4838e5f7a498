// nock, which patches what Node sends through as soon as it is imported.

import { answer, answerHeaders, origin, path, type Contestant } from './contestant.ts'

export const nockServer: Contestant = {
  name: 'nock',
  slow: 5,
  open: async () => {
    const { default: nock } = await import('nock')
    if (!nock.isActive()) nock.activate()
    nock(origin).persist().get(path).reply(answer.status, answer.body, answerHeaders)
    return {
      fetch: globalThis.fetch,
      close: () => {
        nock.cleanAll()
        nock.restore()
      },
    }
  },
}
