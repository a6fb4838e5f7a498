import type { Story } from '../../test/history-builder.ts'
import { testOracle } from '../../test/judging.ts'

type Sent = Parameters<Story['attempt']>[1]

function reply(story: Story, attempts: readonly Partial<Sent>[]): void {
  const asked = story.ask('conversation.reply', { at: '20m', key: 'a', entity: 'conversation:7' })
  attempts.forEach((sent, index) => story.attempt(asked, { at: 1_200_000 + index * 2_000, ends: 503, ...sent }))
  story.error(asked, { at: '21m' })
}

const empty = { empty: true, bodyHash: '' } as const

testOracle('retries-the-whole-request', [
  { title: 'the body is there again', says: 'pass', tell: (story) => reply(story, [{}, {}]) },
  { title: 'the body is gone', says: 'fail', tell: (story) => reply(story, [{}, empty]) },
  { title: 'gone at the third attempt', says: 'fail', tell: (story) => reply(story, [{}, {}, empty]) },
  { title: 'another body is a body', says: 'pass', tell: (story) => reply(story, [{}, { bodyHash: 'other' }]) },
  { title: 'a route without bodies', says: 'not-armed', tell: (story) => reply(story, [empty, empty]) },
  { title: 'one attempt', says: 'not-armed', tell: (story) => reply(story, [{}]) },
  { title: 'after success it is another request', says: 'not-armed', tell: (s) => reply(s, [{ ends: 200 }, empty]) },
  {
    title: 'another route',
    says: 'not-armed',
    tell: (story) => reply(story, [{}, { ...empty, route: '/conversations/{id}/read' }]),
  },
  {
    title: 'another entity',
    says: 'not-armed',
    tell: (story) => reply(story, [{}, { ...empty, entity: 'conversation:8' }]),
  },
  {
    title: 'a redirect may drop it',
    says: 'not-armed',
    tell: (story) => reply(story, [{}, { ...empty, redirectOf: 0 }]),
  },
  {
    title: 'a copy in flight is no retry',
    says: 'not-armed',
    tell: (story) => reply(story, [{ took: '5s' }, { ...empty, took: '1s' }]),
  },
  {
    title: 'borrowed exchanges are not judged',
    says: 'uncertain',
    tell: (story) => reply(story, [{ certain: false }, { ...empty, certain: false }]),
  },
])
