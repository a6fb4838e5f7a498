// Redirect: the service sends the client elsewhere: to another host of the provider, to another path, or round in circles.
// The client sees its HTTP stack follow: without the token to another host, and without the body unless the status keeps it.

import { z } from 'zod'
import { defineFault } from './fault.ts'
import { reasonFor } from './status-text.ts'

const statuses = [301, 302, 303, 307, 308] as const

export const redirect = defineFault({
  kind: 'redirect',
  acts: 'decides',
  shapes: 'share',
  schema: z.strictObject({
    code: z
      .literal([...statuses], { error: `write one of ${statuses.join(', ')}` })
      .default(307)
      .describe('The status: 307 and 308 keep the method and the body, the others turn a write into a read.'),
    host: z
      .string()
      .regex(/^[a-z0-9-]+(?:\.[a-z0-9-]+)+$/u, { error: 'write the name of a host, such as "api.eu.intercom.io"' })
      .optional()
      .describe('The host to go to, one that is simulated. Default: the same one.'),
    path: z
      .string()
      .regex(/^\/[\x21-\x7e]*$/u, { error: 'write a path, such as "/maintenance"' })
      .optional()
      .describe('The path to go to. Default: the same one, which goes round in circles on the same host.'),
  }),
  effects: () => ['none'],
  explain: ({ code, host, path }) =>
    `The answer is ${code} ${reasonFor(code)} to ${path ?? 'the same path'} on ${host ?? 'the same host'}.`,
  leadsTo: ({ host }) => host,
  decide: ({ code, host, path }, { url }, effect) => {
    const location = new URL(path ?? `${url.pathname}${url.search}`, url)
    if (host !== undefined) location.host = host
    // Who has arrived is let in; only a redirect that names no place goes round in circles.
    if (location.href === url.href && (host ?? path) !== undefined) return { kind: 'pass' }
    return { kind: 'respond', effect, status: code, headers: [['location', location.href]], body: '' }
  },
})
