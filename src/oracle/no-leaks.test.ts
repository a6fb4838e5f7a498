import { expect, test } from 'vitest'
import type { Story } from '../../test/history-builder.ts'
import { judgeBy, sentenceBy, storyOf, testOracle } from '../../test/judging.ts'

type How = 'settled' | 'absent' | 'failed' | 'overdue'

function closes(
  story: Story,
  { leakedTimers = 0, inFlight = 0, unread = 0, how = 'settled' as How, timersLeft = 0 },
): void {
  const read = story.ask('contact.read', { at: '1m' })
  story.attempt(read, { at: '1m', ends: 'ECONNREFUSED' })
  story.error(read, { at: '1m1s', timersLeft })
  story.event('60m', { kind: 'client.closed', how, message: 'gave up' })
  story.event('60m', { kind: 'run.ended', leakedTimers, inFlight, unread, reason: 'done' })
}

testOracle('no-leaks', [
  { title: 'nothing left', says: 'pass', tell: (story) => closes(story, {}) },
  { title: 'a timer after close', says: 'fail', tell: (story) => closes(story, { leakedTimers: 1 }) },
  { title: 'an exchange after close', says: 'fail', tell: (story) => closes(story, { inFlight: 2 }) },
  { title: 'a close that never ends', says: 'fail', tell: (story) => closes(story, { how: 'overdue' }) },
  { title: 'a close that throws', says: 'fail', tell: (story) => closes(story, { how: 'failed' }) },
  {
    title: 'a close that throws when the client is restarted',
    says: 'fail',
    tell: (story) => {
      story.event('30m', { kind: 'client.closed', how: 'failed', message: 'gave up' })
      story.event('30m', { kind: 'client.restarted', instance: 0, orderly: true })
      closes(story, {})
    },
  },
  {
    title: 'as many unread bodies as a pool has connections',
    says: 'pass',
    tell: (story) => closes(story, { unread: 10 }),
  },
  { title: 'one more', says: 'fail', tell: (story) => closes(story, { unread: 11 }) },
  {
    title: 'strict wants every body read',
    says: 'fail',
    header: { profile: 'strict' },
    tell: (story) => closes(story, { unread: 1 }),
  },
  { title: 'no close and nothing left', says: 'pass', tell: (story) => closes(story, { how: 'absent' }) },
  { title: 'no close and a poller', says: 'fail', tell: (story) => closes(story, { how: 'absent', leakedTimers: 1 }) },
  { title: 'a timer that ends by itself', says: 'pass', tell: (story) => closes(story, { timersLeft: 1 }) },
  {
    title: 'strict wants none at all',
    says: 'fail',
    header: { profile: 'strict' },
    tell: (story) => closes(story, { timersLeft: 1 }),
  },
  {
    title: 'strict knows that a flight may be shared with somebody who still waits',
    says: 'pass',
    header: { profile: 'strict' },
    tell: (story) => {
      const first = story.ask('contact.read', { at: '1m', entity: 'contact:1' })
      const second = story.ask('contact.read', { at: '1m1s', entity: 'contact:1' })
      story.attempt(first, { at: '1m', ends: 200, took: '3s' })
      story.error(first, { at: '1m2s', timersLeft: 1 })
      story.ok(second, { at: '1m3s' })
      story.event('60m', { kind: 'client.closed', how: 'settled', message: '' })
      story.event('60m', { kind: 'run.ended', leakedTimers: 0, inFlight: 0, unread: 0, reason: 'done' })
    },
  },
  {
    title: 'strict knows it of one flight of two as well',
    says: 'pass',
    header: { profile: 'strict' },
    tell: (story) => {
      const first = story.ask('contact.read', { at: '1m', entity: 'contact:1' })
      const second = story.ask('contact.read', { at: '1m1s', entity: 'contact:1' })
      for (const about of ['contact:9', 'contact:1'])
        story.attempt(first, { at: '1m', ends: 200, took: '3s', entity: about })
      story.error(first, { at: '1m2s', timersLeft: 1 })
      story.ok(second, { at: '1m3s' })
      story.event('60m', { kind: 'client.closed', how: 'settled', message: '' })
      story.event('60m', { kind: 'run.ended', leakedTimers: 0, inFlight: 0, unread: 0, reason: 'done' })
    },
  },
  {
    title: 'an unhandled rejection',
    says: 'fail',
    tell: (story) => {
      const error = { name: 'Error', message: 'nobody listens' }
      story.event('1m', { kind: 'client.rejected', operation: null, error })
      closes(story, {})
    },
  },
  {
    title: 'an unhandled rejection counts although the run crashed',
    says: 'fail',
    tell: (story) => {
      story.event('1m', { kind: 'client.rejected', operation: null, error: { name: 'Error', message: 'alone' } })
      story.event('60m', { kind: 'run.ended', leakedTimers: 3, inFlight: 1, unread: 0, reason: 'crashed' })
    },
  },
  {
    title: 'a thousand timers that end by themselves',
    says: 'pass',
    tell: (story) => closes(story, { timersLeft: 1_000 }),
  },
  { title: 'and one more', says: 'fail', tell: (story) => closes(story, { timersLeft: 1_001 }) },
  {
    title: 'an operation that was cut off left no timer of its own',
    says: 'pass',
    header: { profile: 'strict' },
    tell: (story) => {
      story.unknown(story.ask('contact.read', { at: '2m' }), { at: '3m' })
      closes(story, {})
    },
  },
  {
    title: 'a run that crashed was not closed',
    says: 'not-armed',
    tell: (story) =>
      story.event('60m', { kind: 'run.ended', leakedTimers: 3, inFlight: 1, unread: 0, reason: 'crashed' }),
  },
])

test.for<[string, (story: Story) => void]>([
  ['timers', (story) => closes(story, { leakedTimers: 3 })],
  ['no close', (story) => closes(story, { leakedTimers: 1, how: 'absent' })],
  ['unread bodies', (story) => closes(story, { unread: 400 })],
  ['overdue', (story) => closes(story, { how: 'overdue' })],
  [
    'rejections',
    (story) => {
      story.event('1m', { kind: 'client.rejected', operation: null, error: { name: 'Error', message: 'first' } })
      story.event('2m', { kind: 'client.rejected', operation: null, error: { name: 'Error', message: 'second' } })
      closes(story, {})
    },
  ],
])('the sentence says what is left: %s', ([, tell]) => {
  expect(sentenceBy('no-leaks', storyOf({ tell }))).toMatchSnapshot()
})

test('what is judged: timers, exchanges, close, bodies, rejections, and each operation that left a timer', () => {
  const armedBy = (timersLeft: number) =>
    judgeBy('no-leaks', storyOf({ tell: (story) => closes(story, { timersLeft }) }))
  expect(armedBy(0)).toMatchObject({ verdict: 'pass', armed: 5 })
  expect(armedBy(1)).toMatchObject({ verdict: 'pass', armed: 6 })
})
