import { expect, test } from 'vitest'
import { judgeBy, promises, sentenceBy, storyOf, testOracle } from '../../test/judging.ts'
import { timeAllowed } from './settles-within-promise.ts'

const slow = (took: number | string) => ({
  tell: (story: Parameters<Parameters<typeof storyOf>[0]['tell']>[0]) => {
    const read = story.ask('contact.read', { at: '46m20s' })
    story.attempt(read, { at: '46m20s', took, ends: 'abort' })
    story.error(read, { at: 46 * 60_000 + 20_000 + (typeof took === 'number' ? took : 20_000) })
  },
})

/** Twenty seconds, of which it is frozen from the second on for so long. */
const frozen = (forMs: number) => ({
  tell: (story: Parameters<Parameters<typeof storyOf>[0]['tell']>[0]) => {
    slow(20_000).tell(story)
    const at = 46 * 60_000 + 22_000
    story.event(at, { kind: 'client.paused', instance: 0 })
    story.event(at + forMs, { kind: 'client.resumed', instance: 0 })
  },
})

testOracle('settles-within-promise', [
  { title: 'exactly at the promise is in time', says: 'pass', ...slow(10_000) },
  { title: 'a tick of the clock at each end is no delay', says: 'pass', ...slow(10_002) },
  { title: 'a millisecond beyond the tolerance is late', says: 'fail', ...slow(10_003) },
  { title: 'time in which its process is frozen is not its own', says: 'pass', ...frozen(10_000) },
  { title: 'but what is beyond that is', says: 'fail', ...frozen(9_900) },
  { title: 'nothing asked proves nothing', says: 'not-armed', tell: () => undefined },
  {
    title: 'without any promise it does not apply',
    says: 'not-applicable',
    header: { promises: { 'contact.read': { degrade: [] } } },
    ...slow(20_000),
  },
  { title: 'nearly ten times as long', says: 'fail', ...slow(95_500) },
  { title: 'a little more than ten times as long', says: 'fail', ...slow(100_500) },
  {
    title: 'one promise among others is enough',
    says: 'fail',
    header: { promises: { ...promises, 'ticket.list': { degrade: [] } } },
    ...slow(20_000),
  },
  {
    title: 'an operation that never settled is late when the run ends',
    says: 'fail',
    tell: (story) => {
      const read = story.ask('contact.read', { at: '10m' })
      story.attempt(read, { at: '10m', ends: 'never' })
      story.unknown(read, { at: '60m' })
    },
  },
  {
    title: 'an operation asked just before the end is not late',
    says: 'not-armed',
    tell: (story) => {
      const read = story.ask('contact.read', { at: '59m55s' })
      story.unknown(read, { at: '60m' })
    },
  },
  {
    title: 'an operation cut off by a crash is not judged',
    says: 'not-armed',
    tell: (story) => {
      const read = story.ask('contact.read', { at: '10m' })
      story.unknown(read, { at: '60m', reason: 'crashed' })
    },
  },
  {
    title: 'a cancelled operation keeps its promise too',
    says: 'fail',
    tell: (story) => {
      const read = story.ask('contact.read', { at: 0 })
      story.cancel(read, { at: '5s' })
      story.error(read, { at: '20s' })
    },
  },
])

test('an operation without a promise may take as long as the ceiling allows', () => {
  const history = storyOf({ tell: () => undefined })
  expect(timeAllowed(history, 'ticket.list')).toMatchObject({
    oracle: 'settles-within-promise',
    name: 'ceiling',
    value: 300_000,
    source: 'profile',
  })
})

test('a promise beyond the ceiling of the profile is capped by it', () => {
  const weak = { 'contact.read': { ...promises['contact.read'], withinMs: 240_000, degrade: [] } }
  const history = (profile: 'strict' | 'default') =>
    storyOf({
      header: { profile, promises: weak },
      tell: (story) => story.read({ at: '1m', took: '200s' }),
    })
  expect(judgeBy('settles-within-promise', history('default')).verdict).toBe('pass')
  expect(judgeBy('settles-within-promise', history('strict'))).toMatchObject({
    verdict: 'fail',
    threshold: {
      name: 'within',
      value: 180_000,
      source: 'profile',
      cite: 'the promise of contact.read, 4m, capped at 3m by the profile strict',
    },
    sentence:
      'Operation 0 (contact.read) took 3m20s, 20s more than its promise, capped at 3m: asked 11:01:00Z, one exchange, answered 200 after 3m20s at 11:04:20Z.',
  })
})

test('the sentence says who, how long, when and why', () => {
  expect(sentenceBy('settles-within-promise', storyOf(slow('20s')))).toMatchInlineSnapshot(
    `"Operation 0 (contact.read) took 20s, twice its promise of 10s: asked 11:46:20Z, one exchange, aborted by the client after 20s at 11:46:40Z."`,
  )
})
