import { expect, test } from 'vitest'
import type { End, Story } from '../../test/history-builder.ts'
import { sentenceBy, storyOf, testOracle } from '../../test/judging.ts'

const at = 1_200_000

/** 2026-04-27 11:20:30Z, half a minute after the answer at 11:20:00.100Z. */
const date = 'Mon, 27 Apr 2026 11:20:30 GMT'

/** A read that is refused at 11:20, and sent again so long after the answer. */
function again(story: Story, gapsMs: readonly number[], facts: object, ends: End = 429, more: object = {}): void {
  const read = story.ask('contact.read', { at, entity: 'contact:1' })
  story.attempt(read, { at, ends, ...facts })
  for (const gapMs of gapsMs) story.attempt(read, { at: at + 100 + gapMs, ends: 200, ...more })
  story.error(read, { at: at + 120_000 })
}

/** Other operations ask in the meantime, every so often. */
function others(story: Story, count: number, facts: object, ends: End = 429, route = '/contacts/{id}'): void {
  again(story, [], facts, ends)
  for (let index = 1; index <= count; index += 1) {
    const read = story.ask('contact.read', { at: at + index * 1_000, entity: `contact:${index + 1}` })
    story.attempt(read, { at: at + index * 1_000, ends: 200, route })
    story.ok(read, { at: at + index * 1_000 + 100 })
  }
}

const asks = { retryAfter: '30' }
const resets = { resetAt: at + 10_000 }

