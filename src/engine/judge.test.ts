// Why a client that fails without any fault fails, in a sentence.

import { expect, test } from 'vitest'
import { encodeHistory } from '#history/codec.ts'
import { createStory } from '../../test/history-builder.ts'
import { judgeNominal } from './judge.ts'

function whyUnhealthy(messages: readonly string[]): string {
  const story = createStory({ firstFaultAt: null, baseline: null })
  messages.forEach((message, index) => {
    const read = story.ask('contact.read', { at: index * 1_000, entity: `contact:${index}` })
    story.attempt(read, { at: index * 1_000, ends: 404 })
    story.error(read, { at: index * 1_000 + 100, error: { name: 'Error', message } })
  })
  const history = story.history()
  return judgeNominal({ history, text: encodeHistory(history) }, [])?.because ?? 'healthy'
}

const answered = (status: number): string => `Intercom answered ${status}`

test.for<[string, string[], string]>([
  ['one message', Array<string>(3).fill(answered(404)), `3 of 3 operations ended in "Error: ${answered(404)}"`],
  [
    'messages with ids of their requests',
    ['a1f3', '77bc', 'c0de9'].map((id) => `${answered(404)} (request ${id})`),
    `3 of 3 operations ended like "Error: ${answered(404)} (request a1f3)"`,
  ],
  [
    'messages with UUIDs and times',
    [
      'at 12:03:11.224 f81d4fae-7dec-11d0-a765-00a0c91e6bf6 failed',
      'at 07:41:00.009 0b6fbb14-1d9f-4c5a-8df3-1e1d9a1b2c3d failed',
    ],
    '2 of 2 operations ended like "Error: at 12:03:11.224 f81d4fae-7dec-11d0-a765-00a0c91e6bf6 failed"',
  ],
  [
    'a status is no id',
    [answered(404), answered(500), answered(404)],
    `2 of 3 operations ended in "Error: ${answered(404)}"`,
  ],
])('%s', ([, messages, says]) => {
  expect(whyUnhealthy(messages)).toContain(says)
})
