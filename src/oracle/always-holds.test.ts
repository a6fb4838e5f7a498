import { expect, test } from 'vitest'
import type { Story } from '../../test/history-builder.ts'
import { judgeBy, sentenceBy, storyOf, testOracle } from '../../test/judging.ts'
import { stated, tellProperty } from '../../test/stories/properties.ts'

const reads = (story: Story, at: string, ends: 'ok' | 'error' | 'cancelled'): void => {
  const asked = story.ask('contact.read', { at })
  if (ends === 'cancelled') story.cancel(asked, { at })
  if (ends === 'ok') story.ok(asked, { at, result: 'stale' })
  else story.error(asked, { at })
}
const duringOnset = { properties: [stated('always', 'ok', 'onset')] }
const always = { properties: [stated('always', 'ok')] }

testOracle('always-holds', [
  { title: 'nobody says anything', says: 'not-applicable', tell: (story) => void story.read({ at: '1m' }) },
  {
    title: 'only of what happens sometimes',
    says: 'not-applicable',
    tell: (story) => tellProperty(story, 'sometimes', 'x', 0, 1),
  },
  { title: 'it held each time', says: 'pass', tell: (story) => tellProperty(story, 'always', 'x', 5, 0) },
  { title: 'it broke once', says: 'fail', tell: (story) => tellProperty(story, 'always', 'x', 500, 1) },
  { title: 'nobody looked', says: 'not-armed', tell: (story) => tellProperty(story, 'always', 'x', 0, 0) },
  {
    title: 'one held, and at another nobody looked',
    says: 'few-samples',
    tell: (story) => {
      tellProperty(story, 'always', 'x', 1, 0)
      tellProperty(story, 'always', 'y', 0, 0)
    },
  },
  {
    title: 'one broke, and at another nobody looked',
    says: 'fail',
    tell: (story) => {
      tellProperty(story, 'always', 'x', 0, 1)
      tellProperty(story, 'always', 'y', 0, 0)
    },
  },
  {
    title: 'it broke, and the run did not live to count',
    says: 'fail',
    tell: (story) => {
      story.event(0, { kind: 'property.declared', property: 'x', type: 'always', by: 'client' })
      story.event('1m', { kind: 'property.seen', property: 'x', holds: false, instance: 0, operation: null })
    },
  },
  { title: 'the scenario states it, and it holds', says: 'pass', header: always, tell: (s) => reads(s, '1m', 'ok') },
  {
    title: 'the scenario states it, and it breaks',
    says: 'fail',
    header: always,
    tell: (s) => reads(s, '1m', 'error'),
  },
  {
    title: 'a person gave up, so it is not counted',
    says: 'not-armed',
    header: always,
    tell: (story) => reads(story, '1m', 'cancelled'),
  },
  {
    title: 'what breaks in another phase',
    says: 'pass',
    header: duringOnset,
    tell: (story) => {
      reads(story, '9m', 'error')
      reads(story, '20m', 'ok')
      reads(story, '30m', 'error')
    },
  },
  {
    title: 'the first moment of the phase is in it',
    says: 'fail',
    header: duringOnset,
    tell: (story) => reads(story, '10m', 'error'),
  },
  {
    title: 'a load that the client does not offer',
    says: 'not-armed',
    header: always,
    tell: (story) => void story.read({ at: '1m', load: 'others' }),
  },
])

test('the sentences say what was said, when it broke, and in what', () => {
  const told = (story: Story): void => {
    const read = story.ask('contact.read', { at: '1m' })
    story.event(0, { kind: 'property.declared', property: 'no write is lost', type: 'always', by: 'client' })
    const seen = { kind: 'property.seen', property: 'no write is lost', holds: false, instance: 0 } as const
    story.event('1m1s', { ...seen, operation: read, details: '{"lost":1}' })
    story.error(read, { at: '1m2s' })
  }
  expect(sentenceBy('always-holds', storyOf({ tell: told }))).toBe(
    'The client says that "no write is lost" holds always, and it did not at 11:01:01Z, in operation 0 (contact.read), with {"lost":1}.',
  )
  const counted = storyOf({ tell: (story) => tellProperty(story, 'always', 'x', 7, 3) })
  expect(sentenceBy('always-holds', counted)).toBe(
    'The client says that "x" holds always, and it did not at 11:20:01Z, in work that nobody asked for, with {"queued":12}; it broke 3 of the 10 times it was looked at.',
  )
  const inWebhook = storyOf({
    tell: (story) => {
      story.event(0, { kind: 'property.declared', property: 'x', type: 'always', by: 'client' })
      const sent = { kind: 'webhook.sent', topic: 'contact.created', workspace: 'ours', instance: 0 } as const
      story.event('1m', { ...sent, delivery: 7, notification: 'notif_3', attempt: 2, forged: false, lateMs: 0 })
      story.event('1m1s', {
        kind: 'property.seen',
        property: 'x',
        holds: false,
        instance: 0,
        operation: null,
        delivery: 7,
      })
    },
  })
  expect(sentenceBy('always-holds', inWebhook)).toBe(
    'The client says that "x" holds always, and it did not at 11:01:01Z, in what it did about the notification notif_3 (contact.created, attempt 2).',
  )
  const byScenario = storyOf({ header: duringOnset, tell: (story) => reads(story, '20m', 'error') })
  expect(sentenceBy('always-holds', byScenario)).toBe(
    'The scenario says (stated) that every operation of the load reads that is asked in the phase onset ends ok, and 1 of 1 did not: operation 0 (contact.read) ended error, asked 11:20:00Z, no exchange.',
  )
})

test('what was never looked at is listed, the first few by name', () => {
  const names = Array.from({ length: 8 }, (_, index) => `p${index}`)
  const history = storyOf({
    tell: (story) => {
      for (const name of names) tellProperty(story, 'always', name, 0, 0)
    },
  })
  expect(judgeBy('always-holds', history)).toMatchObject({
    detail: 'Never looked at: "p0", "p1", "p2", "p3", "p4" and 3 more.',
  })
})
