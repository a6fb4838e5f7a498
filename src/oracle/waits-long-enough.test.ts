import { expect, test } from 'vitest'
import type { Story, Time } from '../../test/history-builder.ts'
import { sentenceBy, storyOf, testOracle, type Case } from '../../test/judging.ts'

type Facts = {
  readonly count?: number
  readonly givenUp?: number
  readonly took?: Time
  readonly answersIn?: number | null
  readonly from?: number
}

/** Reads before the first fault (at 10 min), of which some are given up although the answer was on its way. */
function reads(story: Story, { count = 100, givenUp = 0, took = 50, answersIn = 80, from = 0 }: Facts): void {
  for (let index = 0; index < count; index += 1) {
    const at = from + index * 1_000
    const read = story.ask('contact.read', { at, entity: `contact:${index}` })
    const isLost = index < givenUp
    story.attempt(read, {
      at,
      took: isLost ? took : 80,
      ends: isLost ? 'abort' : 200,
      answersIn: isLost ? answersIn : 80,
    })
    if (isLost) story.error(read, { at: at + 900 })
    else story.ok(read, { at: at + 80 })
  }
}

/** Fifty good reads, then fifty of which each is told by `tell`. */
function andThen(title: string, says: Case['says'], tell: (story: Story, at: number, index: number) => void): Case {
  return {
    title,
    says,
    tell: (story) => {
      reads(story, { count: 50 })
      for (let index = 0; index < 50; index += 1) tell(story, 100_000 + index * 5_000, index)
    },
  }
}

testOracle('waits-long-enough', [
  { title: 'everything is waited for', says: 'pass', tell: (story) => reads(story, {}) },
  { title: 'one in ten is given up', says: 'fail', tell: (story) => reads(story, { givenUp: 10 }) },
  { title: 'exactly one in fifty', says: 'pass', tell: (story) => reads(story, { givenUp: 2 }) },
  { title: 'one more', says: 'fail', tell: (story) => reads(story, { givenUp: 3 }) },
  {
    title: 'strict allows none of a hundred',
    says: 'fail',
    header: { profile: 'strict' },
    tell: (story) => reads(story, { givenUp: 1 }),
  },
  { title: 'too few to tell', says: 'few-samples', tell: (story) => reads(story, { count: 49, givenUp: 9 }) },
  {
    title: 'while faults are on an early end is a virtue',
    says: 'not-armed',
    tell: (story) => reads(story, { givenUp: 100, from: 11 * 60_000 }),
  },
  {
    title: 'a run without faults is judged as a whole',
    says: 'fail',
    header: { firstFaultAt: null, lastLiftAt: null },
    tell: (story) => reads(story, { givenUp: 10, from: 11 * 60_000 }),
  },
  {
    title: 'answers that take long may be given up',
    says: 'pass',
    tell: (story) => {
      reads(story, {})
      reads(story, { givenUp: 100, took: 1_000, answersIn: 1_001, from: 120_000 })
    },
  },
  {
    title: 'nobody has to wait for what never comes',
    says: 'pass',
    tell: (story) => {
      reads(story, {})
      reads(story, { givenUp: 100, answersIn: null, from: 120_000 })
    },
  },
  andThen('the caller cancelled', 'pass', (story, at) => {
    const read = story.ask('contact.read', { at, entity: 'contact:1' })
    story.attempt(read, { at, took: 50, ends: 'abort', answersIn: 80 })
    story.cancel(read, { at: at + 50 })
    story.error(read, { at: at + 50 })
  }),
  andThen('the other copy was answered', 'pass', (story, at, index) => {
    const read = story.ask('contact.read', { at, entity: `contact:${index}` })
    story.attempt(read, { at: at + 30, took: 40, ends: 200, answersIn: 40 })
    story.attempt(read, { at, took: 70, ends: 'abort', answersIn: 80 })
    story.ok(read, { at: at + 70 })
  }),
  andThen('the operation was over', 'pass', (story, at, index) => {
    const read = story.ask('contact.read', { at, entity: `contact:${index}` })
    story.ok(read, { at: at + 10, result: 'stale', ageMs: 1_000 })
    story.attempt(read, { at, took: 50, ends: 'abort', answersIn: 80 })
  }),
  andThen('an early end that a retry hides is one', 'fail', (story, at, index) => {
    const read = story.ask('contact.read', { at, entity: `contact:${index}` })
    story.attempt(read, { at, took: 50, ends: 'abort', answersIn: 80 })
    story.attempt(read, { at: at + 500, took: 40, ends: 200, answersIn: 40 })
    story.ok(read, { at: at + 540 })
  }),
  andThen('a background task that gives up', 'fail', (story, at) => {
    story.attempt(null, { at, took: 50, ends: 'abort', answersIn: 80 })
  }),
])

test('the sentence says who gave up when, and when the answer was due', () => {
  const history = storyOf({ tell: (story) => reads(story, { givenUp: 10 }) })
  expect(sentenceBy('waits-long-enough', history)).toMatchInlineSnapshot(
    `"While nothing was wrong, the client gave up on 10 of 100 exchanges that would soon have been answered: operation 0 (contact.read) sent GET /contacts/{id} at 11:00:00Z and gave up after 50ms, 30ms before the answer was due."`,
  )
})
