// The cases of the parity tests that have to do with redirects.

import { get, type Case } from './ground.ts'

export const redirects: Record<string, Case> = {
  ...Object.fromEntries(
    ['301', '302', '303', '307', '308'].flatMap((status) =>
      ['GET', 'POST', 'HEAD', 'PUT'].map((method) => [
        `${status} after ${method}`,
        get(`/${status}`, {
          method,
          headers: { authorization: 'Bearer t', 'x-own': 'y' },
          ...(/P/u.test(method) && { body: 'text' }),
        }),
      ]),
    ),
  ),
  'a chain of redirects': get('/chain'),
  'a redirect with a fragment': get('/fragment#here'),
  'a redirect to another origin drops credentials': get('/foreign', {
    headers: { authorization: 'Bearer t', cookie: 'a=b', 'x-own': 'y' },
  }),
  'a redirect to another origin keeps the body': get('/foreign', { method: 'POST', body: 'text' }),
  'a redirect to another origin with credentials': get('/secret'),
  'a redirect to another origin and back': get('/there-and-back'),
  'a redirect to credentials of the same origin': get('/own-secret'),
  'a redirect to another origin and its credentials': get('/foreign-secret'),
  'a redirect without end': get('/loop'),
  'a redirect to another scheme': get('/ftp'),
  'a redirect to an invalid address': get('/invalid'),
  'a redirect to nowhere': get('/nowhere'),
  'redirect: manual': get('/302', { redirect: 'manual' }),
  'redirect: error': get('/302', { redirect: 'error' }),
  'a streamed body is not sent twice': async ({ fetch, base }) => {
    const init = { method: 'POST', body: new Blob(['stream']).stream(), duplex: 'half' } as RequestInit
    return fetch(`${base}/307`, init)
  },
}
