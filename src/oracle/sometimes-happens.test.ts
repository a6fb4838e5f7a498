import { expect, test } from 'vitest'
import type { Story } from '../../test/history-builder.ts'
import { judgeBy, sentenceBy, storyOf, testOracle } from '../../test/judging.ts'
import { stated, tellProperty } from '../../test/stories/properties.ts'

const reads = (story: Story, at: string, ends: 'stale' | 'error'): void => {
  const asked = story.ask('contact.read', { at })
  if (ends === 'stale') story.ok(asked, { at, result: 'stale' })
  else story.error(asked, { at })
}
const thrice = { expect: [{ oracle: 'sometimes-happens', settings: { times: 3 } }] }
const copies = { properties: [stated('sometimes', 'stale', 'onset')] }

testOracle('sometimes-happens', [
  { title: 'nobody says anything', says: 'not-applicable', tell: (story) => void story.read({ at: '1m' }) },
  { title: 'it happened', says: 'pass', tell: (story) => tellProperty(story, 'sometimes', 'x', 1, 9) },
  { title: 'it was reached', says: 'pass', tell: (story) => tellProperty(story, 'reachable', 'x', 1, 0) },
  {
    title: 'the client says so, and one run does not reach everything',
    says: 'not-armed',
    tell: (story) => tellProperty(story, 'sometimes', 'x', 0, 9),
  },
  {
    title: 'one happened and another did not',
    says: 'few-samples',
    tell: (story) => {
      tellProperty(story, 'sometimes', 'x', 1, 0)
      tellProperty(story, 'reachable', 'y', 0, 0)
    },
  },
  ...(
    [
      [3, 'pass'],
      [2, 'fail'],
      [1, 'fail'],
    ] as const
  ).map(([held, says]) => ({
    title: `three times are demanded, and it happened ${held} times`,
    says,
    header: thrice,
    tell: (story: Story) => tellProperty(story, 'sometimes', 'x', held, 0),
  })),
  {
    title: 'once at least where the run did not live to count',
    says: 'fail',
    header: thrice,
    tell: (story) => {
      story.event(0, { kind: 'property.declared', property: 'x', type: 'sometimes', by: 'client' })
      story.event('20m', { kind: 'property.seen', property: 'x', instance: 0, operation: null, holds: true })
    },
  },
  { title: 'the scenario demands it', says: 'pass', header: copies, tell: (story) => reads(story, '20m', 'stale') },
  {
    title: 'the scenario demands it in vain',
    says: 'fail',
    header: copies,
    tell: (story) => {
      reads(story, '9m', 'stale')
      reads(story, '20m', 'error')
      reads(story, '30m', 'stale')
    },
  },
  {
    title: 'the scenario demands it in vain, whatever the client says',
    says: 'fail',
    header: copies,
    tell: (story) => {
      tellProperty(story, 'sometimes', 'x', 1, 0)
      reads(story, '20m', 'error')
    },
  },
  {
    title: 'nobody asked in the phase',
    says: 'not-armed',
    header: copies,
    tell: (story) => reads(story, '9m', 'error'),
  },
])

test('the sentence says what never happened, and the list what was never seen', () => {
  const vain = storyOf({ header: copies, tell: (story) => reads(story, '20m', 'error') })
  expect(sentenceBy('sometimes-happens', vain)).toBe(
    'The scenario demands (stated) that some operation of the load reads ends stale, and none of the 1 that were asked in the phase onset did: operation 0 (contact.read) ended error, asked 11:20:00Z, no exchange.',
  )
  const unseen = storyOf({ tell: (story) => tellProperty(story, 'reachable', 'the breaker closes', 0, 0) })
  expect(judgeBy('sometimes-happens', unseen)).toMatchObject({
    detail: 'Never seen in this run: "the breaker closes".',
  })
})
