// An API of one answer, for looking at drivers: it answers everything alike, well, badly, or not before it is told to.

import { createServer, type IncomingMessage, type RequestListener, type ServerResponse } from 'node:http'
import { createServer as createSecure } from 'node:https'
import type { AddressInfo } from 'node:net'
import type { Authority } from '#transport/authority.ts'
import type { Front } from '#transport/transport.ts'

type Seen = { readonly method: string; readonly path: string; readonly traceparent: string | undefined }
type Mode = 'well' | 'badly' | 'hold' | 'big'

export interface Stub {
  readonly url: string
  mode: Mode
  /** Requests so far, oldest first. */
  readonly seen: readonly Seen[]
  /** When a request whose path has this in it has come. */
  arrival(part: string): Promise<Seen>
  /** Answers what is held. */
  release(): void
  close(): Promise<void>
}

export const strangeName = 'Zoë 👩‍🚀 \u2028 "Ñandú"'
const bigCharacters = 1_000_000

const ours: Front = { address: '127.0.0.1', name: '127.0.0.1' }

/** Over HTTPS with an authority. */
export async function openStub({ address, name }: Front = ours, authority?: Authority): Promise<Stub> {
  const seen: Seen[] = []
  const waiting: { readonly part: string; readonly tell: (seen: Seen) => void }[] = []
  const held: (() => void)[] = []
  const serve: RequestListener = (request, response) => {
    request.resume()
    request.once('end', () => {
      const now = seenIn(request)
      seen.push(now)
      const answer = (): void => reply(stub.mode === 'hold' ? 'well' : stub.mode, now, response)
      if (stub.mode === 'hold') held.push(answer)
      else answer()
      for (const { part, tell } of waiting) if (now.path.includes(part)) tell(now)
    })
  }
  const server = authority ? createSecure(authority.sound, serve) : createServer(serve)
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(0, address, resolve)
  })
  const stub: Stub = {
    url: `${authority ? 'https' : 'http'}://${name}:${(server.address() as AddressInfo).port}`,
    mode: 'well',
    seen,
    arrival: (part) => {
      const before = seen.find(({ path }) => path.includes(part))
      return before ? Promise.resolve(before) : new Promise((tell) => waiting.push({ part, tell }))
    },
    release: () => {
      for (const answer of held.splice(0)) answer()
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
  return stub
}

function seenIn({ method = '', url = '', headers }: IncomingMessage): Seen {
  const { traceparent } = headers
  return {
    method,
    path: decodeURIComponent(url),
    traceparent: typeof traceparent === 'string' ? traceparent : undefined,
  }
}

function reply(mode: Mode, { path }: Seen, response: ServerResponse): void {
  const headers = { 'content-type': 'application/json; charset=utf-8', 'x-request-id': 'req-conformance-0001' }
  if (mode === 'badly') {
    response.writeHead(500, headers)
    response.end(JSON.stringify({ type: 'error.list', errors: [{ code: 'server_error', message: 'Server error' }] }))
    return
  }
  const id = /\/([\w-]+)(?:\/(?:reply|parts|notes|tags))?(?:\?.*)?$/u.exec(path)?.[1] ?? 'one'
  const text = mode === 'big' ? 'x'.repeat(bigCharacters) : ''
  response.writeHead(200, headers)
  response.end(JSON.stringify({ ...everything, id, text }))
}

/** Enough of what any kind of answer has for a client to find its way. */
const everything = {
  type: 'contact',
  name: strangeName,
  email: 'zoe@customers.example',
  data: [],
  contacts: [],
  conversations: [],
  admins: [],
  pages: { type: 'pages', page: 1, per_page: 50, total_pages: 1 },
  total_count: 0,
}
