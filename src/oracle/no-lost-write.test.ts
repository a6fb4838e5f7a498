import { expect, test } from 'vitest'
import type { Story, Time } from '../../test/history-builder.ts'
import { judgeBy, sentenceBy, storyOf, testOracle } from '../../test/judging.ts'

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

/** Queued during the faults, beside so many reads that were answered and so many that were not. */
function answered(story: Story, good: number, bad: number): void {
  queuedReply(story, '15m')
  for (let nth = 0; nth < good; nth += 1) story.read({ at: '16m' })
  for (let nth = 0; nth < bad; nth += 1) story.attempt(null, { at: '17m', ends: 503 })
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
    title: 'a second too late is not yet late',
    says: 'pass',
    tell: (story) => {
      queuedReply(story, '31m')
      delivered(story, 36 * 60_000 + 1_000)
    },
  },
  {
    title: 'a millisecond more is',
    says: 'fail',
    tell: (story) => {
      queuedReply(story, '31m')
      delivered(story, 36 * 60_000 + 1_001)
    },
  },
  {
    title: 'queued without a promise for how long',
    says: 'not-armed',
    header: { promises: {} },
    tell: (story) => void queuedReply(story, '31m'),
  },
  {
    title: 'lost in a run without faults',
    says: 'fail',
    header: { firstFaultAt: null, lastLiftAt: null },
    tell: (story) => void queuedReply(story, '31m'),
  },
  { title: 'a minute before the faults was long enough', says: 'fail', tell: (story) => void queuedReply(story, '9m') },
  {
    title: 'less than that was not',
    says: 'not-armed',
    tell: (story) => void queuedReply(story, 9 * 60_000 + 1),
  },
  {
    title: 'what was answered before it was asked for tells nothing',
    says: 'not-armed',
    tell: (story) => {
      story.read({ at: '11m' })
      story.read({ at: '12m' })
      queuedReply(story, '15m')
    },
  },
  {
    title: 'what was answered in the same moment does',
    says: 'fail',
    tell: (story) => {
      queuedReply(story, '15m')
      story.read({ at: '15m' })
    },
  },
  { title: 'half of the answers are most of them', says: 'fail', tell: (story) => answered(story, 1, 1) },
  { title: 'a third is not', says: 'not-armed', tell: (story) => answered(story, 1, 2) },
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
    title: 'a promise of a day, and nothing goes out after the incident',
    says: 'fail',
    header: { promises: { 'conversation.reply': { degrade: [{ kind: 'queue', maxDelayMs: 86_400_000 }] } } },
    tell: (story) => void queuedReply(story, '20m'),
  },
  {
    title: 'a promise of a day, and the run ends soon after the incident',
    says: 'not-armed',
    header: {
      promises: { 'conversation.reply': { degrade: [{ kind: 'queue', maxDelayMs: 86_400_000 }] } },
      lastLiftAt: 51 * 60_000,
    },
    tell: (story) => void queuedReply(story, '20m'),
  },
  {
    title: 'a promise of a day, and half of it has gone out',
    says: 'pass',
    header: { promises: { 'conversation.reply': { degrade: [{ kind: 'queue', maxDelayMs: 86_400_000 }] } } },
    tell: (story) => {
      queuedReply(story, '20m')
      queuedReply(story, '21m', 'b')
      delivered(story, '40m')
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

test('a write was queued when its caller was told so', () => {
  const history = storyOf({
    tell: (story) => {
      const asked = story.ask('conversation.reply', { at: '31m', key: 'a', entity })
      story.ok(asked, { at: '31m5s', result: 'queued' })
      delivered(story, '50m')
    },
  })
  expect(sentenceBy('no-lost-write', history)).toContain('was queued at 11:31:05Z and sent 19m after it was asked for')
})

test.for<[string, (story: Story) => void, number]>([
  ['a write that happened', (story) => done(story, { commits: { entity, key: 'a' } }), 0],
  ['one that did not', (story) => done(story, { ends: 'abort' }), 1],
  ['one that was never sent', (story) => void queuedReply(story, '31m'), 1],
])('what is observed of %s', ([, tell, observed]) => {
  expect(judgeBy('no-lost-write', storyOf({ tell }))).toMatchObject({ observed })
})
