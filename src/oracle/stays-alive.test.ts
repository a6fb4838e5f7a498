import { expect, test } from 'vitest'
import type { Unstamped } from '#history/event.ts'
import type { Story } from '../../test/history-builder.ts'
import { sentenceBy, storyOf, testOracle } from '../../test/judging.ts'

function during(story: Story, event: Unstamped): void {
  const read = story.ask('contact.read', { at: '20m' })
  story.attempt(read, { at: '20m', took: '3s', ends: 'abort' })
  story.attempt(read, { at: '20m4s', ends: 'never' })
  story.event('20m10s', event)
  story.unknown(read, { at: '20m10s', reason: 'crashed' })
}

const crash = { kind: 'client.crashed', cause: 'exit', operation: 0, message: 'exit code 1' } as const
const end = { kind: 'run.ended', leakedTimers: 0, inFlight: 0, unread: 0 } as const

testOracle('stays-alive', [
  { title: 'to the end', says: 'pass', tell: (story) => void story.read({ at: 0 }) },
  { title: 'nothing asked', says: 'not-armed', tell: () => undefined },
  { title: 'a crash', says: 'fail', tell: (story) => during(story, crash) },
  {
    title: 'a crash before anything was asked',
    says: 'fail',
    tell: (story) => story.event(0, { ...crash, operation: null }),
  },
  {
    title: 'a limit',
    says: 'fail',
    tell: (story) => during(story, { kind: 'limit.reached', limit: 'exchangesPerOperation', operation: 0 }),
  },
  {
    title: 'a value of which we read a part',
    says: 'pass',
    tell: (story) => {
      const read = story.ask('contact.read', { at: 0 })
      story.event('1s', { kind: 'limit.reached', limit: 'valueMembers', operation: 0 })
      story.ok(read, { at: '1s' })
    },
  },
  { title: 'a deadlock', says: 'fail', tell: (story) => during(story, { ...end, reason: 'deadlock' }) },
  { title: 'a livelock', says: 'fail', tell: (story) => during(story, { ...end, reason: 'livelock' }) },
  { title: 'a death without a word', says: 'fail', tell: (story) => during(story, { ...end, reason: 'crashed' }) },
  {
    title: 'of those that wait when nothing can happen any more the last is named',
    says: 'fail',
    tell: (story) => {
      for (const at of ['20m', '21m']) story.unknown(story.ask('contact.read', { at }), { at: '22m' })
      story.read({ at: '21m30s' })
      story.event('25m', { ...end, reason: 'deadlock' })
    },
  },
  {
    title: 'a crash before anything was sent',
    says: 'fail',
    tell: (story) => {
      story.unknown(story.ask('contact.read', { at: '20m' }), { at: '20m', reason: 'crashed' })
      story.event('20m', crash)
    },
  },
  {
    title: 'restarts from outside are not deaths',
    says: 'pass',
    tell: (story) => {
      const read = story.ask('contact.read', { at: '20m' })
      story.unknown(read, { at: '20m1s', reason: 'crashed' })
      story.event('20m20s', { kind: 'client.restarted', instance: 0, orderly: false })
      story.event('30m', { kind: 'client.restarted', instance: 0, orderly: true })
    },
  },
  {
    title: 'errors are not deaths',
    says: 'pass',
    tell: (story) => {
      const read = story.ask('contact.read', { at: 0 })
      story.error(read, { at: '1s' })
    },
  },
])

test.for<[string, Unstamped]>([
  ['crash', crash],
  ['limit', { kind: 'limit.reached', limit: 'exchangesPerOperation', operation: 0 }],
  ['deadlock', { ...end, reason: 'deadlock' }],
])('the sentence names the operation and its last exchanges: %s', ([, event]) => {
  expect(sentenceBy('stays-alive', storyOf({ tell: (story) => during(story, event) }))).toMatchSnapshot()
})
