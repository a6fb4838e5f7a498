import { expect, test } from 'vitest'
import { minute, type Story, type Time } from '../../test/history-builder.ts'
import { judgeBy, promises, sentenceBy, storyOf, testOracle } from '../../test/judging.ts'

const entity = 'contact:1'

/** A copy was received at 100 ms; a later read fails at `at`. */
function failsAt(story: Story, at: Time, ends: number | 'abort' = 'abort'): void {
  story.read({ at: 0, entity })
  const read = story.ask('contact.read', { at, entity })
  story.attempt(read, { at, took: 0, ends })
  story.error(read, { at })
}

/** An operation met the contact in a search; a later read of it fails. */
function foundBySearch(story: Story, name: string, asked: string): void {
  const earlier = story.ask(name, { at: '5m', entity: asked })
  const route = '/contacts/search'
  story.attempt(earlier, { at: '5m', method: 'POST', route, ends: 200, contains: { [entity]: 1 } })
  story.ok(earlier, { at: '5m1s' })
  story.error(story.ask('contact.read', { at: '30m', entity }), { at: '30m' })
}

const only = (degrade: (typeof promises)[string]['degrade']) => ({ promises: { 'contact.read': { degrade } } })

/** The cache is away for a second, and what was received `at` is missed when the API fails. */
const missedAfterReturn =
  (at: Time) =>
  (story: Story): void => {
    story.event('1s', { kind: 'cache.changed', state: 'gone', emptied: true })
    story.event('2s', { kind: 'cache.changed', state: 'serving', emptied: true })
    story.read({ at, entity })
    story.error(story.ask('contact.read', { at: '6s', entity }), { at: '6s' })
  }

