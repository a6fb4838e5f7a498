import { expect, test } from 'vitest'
import { createStory } from '../../test/history-builder.ts'
import { capped, cappedMs, ceilingOf, withinCeiling, type Ceiling } from './ceilings.ts'

const dayMs = 86_400_000

test.for<[Ceiling, number]>([
  ['withinRead', 300_000],
  ['withinWrite', 300_000],
  ['fresh', 900_000],
  ['stale', 7 * dayMs],
  ['queue', 7 * dayMs],
])('by default the ceiling %s is %s ms, and less is as it was promised', ([name, value]) => {
  const history = createStory().history()
  expect(ceilingOf(history, name)).toMatchObject({ name, value, unit: 'ms', source: 'profile' })
  expect([value - 1, value, value + 1].map((ms) => cappedMs(history, name, ms))).toEqual([value - 1, value, value])
})

test('a ceiling that the header does not know is its profile’s', () => {
  const history = createStory({ profile: 'strict', thresholds: [] }).history()
  expect(ceilingOf(history, 'stale')).toMatchObject({ value: dayMs, source: 'profile', bound: 'at-most' })
})

test('the time of an operation is bounded by what it does', () => {
  const history = createStory().history()
  const names = ['contact.read', 'conversation.reply', 'nobody.knows']
  expect(names.map((name) => withinCeiling(history, name))).toEqual(['withinRead', 'withinWrite', 'withinRead'])
})

test('a promise is a threshold as it is, and says who capped it where it is weaker', () => {
  const history = createStory().history()
  const of = (ms: number) =>
    capped(history, 'settles-within-promise', 'within', { operation: 'contact.read', ms, ceiling: 'withinRead' })
  expect(of(300_000)).toMatchObject({ value: 300_000, source: 'promise', cite: 'the promise of contact.read' })
  expect(of(600_000)).toMatchObject({
    value: 300_000,
    source: 'profile',
    cite: 'the promise of contact.read, 10m, capped at 5m by the profile default',
  })
})

test('a scenario that sets a ceiling is named', () => {
  const expected = { oracle: 'promises-are-worth-something', settings: { withinRead: 60_000 } }
  const history = createStory({ expect: [expected] }).history()
  const about = { operation: 'contact.read', ms: 120_000, ceiling: 'withinRead' } as const
  expect(capped(history, 'settles-within-promise', 'within', about)).toMatchObject({
    value: 60_000,
    source: 'scenario',
    cite: 'the promise of contact.read, 2m, capped at 1m by the scenario',
  })
})
