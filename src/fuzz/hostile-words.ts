// Values for parameters that are free texts or numbers with a meaning, by the parameter's name: what real servers, proxies and
// careless providers have been seen to send. The simplest first.

import { hosts } from '#scenario/services.ts'

const deep = `${'['.repeat(2_000)}${']'.repeat(2_000)}`

/** An outage, a limit, something that is gone, a token that is no good, two who write at once. */
const decisive = [503, 500, 429, 404, 401, 403, 409, 502] as const

/** Those of them that are drawn three times out of four. */
export const frequentWords: Readonly<Record<string, readonly [unknown, ...unknown[]]>> = { code: decisive }

export const hostileWords: Readonly<Record<string, readonly [unknown, ...unknown[]]>> = {
  /** Statuses that clients take decisions on, and some that they forget. */
  code: [...decisive, 504, 408, 400, 405, 422, 425, 200, 204, 301, 410, 413, 501, 520, 599],
  /** Every wrong form of the header, and the right ones. */
  retryAfter: [
    '1',
    '2',
    '5',
    '30',
    '0',
    '3600',
    '-1',
    '1.5',
    '1e3',
    '0x10',
    ' 5',
    '5 ',
    '5s',
    '5, 10',
    '',
    'soon',
    'NaN',
    'Infinity',
    '2147483648',
    '99999999999999999999',
    'Wed, 21 Oct 2015 07:28:00 GMT',
    'Fri, 31 Dec 9999 23:59:59 GMT',
    '2026-04-27T11:14:00Z',
    'Mon, 99 Foo 2026 25:61:00 GMT',
  ],
  /** Bodies where JSON was expected. */
  text: [
    '',
    '{}',
    'null',
    '[]',
    'true',
    '"ok"',
    '{"type":"error.list"}',
    '{"type":"error.list","errors":null}',
    '{"type":"error.list","errors":[null]}',
    '{"errors":[{"code":503,"message":{}}]}',
    '{"type":"list","data":null,"pages":null}',
    '{"truncated":',
    '<html><body>503 Service Unavailable</body></html>',
    '\u0000\u0001\u0002',
    '{"__proto__":{"polluted":true}}',
    deep,
  ],
  type: ['application/json', 'text/html', 'text/plain', 'application/octet-stream', 'application/json; charset=utf-16'],
  host: hosts as readonly [string, ...string[]],
}