testOracle('degraded-as-promised', [
  {
    title: 'what a write looked up under another address need not be kept',
    says: 'pass',
    tell: (story) => {
      const write = story.ask('contact.upsert', { at: '5m', entity })
      const route = '/contacts/find_by_external_id/{external_id}'
      story.attempt(write, { at: '5m', method: 'GET', route, entity, ends: 200, contains: { [entity]: 1 } })
      story.ok(write, { at: '5m1s' })
      const read = story.ask('contact.read', { at: '30m', entity })
      story.attempt(read, { at: '30m', took: 0, entity, ends: 'abort' })
      story.error(read, { at: '30m' })
    },
  },
  {
    title: 'a copy that was sent into a cut network may never have come',
    says: 'pass',
    tell: (story) => {
      story.event(50, { kind: 'client.unplugged', instance: 0 })
      failsAt(story, '1m')
      story.event('2m', { kind: 'client.plugged', instance: 0 })
    },
  },
  {
    title: 'a copy from before the cache was emptied need not be at hand',
    says: 'pass',
    tell: (story) => {
      story.read({ at: 0, entity })
      story.event('1s', { kind: 'cache.changed', state: 'serving', emptied: true })
      story.error(story.ask('contact.read', { at: '2s', entity }), { at: '2s' })
    },
  },
  {
    title: 'nor is one that was received while the cache served nobody',
    says: 'pass',
    tell: (story) => {
      story.event('1s', { kind: 'cache.changed', state: 'gone', emptied: true })
      story.read({ at: '2s', entity })
      story.error(story.ask('contact.read', { at: '3s', entity }), { at: '3s' })
    },
  },
  {
    title: 'a copy that was received after the cache was emptied is owed',
    says: 'fail',
    tell: (story) => {
      story.event('1s', { kind: 'cache.changed', state: 'serving', emptied: true })
      story.read({ at: '2s', entity })
      story.error(story.ask('contact.read', { at: '3s', entity }), { at: '3s' })
    },
  },
  {
    title: 'nor is one that came before the client had the time to find its cache again',
    says: 'pass',
    tell: missedAfterReturn('2100ms'),
  },
  {
    title: 'a copy that came when the client had had the time to find its cache again is owed',
    says: 'fail',
    tell: missedAfterReturn('4300ms'),
  },
  { title: 'a fresh value is always welcome', says: 'pass', tell: (story) => void story.read({ at: 0 }) },
  {
    title: 'an error that is on the ladder, without a copy',
    says: 'pass',
    tell: (story) => {
      const read = story.ask('contact.read', { at: 0, entity })
      story.error(read, { at: '1s' })
    },
  },
  {
    title: 'an error that is not on the ladder',
    says: 'fail',
    header: only([]),
    tell: (story) => {
      const read = story.ask('contact.read', { at: 0, entity })
      story.error(read, { at: '1s' })
    },
  },
  {
    title: 'a stale value that is not on the ladder',
    says: 'fail',
    header: only([{ kind: 'error' }]),
    tell: (story) => {
      const read = story.ask('contact.read', { at: 0, entity })
      story.ok(read, { at: '1s', result: 'stale', ageMs: 0 })
    },
  },
  { title: 'an error although a young copy was at hand', says: 'fail', tell: (story) => failsAt(story, '30m') },
  {
    title: 'a copy that is as old as promised, but for the tolerance',
    says: 'fail',
    tell: (story) => failsAt(story, 3_599_100),
  },
  { title: 'a copy about to expire may be missed', says: 'pass', tell: (story) => failsAt(story, 3_599_101) },
  {
    title: 'a copy that is owed only after the error',
    says: 'pass',
    header: only([{ kind: 'error' }, { kind: 'stale', maxAgeMs: 60 * minute }]),
    tell: (story) => failsAt(story, '30m'),
  },
  {
    title: 'a copy that an earlier process held in memory',
    says: 'pass',
    tell: (story) => {
      story.event('10m', { kind: 'client.restarted', instance: 0, orderly: false })
      failsAt(story, '30m')
    },
  },
  {
    title: 'another process that was restarted took no copy away',
    says: 'fail',
    tell: (story) => {
      story.event('10m', { kind: 'client.restarted', instance: 1, orderly: true })
      failsAt(story, '30m')
    },
  },
  { title: 'what is gone is not served from memory', says: 'pass', tell: (story) => failsAt(story, '30m', 404) },
  { title: 'nor what is forbidden', says: 'pass', tell: (story) => failsAt(story, '30m', 403) },
  {
    title: 'nor what was refused after an attempt that broke',
    says: 'pass',
    tell: (story) => {
      story.read({ at: 0, entity })
      const read = story.ask('contact.read', { at: '30m', entity })
      story.attempt(read, { at: '30m', ends: 503 })
      story.attempt(read, { at: '30m1s', ends: 404 })
      story.error(read, { at: '30m2s' })
    },
  },
  ...[404, 410].map((status) => ({
    title: `what the API once said is gone (${status}) is no copy in a later outage`,
    says: 'pass' as const,
    tell: (story: Story) => {
      story.read({ at: 0, entity })
      failsAt(story, '20m', status)
      story.error(story.ask('contact.read', { at: '21m', entity }), { at: '21m' })
    },
  })),
  {
    title: 'what was received again after that is one',
    says: 'fail',
    tell: (story) => {
      story.attempt(null, { at: '5m', method: 'GET', entity, ends: 404 })
      story.read({ at: '10m', entity })
      story.error(story.ask('contact.read', { at: '21m', entity }), { at: '21m' })
    },
  },
  {
    title: 'what another process was told took no copy away',
    says: 'fail',
    tell: (story) => {
      story.attempt(null, { at: '5m', method: 'GET', entity, ends: 404, instance: 1 })
      failsAt(story, '21m')
    },
  },
  {
    title: 'what this process deleted is no copy',
    says: 'pass',
    tell: (story) => {
      story.read({ at: 0, entity })
      story.attempt(null, { at: '5m', method: 'DELETE', route: '/contacts/{id}', entity, ends: 200 })
      story.error(story.ask('contact.read', { at: '21m', entity }), { at: '21m' })
    },
  },
  {
    title: 'a copy that a background task fetched is at hand',
    says: 'fail',
    tell: (story) => {
      story.attempt(null, { at: '5m', method: 'GET', entity, ends: 200, contains: { [entity]: 1 } })
      story.error(story.ask('contact.read', { at: '30m', entity }), { at: '30m' })
    },
  },
  {
    title: 'so is what an earlier read found by a search',
    says: 'fail',
    tell: (story) => foundBySearch(story, 'contact.read', entity),
  },
  {
    title: 'what was found while looking for another is no copy',
    says: 'pass',
    tell: (story) => foundBySearch(story, 'contact.read', 'contact:2'),
  },
  {
    title: 'nor what another operation found',
    says: 'pass',
    tell: (story) => foundBySearch(story, 'contact.search', entity),
  },
  {
    title: 'a list that mentioned it is no copy',
    says: 'pass',
    tell: (story) => {
      const list = story.ask('conversation.list', { at: 0 })
      story.attempt(list, { at: 0, ends: 200, route: '/contacts', contains: { [entity]: 1 } })
      story.ok(list, { at: 100 })
      const read = story.ask('contact.read', { at: '1m', entity })
      story.error(read, { at: '1m5s' })
    },
  },
  {
    title: 'the copy of another process is not at hand',
    says: 'pass',
    tell: (story) => {
      story.read({ at: 0, entity, instance: 1 })
      const read = story.ask('contact.read', { at: '1m', entity })
      story.error(read, { at: '1m5s' })
    },
  },
  {
    title: 'a cancelled operation may fail',
    says: 'not-armed',
    header: only([]),
    tell: (story) => {
      const read = story.ask('contact.read', { at: 0, entity })
      story.cancel(read, { at: '1s' })
      story.error(read, { at: '1s' })
    },
  },
  {
    title: 'an unknown end counts neither way',
    says: 'not-armed',
    header: only([]),
    tell: (story) => {
      const read = story.ask('contact.read', { at: 0, entity })
      story.unknown(read, { at: '60m' })
    },
  },
  {
    title: 'without promises it does not apply',
    says: 'not-applicable',
    header: { promises: {} },
    tell: (story) => failsAt(story, '1m'),
  },
  {
    title: 'a queued write is on its ladder',
    says: 'pass',
    tell: (story) => {
      const reply = story.ask('conversation.reply', { at: 0, key: 'a' })
      story.ok(reply, { at: '1s', result: 'queued' })
    },
  },
  {
    title: 'a dropped one is not',
    says: 'fail',
    tell: (story) => {
      const reply = story.ask('conversation.reply', { at: 0, key: 'a' })
      story.ok(reply, { at: '1s', result: 'dropped' })
    },
  },
])

