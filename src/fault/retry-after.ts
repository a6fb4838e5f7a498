// Retry-After: what a 429 or 503 says about when to come back, in every form that is seen: seconds, a date, or nonsense.
// The client that takes it at its word waits for the right time, for months, or not at all.

import { z } from 'zod'
import { formatDuration, formatHttpDate } from '#clock/instant.ts'
import { headerOf, withHeader } from './api-error.ts'
import { defineFault } from './fault.ts'
import { positiveMs } from './units.ts'

const formNames = ['seconds', 'date', 'past-date', 'huge', 'malformed', 'zero', 'negative', 'missing'] as const
type Form = (typeof formNames)[number]

const dayMs = 86_400_000
const hugeSeconds = 31_536_000

export const retryAfter = defineFault({
  kind: 'retry-after',
  acts: 'decides',
  shapes: 'share',
  schema: z.strictObject({
    form: z.enum(formNames, { error: `write one of ${formNames.join(', ')}` }).describe('What the header says.'),
    wait: positiveMs('write "form: zero" for no wait')
      .prefault('30s')
      .describe('The wait that "seconds" and "date" ask for, as in "30s".'),
  }),
  effects: () => ['none'],
  changes: [429, 503],
  asksMs: ({ form, wait }) => (form === 'seconds' || form === 'date' ? wait : undefined),
  explain: ({ form, wait }) => `Replies of 429 and 503 ${says(form, wait)}.`,
  decide: ({ form, wait }) => ({
    kind: 'rewrite',
    keepsContent: true,
    edit: (reply, epochMs) => {
      const value = write(form, wait, epochMs)
      const isAsked = reply.status === 429 || reply.status === 503
      if (!isAsked || headerOf(reply.headers, 'retry-after') === value) return reply
      return { ...reply, headers: withHeader(reply.headers, 'retry-after', value) }
    },
  }),
})

function says(form: Form, wait: number): string {
  switch (form) {
    case 'seconds':
      return `ask for a wait of ${formatDuration(wait)}, in seconds`
    case 'date':
      return `ask for a wait of ${formatDuration(wait)}, as a date`
    case 'past-date':
      return 'name a time to come back that has passed'
    case 'huge':
      return 'ask for a wait of a year'
    case 'malformed':
      return 'have a Retry-After that is neither a number nor a date'
    case 'zero':
    case 'negative':
      return `ask for a wait of ${form === 'zero' ? '0 seconds' : 'less than nothing'}`
    case 'missing':
      return 'do not say when to come back'
  }
}

/** `undefined`: no header. */
function write(form: Form, waitMs: number, epochMs: number): string | undefined {
  switch (form) {
    case 'seconds':
      return String(Math.ceil(waitMs / 1_000))
    case 'date':
      return formatHttpDate(epochMs + waitMs)
    case 'past-date':
      return formatHttpDate(epochMs - dayMs)
    case 'huge':
      return String(hugeSeconds)
    case 'malformed':
      return 'soon'
    case 'zero':
      return '0'
    case 'negative':
      return '-30'
    case 'missing':
      return undefined
  }
}
