import { expect, test } from 'vitest'
import { minute, type Story } from '../../test/history-builder.ts'
import { sentenceBy, storyOf, testOracle } from '../../test/judging.ts'
import { breaker, failed, held, returned, trip } from '../../test/stories/breaker.ts'

const header = { declares: { breaker } }
const lift = 30 * minute

type Sent = Parameters<Story['attempt']>[1]

/** Open at the lift, tried every eleven seconds with such an end, and well after five minutes. */
function tried(story: Story, facts: Partial<Sent> & Pick<Sent, 'ends'>): void {
  trip(story, lift - 5_000)
  for (let at = lift + 10_000; at < lift + 5 * minute; at += 11_000) {
    const read = story.ask('contact.read', { at })
    story.attempt(read, { at, took: 20, ...facts })
    story.error(read, { at: at + 20 })
  }
  for (let at = lift + 5 * minute; at < lift + 6 * minute; at += 5_000) story.read({ at })
}

/** Nobody lets anything through from then on. */
function heldFrom(story: Story, from: number): void {
  for (let at = from; at < 60 * minute; at += 5_000) held(story, at)
}

testOracle('breaker-recloses', [
  { title: 'back as soon as the rest is over', says: 'pass', header, tell: (story) => returned(story, lift + 10_000) },
  { title: 'back after ten minutes', says: 'fail', header, tell: (story) => returned(story, lift + 10 * minute) },
  { title: 'exactly at the limit', says: 'pass', header, tell: (story) => returned(story, lift + 24_900) },
  { title: 'just beyond it', says: 'fail', header, tell: (story) => returned(story, lift + 24_901) },
  { title: 'never', says: 'fail', header, tell: (story) => returned(story, 59 * minute + 59_000) },
  {
    title: 'never asked again',
    says: 'fail',
    header,
    tell: (story) => (trip(story, lift - 5_000), heldFrom(story, lift)),
  },
  {
    title: 'its process is gone, and nobody is there to try',
    says: 'not-armed',
    header,
    tell: (story) => {
      trip(story, lift - 5_000)
      for (let at = lift; at < 60 * minute; at += 5_000)
        story.unknown(story.ask('contact.read', { at }), { at, reason: 'crashed' })
    },
  },
  {
    title: 'it tries, and gives up what would have been answered within a second',
    says: 'fail',
    header,
    tell: (story) => tried(story, { ends: 'abort', answersIn: 1_000 }),
  },
  ...(
    [
      ['an answer that is more than a second away', { ends: 'abort', answersIn: 1_001 }],
      ['an answer that would never have come', { ends: 'abort', answersIn: null }],
      ['a request that does not arrive', { ends: 'abort' }],
      ['a request that a fault met', { ends: 'abort', answersIn: 100, hit: 'delay' }],
      ['a connection that breaks although the answer was near', { ends: 'ECONNRESET', answersIn: 100 }],
      ['a request that hangs although the answer was near', { ends: 'never', answersIn: 100 }],
      ['the lowest status of a failure', { ends: 500 }],
    ] as const
  ).map(([what, facts]) => ({
    title: `${what} is the service's failure`,
    says: 'pass' as const,
    header,
    tell: (story: Story) => tried(story, facts),
  })),
  {
    title: 'the highest status of a refusal is none',
    says: 'pass',
    header,
    tell: (story) => tried(story, { ends: 499 }),
  },
  {
    title: 'the rest counts from the end of the last failure after the lift',
    says: 'fail',
    header,
    tell: (story) => {
      trip(story, lift - 5_000)
      failed(story, lift + 10_000, 503, { took: 3_000 })
      heldFrom(story, lift + 14_000)
    },
  },
  {
    title: 'a failure in the moment of the first answer is the last',
    says: 'pass',
    header,
    tell: (story) => {
      trip(story, lift - 5_000)
      for (let at = lift; at < lift + minute; at += 5_000) held(story, at)
      failed(story, lift + minute, 503, { took: 100 })
      story.read({ at: lift + minute, took: 100 })
      story.read({ at: lift + 2 * minute })
    },
  },
  {
    title: 'copies that are as good as fresh ask for nothing',
    says: 'pass',
    header,
    tell: (story) => {
      trip(story, lift - 5_000)
      for (let at = lift; at < lift + 5 * minute; at += 5_000) story.ok(story.ask('contact.read', { at }), { at })
      story.read({ at: lift + 5 * minute })
    },
  },
  {
    title: 'the service goes on failing after the lift',
    says: 'pass',
    header,
    tell: (story) => {
      trip(story, lift - 5_000)
      for (let at = lift + 10_000; at < lift + 5 * minute; at += 11_000) failed(story, at)
      for (let at = lift + 5 * minute; at < lift + 6 * minute; at += 5_000) story.read({ at })
    },
  },
  {
    title: 'hardly anybody asks',
    says: 'not-armed',
    header,
    tell: (story) => {
      trip(story, lift - 5_000)
      held(story, lift + 12_000)
      story.read({ at: lift + 5 * minute })
    },
  },
  {
    title: 'two ask',
    says: 'not-armed',
    header,
    tell: (story) => {
      trip(story, lift - 5_000)
      for (const at of [lift + 12_000, lift + 13_000]) held(story, at)
      story.attempt(null, { at: lift + 5 * minute, ends: 200 })
      // Asked in the moment of the answer.
      held(story, lift + 5 * minute + 100)
    },
  },
  {
    title: 'three ask',
    says: 'fail',
    header,
    tell: (story) => {
      trip(story, lift - 5_000)
      for (const at of [lift + 12_000, lift + 13_000, lift + 14_000]) held(story, at)
      story.attempt(null, { at: lift + 5 * minute, ends: 200 })
    },
  },
  {
    title: 'hardly anybody asks, and the answer comes exactly at the limit',
    says: 'pass',
    header,
    tell: (story) => {
      trip(story, lift - 5_000)
      held(story, lift + 10_000)
      story.read({ at: lift + 24_900 })
    },
  },
  {
    title: 'an answer to what was sent in the moment of the lift',
    says: 'pass',
    header,
    tell: (story) => {
      trip(story, lift - 5_000)
      story.read({ at: lift })
      heldFrom(story, lift + 10_000)
    },
  },
  {
    title: 'it opened in the moment of the lift',
    says: 'fail',
    header,
    tell: (story) => (trip(story, lift - 3_100), heldFrom(story, lift)),
  },
  {
    title: 'it had closed, and one more failure opens nothing',
    says: 'not-armed',
    header,
    tell: (story) => {
      trip(story, 20 * minute)
      story.read({ at: 25 * minute })
      failed(story, lift - 1_000)
      heldFrom(story, lift)
    },
  },
  ...[lift - 2_000, lift - 1_000].map((at) => ({
    title: `something else of the workspace was answered ${lift - at} ms before the lift`,
    says: 'not-armed' as const,
    header,
    tell: (story: Story) => {
      trip(story, lift - 5_000)
      story.attempt(null, { at, ends: 200 })
      heldFrom(story, lift)
    },
  })),
  {
    title: 'it was closed when the faults were lifted',
    says: 'not-armed',
    header,
    tell: (story) => {
      trip(story, 20 * minute)
      story.read({ at: 25 * minute })
    },
  },
  {
    title: 'a refusal shows that it closed',
    says: 'pass',
    header,
    tell: (story) => {
      trip(story, lift - 5_000)
      for (let at = lift + 10_000; at < lift + 5 * minute; at += 5_000) failed(story, at, 404)
    },
  },
  {
    title: 'a restart is left to others',
    says: 'not-armed',
    header,
    tell: (story) => {
      returned(story, lift + 10 * minute)
      story.event('31m', { kind: 'client.restarted', instance: 0, orderly: true })
    },
  },
  {
    title: 'a restart in the moment of the lift as well',
    says: 'not-armed',
    header,
    tell: (story) => {
      returned(story, lift + 10 * minute)
      story.event(lift, { kind: 'client.restarted', instance: 0, orderly: true })
    },
  },
  ...[
    { instance: 1, at: '31m' },
    { instance: 0, at: '1m' },
  ].map(({ instance, at }) => ({
    title: `a restart of the process ${instance} at ${at} excuses nothing`,
    says: 'fail' as const,
    header,
    tell: (story: Story) => {
      returned(story, lift + 10 * minute)
      story.event(at, { kind: 'client.restarted', instance, orderly: true })
    },
  })),
  {
    title: 'faults that are never lifted',
    says: 'not-applicable',
    header: { ...header, lastLiftAt: null },
    tell: (story) => returned(story, lift + 10 * minute),
  },
  { title: 'nothing is declared', says: 'not-applicable', tell: (story) => returned(story, lift + 10 * minute) },
])

