// Commit, then fail: the service does the work, and then the answer says that it failed, or never comes.
// The client cannot know; one that sends a write again without a key of its own does it twice.

import { z } from 'zod'
import { apiError, gatewayError } from './api-error.ts'
import { defineFault } from './fault.ts'
import { errorFor } from './status-text.ts'

const sentences = {
  '500': 'answers 500 Internal Server Error',
  '502': "answers 502 with a gateway's HTML page",
  '503': 'answers 503 Service Unavailable',
  '504': "answers 504 with a gateway's HTML page",
  reset: 'resets the connection',
  silence: 'never answers',
} as const

type Answer = keyof typeof sentences
const answers = Object.keys(sentences) as [Answer, ...Answer[]]

export const commitThenFail = defineFault({
  kind: 'commit-then-fail',
  acts: 'decides',
  shapes: 'share',
  schema: z.strictObject({
    answer: z
      .enum(answers, { error: `write one of ${answers.map((name) => `"${name}"`).join(', ')}` })
      .default('500')
      .describe('What the client gets instead of the answer: a status (in quotes), "reset" or "silence".'),
  }),
  effects: () => ['committed'],
  explain: ({ answer }) => `The service does what it was asked to do, and then ${sentences[answer]}.`,
  decide: ({ answer }, _exchange, effect, _intensity, random) => {
    switch (answer) {
      case 'reset':
        return { kind: 'abort', effect, phase: 'headers', code: 'ECONNRESET' }
      case 'silence':
        return { kind: 'hang', effect, phase: 'headers' }
      case '502':
      case '504':
        return { kind: 'respond', effect, ...gatewayError(Number(answer)) }
      default:
        return { kind: 'respond', effect, ...apiError(Number(answer), errorFor(Number(answer)), random) }
    }
  },
})
