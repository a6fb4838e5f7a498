// What the parity tests play on: routes that services and a scripted server answer alike, what goes wrong there, and outcomes as
// plain data.

import type { Decision } from '#fault/fault.ts'
import type { Route } from '#transport/test-rig.ts'

/** What a case may use. `turn` waits until what is under way has arrived. */
export type Ground = {
  readonly fetch: typeof fetch
  readonly base: string
  readonly other: string
  readonly dead: string
  readonly turn: () => Promise<void>
}

export type Case = (ground: Ground) => Promise<unknown>

export const json: [string, string] = ['content-type', 'application/json']
const redirectTo =
  (status: number, location: (url: URL) => string): Route =>
  ({ url }) => ({ status, headers: [['location', location(url)]], body: '', effects: [] })

/** Both sides serve these. The name of the other host is known to the routes only. */
export const hosts = { base: '', other: '' }
export const routes: Record<string, Route> = {
  '/plain': () => ({
    headers: [json, ['x-request-id', 'r1'], ['set-cookie', 'a=1'], ['set-cookie', 'b=2']],
    body: '{"a":"ä"}',
  }),
  '/form': () => ({ headers: [['content-type', 'application/x-www-form-urlencoded']], body: 'a=b&c=d' }),
  '/empty': () => ({ headers: [json], body: '' }),
  '/untyped': () => ({ headers: [], body: 'plain' }),
  '/none': () => ({ status: 204, headers: [], body: null }),
  '/teapot': () => ({ status: 418, headers: [json], body: '{}' }),
  '/drip': () => ({ headers: [json], body: '{"drips":"slowly"}' }),
  '/overlong': () => ({ headers: [json], body: '{"half":"and more"}' }),
  '/error': () => ({ status: 503, headers: [['content-type', 'text/html']], body: '<h1>no</h1>' }),
  '/echo': ({ method, body, headers }) => ({
    headers: [json],
    body: JSON.stringify([
      method,
      body,
      headers['authorization'] ?? null,
      headers['cookie'] ?? null,
      headers['content-type'] ?? null,
      headers['x-own'] ?? null,
    ]),
  }),
  '/301': redirectTo(301, () => '/echo'),
  '/302': redirectTo(302, () => '/echo'),
  '/303': redirectTo(303, () => '/echo'),
  '/307': redirectTo(307, () => '/echo'),
  '/308': redirectTo(308, () => './echo?x=1'),
  '/loop': redirectTo(302, () => '/loop'),
  '/foreign': redirectTo(307, () => `${hosts.other}/echo`),
  '/chain': redirectTo(302, () => '/302'),
  '/ftp': redirectTo(302, () => 'ftp://host/'),
  '/invalid': redirectTo(302, () => 'http://[x'),
  '/secret': redirectTo(302, () => hosts.other.replace('//', '//user:word@')),
  '/foreign-secret': redirectTo(302, () => `${hosts.other}/own-secret`),
  '/own-secret': redirectTo(302, (url) => `http://user:word@${url.host}/plain`),
  '/there-and-back': redirectTo(302, () => `${hosts.other}/back`),
  '/back': redirectTo(302, () => `${hosts.base}/echo`),
  '/nowhere': () => ({ status: 302, headers: [], body: 'stay' }),
  '/fragment': redirectTo(302, () => '/plain#there'),
}

/** What goes wrong, by path, in both worlds. */
export const faults: Record<string, Decision> = {
  '/reset': { kind: 'abort', effect: 'none', phase: 'headers', code: 'ECONNRESET' },
  '/close': { kind: 'abort', effect: 'none', phase: 'headers', code: 'UND_ERR_SOCKET' },
  '/midreset': { kind: 'abort', effect: 'committed', phase: 'body', code: 'ECONNRESET' },
  '/midclose': { kind: 'abort', effect: 'committed', phase: 'body', code: 'UND_ERR_SOCKET' },
  '/hang': { kind: 'hang', effect: 'none', phase: 'headers' },
  '/hangbody': { kind: 'hang', effect: 'committed', phase: 'body' },
  '/drip': { kind: 'drip', ms: 3_000 },
  '/garbled': { kind: 'abort', effect: 'none', phase: 'headers', code: 'HPE_INVALID_CONSTANT' },
  '/overlong': {
    kind: 'rewrite',
    edit: (reply) => ({ ...reply, body: '{"half":', surplus: '"and more"}' }),
  },
}

/** An error as data: every own field that does not name a port or an address. */
function shown(value: unknown): unknown {
  if (!(value instanceof Error)) return value
  const fields = Object.getOwnPropertyNames(value).filter(
    (name) => !/^(stack|socket|port|address|base|input)$/u.test(name),
  )
  return {
    is: Object.prototype.toString.call(value),
    class: value.constructor.name,
    name: value.name,
    type: value instanceof TypeError,
    text: mask(String(value)),
    enumerable: Object.keys(value).filter((name) => !/^(base|input)$/u.test(name)),
    ...Object.fromEntries(
      fields.map((name) => {
        const field = (value as unknown as Record<string, unknown>)[name]
        return [name, typeof field === 'string' ? mask(field) : shown(field)]
      }),
    ),
  }
}

function mask(text: string): string {
  return text.replace(/\d+\.\d+\.\d+\.\d+:\d+|\w+\.test/gu, 'host:port')
}

export async function outcome(work: () => Promise<unknown>): Promise<unknown> {
  try {
    return { resolved: await work() }
  } catch (error) {
    return { rejected: shown(error) }
  }
}

export const facts = (response: Response, { base, other }: Ground) => ({
  url: response.url.replace(base, 'base').replace(other, 'other'),
  status: response.status,
  statusText: response.statusText,
  ok: response.ok,
  type: response.type,
  redirected: response.redirected,
  bodyUsed: response.bodyUsed,
  hasBody: response.body !== null,
  text: Object.prototype.toString.call(response),
  class: response.constructor.name,
  isResponse: response instanceof Response,
  isHeaders: response.headers instanceof Headers && response.headers.constructor.name,
  headers: [...response.headers].filter(
    ([name]) => !/^(connection|transfer-encoding|content-length|keep-alive|location)$/u.test(name),
  ),
  cookies: response.headers.getSetCookie(),
  keys: Object.keys(response),
})

export const get =
  (path: string, init?: RequestInit): Case =>
  async (ground) => {
    const response = await ground.fetch(ground.base + path, init)
    return { ...facts(response, ground), body: await response.text() }
  }
