import { expect, test } from 'vitest'
import type { Story } from '../../test/history-builder.ts'
import { createHeader } from '../../test/history-builder.ts'
import { sentenceBy, storyOf, testOracle } from '../../test/judging.ts'

/** Reads while faults are on, with so many exchanges each. */
function reads(story: Story, per: number, count = 50, facts: object = {}, processes = 1): void {
  for (let index = 0; index < count; index += 1) {
    const at = 600_000 + index * 10_000
    const instance = index % processes
    const read = story.ask('contact.read', { at, instance })
    for (let attempt = 0; attempt < per; attempt += 1)
      story.attempt(read, { at: at + attempt * 1_000, ends: 503, instance, ...facts })
    story.error(read, { at: at + 9_000 })
  }
}

/** Writes while faults are on; the first exchange of each is a POST, the others are as told. */
function lostWrites(story: Story, ends: readonly number[], method: 'GET' | 'POST' = 'GET'): void {
  for (let index = 0; index < 50; index += 1) {
    const at = 600_000 + index * 10_000
    const write = story.ask('conversation.reply', { at, key: `key-${index}` })
    ends.forEach((status, nth) => {
      const sent = nth === 0 ? 'POST' : method
      story.attempt(write, { at: at + nth * 1_000, ends: status, method: sent })
    })
    if (ends.at(-1) === 200) story.ok(write, { at: at + 9_000 })
    else story.error(write, { at: at + 9_000 })
  }
}

const { baseline } = createHeader()

testOracle('amplification', [
  { title: 'twice the load is the limit', says: 'pass', tell: (story) => reads(story, 2) },
  { title: 'three times is beyond it', says: 'fail', tell: (story) => reads(story, 3) },
  {
    title: 'strict allows a tenth more',
    says: 'fail',
    header: { profile: 'strict' },
    tell: (story) => reads(story, 2),
  },
  {
    title: 'what was asked while nobody was there makes nothing better',
    says: 'fail',
    tell: (story) => {
      reads(story, 3)
      for (let at = 600_500; at < 1_600_000; at += 10_000)
        story.unknown(story.ask('contact.read', { at }), { at, reason: 'crashed' })
    },
  },
  {
    title: 'a few retries of each of many processes are spared: none of them can know of the others',
    says: 'pass',
    tell: (story) => reads(story, 3, 50, {}, 10),
  },
  {
    title: 'of processes that are asked more, none is',
    says: 'fail',
    tell: (story) => reads(story, 3, 50, {}, 5),
  },
  { title: 'many of each are not', says: 'fail', tell: (story) => reads(story, 5, 50, {}, 10) },
  {
    title: 'strict spares half as many',
    says: 'fail',
    header: { profile: 'strict' },
    tell: (story) => reads(story, 3, 50, {}, 10),
  },
  {
    title: 'one look at each write whose answer was lost is spared, a retry besides is not too much',
    says: 'pass',
    tell: (story) => lostWrites(story, [502, 502, 200]),
  },
  {
    title: 'what comes on top of the look counts',
    says: 'fail',
    tell: (story) => lostWrites(story, [502, 502, 502, 200]),
  },
  {
    title: 'looks that are not answered are spared nowhere',
    says: 'fail',
    tell: (story) => lostWrites(story, [502, 502, 503]),
  },
  {
    title: 'a write that was sent again is no look',
    says: 'fail',
    tell: (story) => lostWrites(story, [502, 502, 200], 'POST'),
  },
  { title: 'fewer exchanges than usual are fine', says: 'pass', tell: (story) => reads(story, 0) },
  { title: '49 operations are too few', says: 'few-samples', tell: (story) => reads(story, 9, 49) },
  { title: 'nothing asked while faults were on', says: 'not-armed', tell: (story) => void story.read({ at: 0 }) },
  {
    title: 'without a twin it does not apply',
    says: 'not-applicable',
    header: { baseline: null },
    tell: (story) => reads(story, 9),
  },
  {
    title: 'nor without faults',
    says: 'not-applicable',
    header: { firstFaultAt: null, lastLiftAt: null },
    tell: (story) => reads(story, 9),
  },
  {
    title: 'a cache that rightly misses multiplies nothing',
    says: 'pass',
    header: { baseline: baseline && { ...baseline, exchangesPerOperation: { 'contact.read': 0.1 } } },
    tell: (story) => reads(story, 1),
  },
  {
    title: 'an operation that always takes two may take four',
    says: 'pass',
    header: { baseline: baseline && { ...baseline, exchangesPerOperation: { 'contact.read': 2 } } },
    tell: (story) => reads(story, 4),
  },
  {
    title: 'a healthy load does not hide a sick one',
    says: 'fail',
    tell: (story) => {
      reads(story, 3)
      for (let index = 0; index < 400; index += 1) story.read({ at: 600_000 + index * 1_000, load: 'control' })
    },
  },
  {
    title: 'borrowed exchanges are counted all together',
    says: 'fail',
    tell: (story) => reads(story, 3, 50, { certain: false }),
  },
])

test('the sentence compares with the twin', () => {
  const history = storyOf({ tell: (story) => reads(story, 3) })
  expect(sentenceBy('amplification', history)).toMatchInlineSnapshot(
    `"While faults were on, from 11:10:00Z, the load reads sent 3.00 exchanges per operation, 1.00 without faults; that is 3.00 times as many, and 2 times is the limit. The busiest was operation 0 (contact.read), asked 11:10:00Z, 3 exchanges, the last answered 503 after 100ms at 11:10:02Z."`,
  )
})
