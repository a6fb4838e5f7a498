import { expect, test } from 'vitest'
import type { Story, Time } from '../../test/history-builder.ts'
import { sentenceBy, storyOf, testOracle } from '../../test/judging.ts'

const entity = 'conversation:7'

function queuedReply(story: Story, at: Time, key = 'a'): number {
  const asked = story.ask('conversation.reply', { at, key, entity })
  story.ok(asked, { at, result: 'queued' })
  return asked
}

/** Sent from the background, and committed by the API so much later. */
function delivered(story: Story, at: Time, after: Time = 50, key = 'a'): void {
  story.attempt(null, { at, took: after, method: 'POST', key, ends: 200, commits: { entity, key, after } })
}

function done(story: Story, facts: Partial<Parameters<Story['attempt']>[1]>): void {
  const asked = story.ask('conversation.reply', { at: '20m', key: 'a', entity })
  story.attempt(asked, { at: '20m', ends: 200, ...facts })
  story.ok(asked, { at: '20m1s' })
}

testOracle('no-lost-write', [
  { title: 'done and committed', says: 'pass', tell: (story) => done(story, { commits: { entity, key: 'a' } }) },
  { title: 'done and never committed', says: 'fail', tell: (story) => done(story, { ends: 'abort' }) },
  { title: 'the API said that it was done', says: 'pass', tell: (story) => done(story, { ends: 200 }) },
  { title: 'the API said that it was there already', says: 'pass', tell: (story) => done(story, { ends: 409 }) },
  { title: 'a redirect says that nothing was done here', says: 'fail', tell: (story) => done(story, { ends: 302 }) },
  {
    title: 'what an earlier ask left behind does not count',
    says: 'fail',
    tell: (story) => {
      delivered(story, '1m')
      done(story, { ends: 'abort' })
    },
  },
  {
    title: 'queued and delivered in time',
    says: 'pass',
    tell: (story) => {
      queuedReply(story, '31m')
      delivered(story, '35m')
    },
  },
  {
    title: 'queued and sent at the last moment',
    says: 'pass',
    tell: (story) => {
      queuedReply(story, '31m')
      delivered(story, '36m', '10s')
    },
  },
  {
    title: 'queued and sent too late',
    says: 'fail',
    tell: (story) => {
      queuedReply(story, '31m')
      delivered(story, '36m2s')
    },
  },
  { title: 'queued and never sent', says: 'fail', tell: (story) => void queuedReply(story, '31m') },
  {
    title: 'queued shortly before the end of the run',
    says: 'not-armed',
    tell: (story) => void queuedReply(story, '55m1s'),
  },
  { title: 'queued with its time up just at the end', says: 'fail', tell: (story) => void queuedReply(story, '55m') },
  {
    title: 'expired while nothing could be delivered',
    says: 'not-armed',
    tell: (story) => void queuedReply(story, '15m'),
  },
  {
    title: 'strict excuses no expiry',
    says: 'fail',
    header: { profile: 'strict' },
    tell: (story) => void queuedReply(story, '15m'),
  },
  {
    title: 'lost while most of what was sent was answered',
    says: 'fail',
    tell: (story) => {
      queuedReply(story, '15m')
      story.read({ at: '16m' })
      story.read({ at: '17m' })
    },
  },
  { title: 'the last minute was long enough', says: 'fail', tell: (story) => void queuedReply(story, '26m') },
  {
    title: 'less than a minute may pass while a queue backs off',
    says: 'not-armed',
    tell: (story) => {
      queuedReply(story, 26 * 60_000 - 1)
      for (let at = 30 * 60_000; at < 31 * 60_000; at += 5_000) story.read({ at })
    },
  },
  {
    title: 'lenient gives two minutes',
    says: 'not-armed',
    header: { profile: 'lenient' },
    tell: (story) => void queuedReply(story, '26m30s'),
  },
  {
    title: 'half a minute before the faults and half a minute after them are a minute',
    says: 'fail',
    header: { firstFaultAt: 10 * 60_000, lastLiftAt: 14 * 60_000 },
    tell: (story) => void queuedReply(story, '9m30s'),
  },
  {
    title: 'a queue of half a minute is judged where all of it was without faults',
    says: 'fail',
    header: {
      promises: { 'conversation.reply': { degrade: [{ kind: 'queue', maxDelayMs: 30_000 }] } },
    },
    tell: (story) => void queuedReply(story, '31m'),
  },
  {
    title: 'a late commit may be that of a later ask',
    says: 'pass',
    tell: (story) => {
      queuedReply(story, '31m')
      queuedReply(story, '38m')
      delivered(story, '39m')
    },
  },
  {
    title: 'an error owes nothing',
    says: 'not-armed',
    tell: (story) => {
      const asked = story.ask('conversation.reply', { at: '31m', key: 'a' })
      story.error(asked, { at: '31m1s' })
    },
  },
  {
    title: 'no attribution is needed',
    says: 'pass',
    tell: (story) => {
      const asked = story.ask('conversation.reply', { at: '31m', key: 'a' })
      story.ok(asked, { at: '31m10s' })
      story.attempt(99, { at: '31m1s', certain: false, ends: 'abort', commits: { entity, key: 'a' } })
    },
  },
])

test.for<[string, (story: Story) => void]>([
  ['lost', (story) => done(story, { ends: 'abort' })],
  ['expired', (story) => void queuedReply(story, '31m')],
  [
    'late',
    (story) => {
      queuedReply(story, '31m')
      delivered(story, '50m')
    },
  ],
])('the sentence says what became of it: %s', ([, tell]) => {
  expect(sentenceBy('no-lost-write', storyOf({ tell }))).toMatchSnapshot()
})