testOracle('heeds-retry-after', [
  { title: 'coming back when the time is over is right', says: 'pass', tell: (story) => again(story, [30_000], asks) },
  { title: 'a second is not half a minute', says: 'fail', tell: (story) => again(story, [1_000], asks) },
  { title: 'exactly at the tolerance', says: 'pass', tell: (story) => again(story, [29_950], asks) },
  { title: 'a millisecond before it', says: 'fail', tell: (story) => again(story, [29_949], asks) },
  { title: 'late is not judged', says: 'pass', tell: (story) => again(story, [90_000], asks) },
  { title: 'who does not come back has heeded it', says: 'pass', tell: (story) => again(story, [], asks) },
  { title: 'a 503 asks as well', says: 'fail', tell: (story) => again(story, [1_000], asks, 503) },
  { title: 'a 500 does not', says: 'not-armed', tell: (story) => again(story, [1_000], asks, 500) },
  { title: 'a date is as good', says: 'fail', tell: (story) => again(story, [1_000], { retryAfter: date }) },
  { title: 'a date is a second wide', says: 'pass', tell: (story) => again(story, [28_900], { retryAfter: date }) },
  ...['soon', '-30', '0', 'Mon, 27 Apr 2026 11:00:00 GMT', '31536000', '61'].map(
    (retryAfter) =>
      ({
        title: `"${retryAfter}" binds nobody`,
        says: 'not-armed',
        tell: (story: Story) => again(story, [1_000], { retryAfter, ...resets }),
      }) as const,
  ),
  { title: 'a minute binds', says: 'fail', tell: (story) => again(story, [1_000], { retryAfter: '60' }) },
  {
    title: 'two knocks before a rate window ends',
    says: 'fail',
    tell: (story) => again(story, [1_000, 2_000], resets, 429, { ends: 429 }),
  },
  { title: 'one knock is allowed there', says: 'pass', tell: (story) => again(story, [1_000, 10_000], resets) },
  {
    title: 'a window that ends tomorrow binds nobody',
    says: 'not-armed',
    tell: (story) => again(story, [1_000, 2_000], { resetAt: '24h' }),
  },
  {
    title: 'a clock that was set excuses what is read off it',
    says: 'not-armed',
    tell: (story) => {
      const hit = { fault: 'ahead', exchange: null, decision: 'condition', effect: 'none' } as const
      story.event('10m', { kind: 'fault.started', fault: 'ahead' })
      story.event('10m', { kind: 'fault.hit', ...hit })
      again(story, [1_000, 2_000], resets, 429, { ends: 429 })
      story.event('30m', { kind: 'fault.lifted', fault: 'ahead' })
    },
  },
  {
    title: 'seconds need no clock',
    says: 'fail',
    tell: (story) => {
      const hit = { fault: 'ahead', exchange: null, decision: 'condition', effect: 'none' } as const
      story.event('10m', { kind: 'fault.started', fault: 'ahead' })
      story.event('10m', { kind: 'fault.hit', ...hit })
      again(story, [1_000], asks)
    },
  },
  {
    title: 'what was in flight does not count',
    says: 'pass',
    tell: (story) => {
      const read = story.ask('contact.read', { at, entity: 'contact:1' })
      story.attempt(read, { at, ends: 429, ...asks })
      story.attempt(read, { at: at + 50, ends: 429, ...asks })
      story.error(read, { at: '21m' })
    },
  },
  {
    title: 'a new process knows nothing of it',
    says: 'pass',
    tell: (story) => {
      story.event(at + 500, { kind: 'client.restarted', instance: 0, orderly: false })
      again(story, [1_000], asks)
    },
  },
  { title: 'others may go on where traffic is thin', says: 'pass', tell: (story) => others(story, 20, asks) },
  { title: 'others may not flood', says: 'fail', tell: (story) => others(story, 21, asks) },
  { title: 'strict allows one probe', says: 'pass', header: { profile: 'strict' }, tell: (s) => others(s, 1, asks) },
  { title: 'strict allows no second', says: 'fail', header: { profile: 'strict' }, tell: (s) => others(s, 2, asks) },
  { title: 'others are free while only a window runs', says: 'pass', tell: (story) => others(story, 25, resets) },
  {
    title: 'a 503 may be that of one endpoint',
    says: 'pass',
    tell: (story) => others(story, 25, asks, 503, '/conversations/{id}'),
  },
  { title: 'but of that one it is', says: 'fail', tell: (story) => others(story, 25, asks, 503) },
  {
    title: 'another host may be asked',
    says: 'pass',
    tell: (story) => {
      again(story, [], asks)
      for (let index = 1; index < 25; index += 1)
        story.attempt(null, { at: at + index * 1_000, ends: 200, host: 'x.test' })
    },
  },
  {
    title: 'a borrowed exchange is not judged',
    says: 'uncertain',
    tell: (story) => again(story, [1_000, 2_000], { ...resets, certain: false }),
  },
  {
    title: 'a borrowed one beside one that is not',
    says: 'pass',
    tell: (story) => {
      again(story, [30_000], { ...asks, certain: false })
      again(story, [30_000], asks)
    },
  },
  { title: 'a 429 is of every route', says: 'fail', tell: (s) => others(s, 21, asks, 429, '/conversations/{id}') },
  {
    title: 'two that are told in one silence are told once',
    says: 'fail',
    tell: (story) => {
      others(story, 21, asks)
      const read = story.ask('contact.read', { at, entity: 'contact:99' })
      story.attempt(read, { at, took: 20_000, ends: 429, route: '/x', ...asks })
      story.error(read, { at: at + 60_000 })
    },
  },
  {
    title: 'other requests of the same operation are not others',
    says: 'pass',
    tell: (story) => {
      const read = story.ask('contact.read', { at, entity: 'contact:1' })
      story.attempt(read, { at, ends: 429, ...asks })
      for (let nth = 1; nth <= 25; nth += 1)
        story.attempt(read, { at: at + nth * 1_000, ends: 200, route: `/page/${nth}` })
      story.error(read, { at: at + 60_000 })
    },
  },
  {
    title: 'of two silences that it broke once each the first is shown',
    says: 'fail',
    tell: (story) => {
      const read = story.ask('contact.read', { at, entity: 'contact:1' })
      story.attempt(read, { at, ends: 429, retryAfter: '2' })
      story.attempt(read, { at: at + 1_000, ends: 429, ...asks })
      story.attempt(read, { at: at + 5_000, ends: 200 })
      story.ok(read, { at: at + 5_100 })
    },
  },
  {
    title: 'a redirect is no request of its own',
    says: 'pass',
    tell: (story) => again(story, [1_000, 2_000], asks, 429, { redirectOf: 0 }),
  },
  {
    title: 'a silence that begins when another ends is a second one',
    says: 'fail',
    tell: (story) => {
      others(story, 0, asks)
      const read = story.ask('contact.read', { at: at + 30_000, entity: 'contact:99' })
      story.attempt(read, { at: at + 30_000, ends: 429, ...asks })
      story.error(read, { at: at + 60_000 })
      for (const from of [at, at + 30_000])
        for (let nth = 1; nth <= 21; nth += 1)
          story.attempt(null, { at: from + nth * 1_000, ends: 200, entity: `contact:${nth}` })
    },
  },
  { title: 'nobody asked', says: 'not-armed', tell: (story) => again(story, [1_000], {}) },
])

test('the sentences say what was asked and what was done', () => {
  const early = storyOf({ tell: (story) => again(story, [1_000], { retryAfter: date }) })
  expect(sentenceBy('heeds-retry-after', early)).toMatchInlineSnapshot(
    `"Operation 0 (contact.read) sent GET /contacts/{id}, was answered 429 at 11:20:00Z, to stay away until 11:20:30Z (Retry-After: Mon, 27 Apr 2026 11:20:30 GMT), and sent it again 1s after the answer."`,
  )
  const many = storyOf({ tell: (story) => others(story, 25, asks) })
  expect(sentenceBy('heeds-retry-after', many)).toMatchInlineSnapshot(
    `"25 other requests went out into one silence that Retry-After had asked for; process 0 was told at 11:20:00Z (429 to GET /contacts/{id}) to stay away for 30s, and sent 25 other requests in that time."`,
  )
})
