// Corrupt body: the service did its work and says so with a 2xx, but the body is not what it should be.
// The client sees a success that it cannot read, or that reads as something else.

import { z } from 'zod'
import type { Prng } from '#random/prng.ts'
import { gatewayPage, withHeader } from './api-error.ts'
import { defineFault, type FaultReply, type ReplyBody } from './fault.ts'

const sentences = {
  truncated: 'The body of a success ends in the middle.',
  garbage: 'The body of a success is random bytes.',
  html: "The body of a success is a gateway's HTML page.",
  empty: 'The body of a success is empty.',
  'wrong-type': 'The body of a success is well-formed JSON, but a list instead of what was asked for.',
  mislabelled: 'The body of a success is right, but called text/html.',
} as const

type Form = keyof typeof sentences
const formNames = Object.keys(sentences) as [Form, ...Form[]]
const garbageBytes = 256

export const corruptBody = defineFault({
  kind: 'corrupt-body',
  acts: 'decides',
  shapes: 'share',
  schema: z.strictObject({
    form: z.enum(formNames, { error: `write one of ${formNames.join(', ')}` }).describe('What the body is instead.'),
  }),
  effects: () => ['none'],
  explain: ({ form }) => sentences[form],
  decide: ({ form }, _exchange, _effect, _intensity, random) => ({
    kind: 'rewrite',
    ...(form === 'mislabelled' && { keepsContent: true }),
    edit: (reply) => {
      const isSuccess = reply.status >= 200 && reply.status <= 299
      return isSuccess && reply.body !== null && reply.body.length > 0 ? corrupt(form, reply, random) : reply
    },
  }),
})

function corrupt(form: Form, reply: FaultReply, random: Prng): FaultReply {
  switch (form) {
    case 'truncated':
      return { ...reply, body: firstHalf(reply.body) }
    case 'garbage':
      return { ...reply, body: drawBytes(random) }
    case 'html':
      return labelled({ ...reply, body: gatewayPage('502 Bad Gateway') }, 'text/html')
    case 'empty':
      return { ...reply, body: '' }
    case 'wrong-type':
      return { ...reply, body: '[]' }
    case 'mislabelled':
      return labelled(reply, 'text/html')
  }
}

function labelled(reply: FaultReply, type: string): FaultReply {
  return { ...reply, headers: withHeader(reply.headers, 'content-type', type) }
}

function firstHalf(body: ReplyBody): ReplyBody {
  return body === null ? null : body.slice(0, Math.floor(body.length / 2))
}

function drawBytes(random: Prng): Uint8Array {
  // The first one is no beginning of JSON or UTF-8, whatever the rest is.
  return Uint8Array.from({ length: garbageBytes }, (_, index) => (index === 0 ? 0xff : random.integer(0, 255)))
}