const failedAt = lift - 5_000

/** One failure, what is held back before the lift, and nothing but held back afterwards. */
testOracle(
  'breaker-recloses',
  (
    [
      ['held back after a failure', 'fail', [{ at: lift - 3_000 }]],
      ['held back before it and after it', 'fail', [{ at: lift - 9_000 }, { at: lift - 3_000 }]],
      ['nothing held back', 'not-armed', []],
      ['held back in the moment of the failure', 'not-armed', [{ at: failedAt }]],
      ['held back from the lift on', 'not-armed', [{ at: lift }]],
      ['another process held back', 'not-armed', [{ at: lift - 3_000, instance: 1 }]],
      ['another workspace held back', 'not-armed', [{ at: lift - 3_000, workspace: 'sibling' }]],
      ['another operation held back', 'not-armed', [{ at: lift - 3_000, name: 'conversation.reply' }]],
    ] as const
  ).map(([title, says, before]) => ({
    title: `fewer failures than declared, ${title}`,
    says,
    header,
    tell: (story) => {
      failed(story, failedAt)
      for (const { at, ...facts } of before) held(story, at, facts)
      heldFrom(story, lift)
    },
  })),
)

test('the sentence says how long nothing was let through', () => {
  const history = storyOf({ header, tell: (story) => returned(story, lift + 10 * minute) })
  expect(sentenceBy('breaker-recloses', history)).toMatchInlineSnapshot(
    `"The service was well from 11:30:00Z on and the breaker of the workspace ours rests 10s, but it let a request succeed only at 11:40:00Z, 10m later, after 296 operations had been asked for; operation 9 (contact.read), asked 11:30:10Z, no exchange, ended error."`,
  )
})
