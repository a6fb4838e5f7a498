// Rate headers: the headers in which an API tells its limit are missing or untrue, while the limit itself is as ever. They are those
// that each service says are its own; of one that tells only some of them, these.
// The client that paces itself by them waits for ever, not at all, or stumbles over what is no number.

import { z } from 'zod'
import type { LimitHeaders } from '#history/limit-headers.ts'
import { headerOf, withHeader } from './api-error.ts'
import { defineFault, type Pairs } from './fault.ts'

const hourSeconds = 3_600
const formNames = [
  'missing',
  'past',
  'milliseconds',
  'delta',
  'negative',
  'far-future',
  'malformed',
  'zero-remaining',
] as const
type Form = (typeof formNames)[number]

export const rateHeaders = defineFault({
  kind: 'rate-headers',
  acts: 'decides',
  shapes: 'share',
  schema: z.strictObject({
    form: z
      .enum(formNames, { error: `write one of ${formNames.join(', ')}` })
      .describe(
        'What is wrong with them. zero-remaining leaves the reset as it is; delta tells it in the other form: in how many seconds instead of when, or when instead of in how many seconds.',
      ),
  }),
  effects: () => ['none'],
  explain: ({ form }, told: readonly Partial<LimitHeaders>[] = [unknown]) => {
    const sentences = new Set(told.flatMap((api) => sentenceFor(form, api) ?? []))
    return sentences.size > 0 ? [...sentences].join(' ') : 'No header tells what it would change, so nothing changes.'
  },
  decide: ({ form }) => ({
    kind: 'rewrite',
    keepsContent: true,
    // A reply without them, as to a wrong token, stays without them.
    edit: (reply, epochMs, told) => {
      const headers = untrue(form, reply.headers, epochMs, told)
      return headers === reply.headers ? reply : { ...reply, headers }
    },
  }),
})

/** Of whichever API it is about. */
const unknown = { headers: { remaining: 'that tells what remains', reset: 'that tells the reset' } }

const otherForm = { epoch: 'says in how many seconds, not when', seconds: 'says when, not in how many seconds' }

/** `undefined` of an API that does not tell what would be changed. */
function sentenceFor(form: Form, { headers, reset: counts }: Partial<LimitHeaders>): string | undefined {
  const { limit, remaining, reset } = headers ?? {}
  const isTold = (limit ?? remaining ?? reset) !== undefined
  switch (form) {
    case 'missing':
      return isTold ? 'The rate limit headers are missing.' : undefined
    case 'negative':
      return isTold ? 'The rate limit headers hold negative numbers.' : undefined
    case 'malformed':
      return isTold ? 'The rate limit headers hold no numbers.' : undefined
    case 'past':
      return reset && `The header ${reset} names a time that has long passed.`
    case 'far-future':
      return reset && `The header ${reset} names a time that is a day away.`
    case 'milliseconds':
      return reset && `The header ${reset} counts in milliseconds.`
    case 'delta':
      return reset && `The header ${reset} ${counts ? otherForm[counts] : 'has the other form'}.`
    case 'zero-remaining':
      return remaining && `The header ${remaining} says 0 although there is room.`
  }
}

/** The very same where there is nothing to change. */
function untrue(form: Form, headers: Pairs, epochMs: number, { headers: told, reset: counts }: LimitHeaders): Pairs {
  const [remaining, reset] = [told.remaining?.toLowerCase(), told.reset?.toLowerCase()]
  const now = Math.floor(epochMs / 1_000)
  switch (form) {
    case 'missing':
      return eachOf(told, headers, () => [])
    case 'negative':
      return eachOf(told, headers, (name, value) => [[name, `-${value}`]])
    case 'malformed':
      return eachOf(told, headers, (name) => [[name, 'unknown']])
    case 'past':
      return changed(headers, reset, (seconds) => Number(seconds) - hourSeconds)
    case 'far-future':
      return changed(headers, reset, (seconds) => Number(seconds) + 24 * hourSeconds)
    case 'milliseconds':
      return changed(headers, reset, (seconds) => Number(seconds) * 1_000)
    case 'delta':
      return changed(headers, reset, (seconds) =>
        counts === 'epoch' ? Math.max(0, Number(seconds) - now) : Number(seconds) + now,
      )
    case 'zero-remaining':
      return changed(headers, remaining, () => 0)
  }
}

function eachOf(told: LimitHeaders['headers'], headers: Pairs, change: (name: string, value: string) => Pairs): Pairs {
  const names = Object.values(told).map((name) => name.toLowerCase())
  const isTold = (name: string): boolean => names.includes(name.toLowerCase())
  if (!headers.some(([name]) => isTold(name))) return headers
  return headers.flatMap(([name, value]) => (isTold(name) ? change(name, value) : [[name, value] as const]))
}

function changed(headers: Pairs, name: string | undefined, change: (value: string) => number): Pairs {
  const value = name === undefined ? undefined : headerOf(headers, name)
  return name === undefined || value === undefined ? headers : withHeader(headers, name, String(change(value)))
}