test.for<[string, (story: Story) => void]>([
  ['owed', (story) => failsAt(story, '30m')],
  [
    'unlisted',
    (story) => {
      const reply = story.ask('conversation.reply', { at: '20m', key: 'a' })
      story.attempt(reply, { at: '20m', ends: 503 })
      story.ok(reply, { at: '20m1s', result: 'dropped' })
    },
  ],
])('the sentence says what was promised: %s', ([, tell]) => {
  expect(sentenceBy('degraded-as-promised', storyOf({ tell }))).toMatchSnapshot()
})

test.for([400, 401, 403, 404, 409, 410, 422])('%i is an answer, whatever copy there is', (status) => {
  const history = storyOf({ tell: (story) => failsAt(story, '30m', status) })
  expect(judgeBy('degraded-as-promised', history)).toMatchObject({ verdict: 'pass', observed: 0 })
})

test.for([399, 402, 408, 411, 421, 423, 500])('%i is none, and the copy is owed', (status) => {
  const history = storyOf({ tell: (story) => failsAt(story, '30m', status) })
  expect(judgeBy('degraded-as-promised', history)).toMatchObject({ verdict: 'fail', observed: 1 })
})

test('the copy that is shown is the last, and as old as it was in the end', () => {
  const history = storyOf({
    tell: (story) => {
      story.read({ at: '5m', entity })
      story.read({ at: '10m', entity })
      story.error(story.ask('contact.read', { at: '29m', entity }), { at: '30m' })
    },
  })
  expect(sentenceBy('degraded-as-promised', history)).toContain(
    'at 11:30:00Z although a copy 20m old (received 11:10:00Z)',
  )
})
