// Rate headers: the X-RateLimit headers are missing or untrue, while the limit itself is as ever.
// The client that paces itself by them waits for ever, not at all, or stumbles over what is no number.

import { z } from 'zod'
import { headerOf, withHeader } from './api-error.ts'
import { defineFault, type Pairs } from './fault.ts'

const resetHeader = 'x-ratelimit-reset'
const hourSeconds = 3_600

const sentences = {
  missing: 'The rate limit headers are missing.',
  past: 'The header X-RateLimit-Reset names a time that has long passed.',
  milliseconds: 'The header X-RateLimit-Reset counts in milliseconds.',
  delta: 'The header X-RateLimit-Reset says in how many seconds, not when.',
  negative: 'The rate limit headers hold negative numbers.',
  'far-future': 'The header X-RateLimit-Reset names a time that is a day away.',
  malformed: 'The rate limit headers hold no numbers.',
  'zero-remaining': 'The header X-RateLimit-Remaining says 0 although there is room.',
} as const

const formNames = Object.keys(sentences) as [keyof typeof sentences, ...(keyof typeof sentences)[]]

export const rateHeaders = defineFault({
  kind: 'rate-headers',
  acts: 'decides',
  shapes: 'share',
  schema: z.strictObject({
    form: z
      .enum(formNames, { error: `write one of ${formNames.join(', ')}` })
      .describe('What is wrong with them; zero-remaining also leaves the reset as it is.'),
  }),
  effects: () => ['none'],
  explain: ({ form }) => sentences[form],
  decide: ({ form }) => ({
    kind: 'rewrite',
    keepsContent: true,
    // A reply without them, as to a wrong token, stays without them.
    edit: (reply, epochMs) =>
      headerOf(reply.headers, resetHeader) === undefined
        ? reply
        : { ...reply, headers: untrue[form](reply.headers, epochMs) },
  }),
})

const untrue: Readonly<Record<keyof typeof sentences, (headers: Pairs, epochMs: number) => Pairs>> = {
  missing: (headers) => headers.filter(([name]) => !name.toLowerCase().startsWith('x-ratelimit-')),
  past: (headers) => movedReset(headers, -hourSeconds),
  milliseconds: (headers) => withReset(headers, (seconds) => seconds * 1_000),
  delta: (headers, epochMs) => withReset(headers, (seconds) => Math.max(0, seconds - Math.floor(epochMs / 1_000))),
  negative: (headers) =>
    headers.map(([name, value]) => [name, name.toLowerCase().startsWith('x-ratelimit-') ? `-${value}` : value]),
  'far-future': (headers) => movedReset(headers, 24 * hourSeconds),
  malformed: (headers) =>
    headers.map(([name, value]) => [name, name.toLowerCase().startsWith('x-ratelimit-') ? 'unknown' : value]),
  'zero-remaining': (headers) => withHeader(headers, 'x-ratelimit-remaining', '0'),
}

function movedReset(headers: Pairs, by: number): Pairs {
  return withReset(headers, (seconds) => seconds + by)
}

function withReset(headers: Pairs, change: (seconds: number) => number): Pairs {
  return withHeader(headers, resetHeader, String(change(Number(headerOf(headers, resetHeader)))))
}
