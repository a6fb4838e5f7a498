// Stories of the oracles about time, errors and cancellation.

import type { ErrorFacts } from '#history/event.ts'
import { minute, type Story } from '../history-builder.ts'
import type { Stories } from './story-pair.ts'

const requestId = '3f0c8a1e-5d2b-4c7a-9b1f-6a2e8d4c5b70'

/** Reads before anything goes wrong, the first of which are given up after 50 ms. */
function reads(story: Story, givenUp: number): void {
  for (let index = 0; index < 60; index += 1) {
    const at = index * 9_000
    const isLost = index < givenUp
    const read = story.ask('contact.read', { at, entity: `contact:${index}` })
    story.attempt(read, { at, took: isLost ? 50 : 80, ends: isLost ? 'abort' : 200, answersIn: 80 })
    if (isLost) story.error(read, { at: at + 50, error: { name: 'TimeoutError', message: 'The operation timed out' } })
    else story.ok(read, { at: at + 80 })
  }
}

function refused(story: Story, error: ErrorFacts): void {
  for (let index = 0; index < 4; index += 1) {
    const at = 20 * minute + index * 5_000
    const read = story.ask('contact.read', { at, entity: `contact:${index}` })
    story.attempt(read, { at, ends: 503, requestId, from: 'src/desk.ts:42' })
    story.error(read, { at: at + 100, error })
  }
}

const error = { kind: 'error' } as const
const uneven = {
  'contact.read': { withinMs: 10_000, degrade: [error] },
  'conversation.reply': { withinMs: 10 * minute, degrade: [error] },
}

export const timeStories: Stories = {
  'waits-long-enough': {
    pass: (story) => reads(story, 1),
    fail: (story) => reads(story, 20),
  },
  'errors-tell-the-cause': {
    pass: (story) => refused(story, { name: 'ApiError', message: 'GET /contacts/1 was answered 503', status: 503 }),
    fail: (story) => refused(story, { name: 'TypeError', message: "Cannot read properties of null (reading 'id')" }),
  },
  'keeps-request-id': {
    header: { expect: [{ oracle: 'keeps-request-id', settings: { kept: 0.9 } }] },
    pass: (story) => refused(story, { name: 'ApiError', message: 'answered 503', status: 503, requestId }),
    fail: (story) => refused(story, { name: 'ApiError', message: 'answered 503', status: 503 }),
  },
  'promises-are-worth-something': {
    header: {
      promises: uneven,
      expect: [{ oracle: 'promises-are-worth-something', settings: { weaker: 0 } }],
    },
    pass: (story) => void story.read({ at: '1m' }),
    fail: (story) => {
      const reply = story.ask('conversation.reply', { at: '1m', key: 'a' })
      story.attempt(reply, { at: '1m', ends: 200 })
      story.ok(reply, { at: '1m1s' })
    },
  },
}
