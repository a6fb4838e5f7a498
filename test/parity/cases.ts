// The cases of the parity tests: what a client may do with a fetch while services and faults do what they do. The same cases run in
// virtual time, against a scripted server on real sockets, and against the listeners of the loopback transport.

import { facts, get, outcome, type Case } from './ground.ts'
import { redirects } from './redirects.ts'

/** Aborts while the response is awaited. */
const abortedWaiting =
  (reason?: unknown): Case =>
  async ({ fetch, base, turn }) => {
    const control = new AbortController()
    const response = fetch(`${base}/hang`, { signal: control.signal })
    response.catch(() => {})
    await turn()
    control.abort(reason)
    return response
  }

/** Aborts while the body is being read. */
const abortedReading =
  (reason?: unknown, path = '/hangbody'): Case =>
  async ({ fetch, base, turn }) => {
    const control = new AbortController()
    const response = await fetch(base + path, { signal: control.signal })
    await turn()
    const text = response.text()
    text.catch(() => {})
    await turn()
    control.abort(reason)
    return text
  }

export const cases: Record<string, Case> = {
  'a plain answer': get('/plain'),
  'an answer without a body': get('/none'),
  HEAD: get('/plain', { method: 'HEAD' }),
  'a client error': get('/teapot'),
  'a server error': get('/error'),
  'a fragment in the address': get('/plain#here'),
  'a posted string': get('/echo', { method: 'POST', body: 'text' }),
  'posted parameters': get('/echo', { method: 'POST', body: new URLSearchParams({ a: 'b' }) }),
  'posted JSON with headers': get('/echo', {
    method: 'POST',
    body: '{}',
    headers: { authorization: 'Bearer t', 'content-type': 'application/json', 'x-own': 'y' },
  }),
  'a posted blob': get('/echo', { method: 'PUT', body: new Blob(['blob']) }),
  'a Request object': async (ground) => {
    const response = await ground.fetch(new Request(`${ground.base}/echo`, { method: 'POST', body: 'mine' }))
    return { ...facts(response, ground), body: await response.text() }
  },
  'a posted stream': async ({ fetch, base }) => {
    const init = { method: 'POST', body: new Blob(['stream']).stream(), duplex: 'half' } as RequestInit
    return (await fetch(`${base}/echo`, init)).text()
  },
  'a URL object': async ({ fetch, base }) => (await fetch(new URL(`${base}/plain`))).json(),
  'a data address': async ({ fetch }) => (await fetch('data:text/plain,hi')).text(),
  'an unknown scheme': async ({ fetch }) => fetch('ftp://host/'),
  'an invalid address': async ({ fetch }) => fetch('no address'),
  'an address with credentials': async ({ fetch, base }) => fetch(base.replace('//', '//a:b@')),
  'GET with a body': get('/plain', { body: 'x' }),
  'a method that is none': get('/plain', { method: 'a b' }),
  'a method that is forbidden': get('/plain', { method: 'CONNECT' }),
  'a signal that is none': get('/plain', { signal: {} as AbortSignal }),
  'immutable headers': async ({ fetch, base }) => {
    const { headers } = await fetch(`${base}/plain`)
    return Promise.all([
      outcome(async () => headers.set('a', 'b')),
      outcome(async () => headers.append('a', 'b')),
      outcome(async () => headers.delete('content-type')),
    ])
  },
  'reading twice': async ({ fetch, base }) => {
    const response = await fetch(`${base}/plain`)
    await response.text()
    return response.text()
  },
  clones: async (ground) => {
    const response = await ground.fetch(`${ground.base}/plain`)
    const copy = response.clone()
    return [
      await response.json(),
      facts(copy, ground),
      await outcome(async () => copy.headers.set('a', 'b')),
      await copy.text(),
    ]
  },
  bytes: async ({ fetch, base }) => [...(await (await fetch(`${base}/plain`)).bytes())],
  'a byte reader': async ({ fetch, base }) => {
    const { body } = await fetch(`${base}/plain`, { signal: new AbortController().signal })
    const reader = body!.getReader({ mode: 'byob' })
    const { value, done } = await reader.read(new Uint8Array(4))
    return [[...value!], done]
  },
  refused: async ({ fetch, dead }) => fetch(dead),
  'reset before headers': get('/reset'),
  'an answer that is no HTTP': get('/garbled'),
  'a body that is longer than its length': get('/overlong'),
  'the next request after it': async (ground) => {
    await get('/overlong')(ground)
    return get('/plain')(ground)
  },
  'closed before headers': get('/close'),
  'reset in the body': get('/midreset'),
  'a body that drips': get('/drip'),
  'a body that drips, piece by piece': async ({ fetch, base }) => {
    const response = await fetch(`${base}/drip`)
    const decoder = new TextDecoder()
    let text = ''
    for await (const piece of response.body!) text += decoder.decode(piece, { stream: true })
    return text
  },
  'a body that drips into a buffer of the reader': async ({ fetch, base }) => {
    const response = await fetch(`${base}/drip`)
    const reader = response.body!.getReader({ mode: 'byob' })
    let count = 0
    for (;;) {
      const { done, value } = await reader.read(new Uint8Array(100))
      if (done) return count
      count += value.length
    }
  },
  'aborted while the body drips': abortedReading(undefined, '/drip'),
  'aborted with a reason while the body drips': abortedReading('enough', '/drip'),
  'cancelled while the body drips': async ({ fetch, base, turn }) => {
    const response = await fetch(`${base}/drip`)
    await turn()
    await response.body!.cancel('enough')
    await turn()
    return [response.bodyUsed, await outcome(() => response.text())]
  },
  'closed in the body': get('/midclose'),
  'closed in the body of a clone': async ({ fetch, base }) => {
    const response = await fetch(`${base}/midclose`)
    const copy = response.clone()
    return Promise.all([outcome(() => response.text()), outcome(() => copy.text())])
  },
  'aborted before': get('/plain', { signal: AbortSignal.abort() }),
  'aborted before with a string': get('/plain', { signal: AbortSignal.abort('timeout') }),
  'aborted before, with an invalid address': async ({ fetch }) =>
    fetch('nope', { signal: AbortSignal.abort('timeout') }),
  'aborted waiting': abortedWaiting(),
  'aborted waiting with a string': abortedWaiting('timeout'),
  'aborted waiting with an error': abortedWaiting(new RangeError('mine')),
  'aborted waiting with a falsy reason': abortedWaiting(null),
  'aborted reading': abortedReading(),
  'aborted reading with a string': abortedReading('timeout'),
  'aborted reading with an error': abortedReading(new RangeError('mine')),
  'aborted reading a clone': async ({ fetch, base, turn }) => {
    const control = new AbortController()
    const response = await fetch(`${base}/hangbody`, { signal: control.signal })
    const copy = response.clone()
    const both = [outcome(() => response.text()), outcome(() => copy.text())]
    await turn()
    control.abort('timeout')
    return Promise.all(both)
  },
  'aborted through a Request': async ({ fetch, base, turn }) => {
    const control = new AbortController()
    const response = fetch(new Request(`${base}/hang`, { signal: control.signal }))
    response.catch(() => {})
    await turn()
    control.abort('timeout')
    return response
  },
  'a null signal detaches a Request': async ({ fetch, base, turn }) => {
    const control = new AbortController()
    const response = fetch(new Request(`${base}/plain`, { signal: control.signal }), { signal: null })
    control.abort()
    await turn()
    return (await response).status
  },
  'aborted after the answer arrived unread': async ({ fetch, base, turn }) => {
    const control = new AbortController()
    const response = await fetch(`${base}/plain`, { signal: control.signal })
    await turn()
    control.abort('timeout')
    return response.text()
  },
  'aborted after the answer arrived, with a reader': async ({ fetch, base, turn }) => {
    const control = new AbortController()
    const response = await fetch(`${base}/plain`, { signal: control.signal })
    const reader = response.body!.getReader()
    await turn()
    control.abort('timeout')
    return reader.read()
  },
  'aborted after the answer arrived, with a clone': async ({ fetch, base, turn }) => {
    const control = new AbortController()
    const response = await fetch(`${base}/plain`, { signal: control.signal })
    const copy = response.clone()
    await turn()
    control.abort('timeout')
    return Promise.all([outcome(() => response.text()), outcome(() => copy.json())])
  },
  'aborted after the first part was read': async ({ fetch, base, turn }) => {
    const control = new AbortController()
    const response = await fetch(`${base}/hangbody`, { signal: control.signal })
    const reader = response.body!.getReader()
    const { value } = await reader.read()
    await turn()
    control.abort('timeout')
    return [value!.length > 0, await outcome(() => reader.read()), await outcome(() => reader.closed)]
  },
  'a body read in parts': async ({ fetch, base }) => {
    const { body } = await fetch(`${base}/plain`)
    const parts: string[] = []
    for await (const part of body!) parts.push(Buffer.from(part).toString())
    return parts.join('')
  },
  'a locked body': async ({ fetch, base }) => {
    const response = await fetch(`${base}/plain`)
    response.body!.getReader()
    return [
      response.bodyUsed,
      response.body!.locked,
      await outcome(() => response.text()),
      await outcome(async () => response.clone()),
    ]
  },
  'the same stream each time': async ({ fetch, base }) => {
    const response = await fetch(`${base}/plain`)
    const same = response.body === response.body
    return [
      same,
      await response.text(),
      response.bodyUsed,
      response.body!.locked,
      await outcome(async () => response.clone()),
    ]
  },
  'a response made from a response': async ({ fetch, base }) => {
    const response = await fetch(`${base}/teapot`)
    const copy = new Response(response.body, response)
    return [copy.status, copy.statusText, copy.headers.get('content-type'), await copy.text(), response.bodyUsed]
  },
  'blob and array buffer': async ({ fetch, base }) => {
    const [one, two] = [await fetch(`${base}/plain`), await fetch(`${base}/plain`)]
    const blob = await one.blob()
    return [blob.type, await blob.text(), (await two.arrayBuffer()).byteLength, one.bodyUsed]
  },
  'form data': async ({ fetch, base }) => [...(await (await fetch(`${base}/form`)).formData())],
  'an empty body': get('/empty'),
  'JSON that is none': async ({ fetch, base }) => (await fetch(`${base}/error`)).json(),
  'no content type': async (ground) => {
    const response = await ground.fetch(`${ground.base}/untyped`)
    return [facts(response, ground), (await response.blob()).type]
  },
  'aborted after the answer was read': async ({ fetch, base }) => {
    const control = new AbortController()
    const response = await fetch(`${base}/plain`, { signal: control.signal })
    const text = await response.text()
    control.abort('timeout')
    return [text, response.bodyUsed]
  },
  'a cancelled body': async ({ fetch, base }) => {
    const response = await fetch(`${base}/plain`, { signal: new AbortController().signal })
    await response.body!.cancel()
    return response.bodyUsed
  },
  ...redirects,
}
