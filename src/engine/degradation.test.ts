import { expect, test } from 'vitest'
import { createStory, minute } from '../../test/history-builder.ts'
import { degradationOf } from './degradation.ts'

test('counts from the first fault on, and without those who walked away', () => {
  const story = createStory()
  story.read({ at: '1m' })
  const first = story.ask('contact.read', { at: '11m' })
  story.attempt(first, { at: '11m', took: '1s', ends: 503 })
  story.attempt(first, { at: '662s', took: '1s', ends: 503 })
  story.attempt(first, { at: '667s', took: '1s', ends: 200 })
  story.ok(first, { at: '668s', result: 'fresh' })
  for (const error of [
    { name: 'Error', message: 'x', status: 503 },
    { name: 'TypeError', message: 'fetch failed', causes: [{ name: 'Error', message: 'x', code: 'ECONNRESET' }] },
    { name: 'TimeoutError', message: 'x' },
    { name: 'TimeoutError', message: 'y' },
  ])
    story.error(story.ask('contact.read', { at: '12m' }), { at: '13m', error })
  story.ok(story.ask('contact.read', { at: '12m' }), { at: '12m', result: 'stale', ageMs: 1 })
  story.cancel(story.ask('contact.read', { at: '12m' }), { at: '12m' })
  expect(degradationOf(story.history())).toEqual({
    outcomes: { fresh: 1, stale: 1, queued: 0, fallback: 0, dropped: 0, error: 4, unknown: 0 },
    attempts: { mean: 3, most: 3 },
    pauses: { shortest: 1_000, median: 1_000, longest: 4_000 },
    amplification: 3 / 7,
    errors: { TimeoutError: 2, ECONNRESET: 1, 'HTTP 503': 1 },
    recovered: 0,
  })
})

test.for<[string, number | null, Parameters<typeof createStory>[0], 'error' | 'unknown']>([
  ['until the last failure that was asked after the faults has ended', 5 * minute, {}, 'error'],
  ['never, where such an operation never ended', null, {}, 'unknown'],
  ['never, where the faults did not end', null, { lastLiftAt: 60 * minute }, 'error'],
])('recovery takes %s', ([, takes, header, how]) => {
  const story = createStory(header)
  story.error(story.ask('contact.read', { at: '29m' }), { at: '50m' })
  story[how](story.ask('contact.read', { at: '33m' }), { at: '35m' })
  expect(degradationOf(story.history()).recovered).toBe(takes)
})

test('nothing is made of nothing', () => {
  expect(degradationOf(createStory({ baseline: null }).history())).toMatchObject({
    attempts: null,
    pauses: null,
    amplification: null,
    errors: {},
    recovered: 0,
  })
})

test('many classes of errors are a few and the rest', () => {
  const story = createStory()
  for (let index = 0; index < 30; index += 1)
    story.error(story.ask('contact.read', { at: '12m' }), { at: '13m', error: { name: `E${index}`, message: '' } })
  const { errors } = degradationOf(story.history())
  expect(Object.keys(errors)).toHaveLength(11)
  expect(errors['others']).toBe(20)
})
