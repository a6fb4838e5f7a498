import { expect, test } from 'vitest'
import { createHeader, minute, type Story } from '../../test/history-builder.ts'
import { sentenceBy, storyOf, testOracle } from '../../test/judging.ts'
import { recovering } from '../../test/stories/memory.ts'

const entity = 'contact:1'
const never = 60 * minute
/** In the last third of half an hour: one read in ten seconds. */
const late = { from: 50 * minute, count: 60 }

function readsWith(story: Story, degraded: (index: number) => boolean, tell: (read: number, at: number) => void): void {
  story.read({ at: '31m', entity: 'contact:2' })
  for (let index = 0; index < late.count; index += 1) {
    const at = late.from + index * 10_000
    const about = `contact:${index}`
    if (degraded(index)) tell(story.ask('contact.read', { at, entity: about }), at)
    else story.read({ at, entity: about })
  }
}

const asStale = (story: Story) => (read: number, at: number) =>
  story.ok(read, { at: at + 1, result: 'stale', ageMs: 1_000 })

function copiesBefore(story: Story): void {
  for (let at = 0; at < 10 * minute; at += 10_000) asStale(story)(story.ask('contact.read', { at, entity }), at)
}

function usuallyStale(share: number) {
  const { baseline } = createHeader()
  const loads = { reads: { okShare: 1, p99Ms: 200, usual: { queued: 0, stale: share } } }
  return { baseline: baseline && { ...baseline, loads } }
}

testOracle('leaves-the-fallback', [
  { title: 'the API is asked again', says: 'pass', tell: (story) => recovering(story, 33 * minute) },
  { title: 'the copy is shown until the end', says: 'fail', tell: (story) => recovering(story, never) },
  {
    title: 'three in sixty are within the share',
    says: 'pass',
    tell: (story) => readsWith(story, (index) => index % 20 === 0, asStale(story)),
  },
  {
    title: 'four in sixty are not',
    says: 'fail',
    tell: (story) => readsWith(story, (index) => index % 15 === 0, asStale(story)),
  },
  {
    title: 'dropped and queued are no better',
    says: 'fail',
    tell: (story) =>
      readsWith(
        story,
        (index) => index % 2 === 0,
        (read, at) => story.ok(read, { at, result: lesser(at) }),
      ),
  },
  {
    title: 'who asks and is not answered is judged elsewhere',
    says: 'pass',
    tell: (story) =>
      readsWith(
        story,
        () => true,
        (read, at) => {
          story.attempt(read, { at, ends: 503 })
          story.ok(read, { at: at + 200, result: 'stale', ageMs: 1_000 })
        },
      ),
  },
  {
    title: 'a thing that is stuck among many',
    says: 'fail',
    tell: (story) => {
      for (let at = 31 * minute; at < never; at += 2_000) story.read({ at, entity: 'contact:2' })
      for (let at = 50 * minute; at < 54 * minute; at += minute) {
        const read = story.ask('contact.read', { at, entity })
        story.ok(read, { at, result: 'stale', ageMs: 1_000 })
      }
    },
  },
  {
    title: 'what was usual before the faults is usual after them',
    says: 'pass',
    tell: (story) => {
      copiesBefore(story)
      recovering(story, never)
      story.attempt(null, { at: '45m', entity, ends: 200, contains: { [entity]: 2 } })
    },
  },
  {
    title: 'what the twin says is usual is usual, too',
    says: 'pass',
    header: usuallyStale(0.01),
    tell: (story) => {
      recovering(story, never)
      story.attempt(null, { at: '45m', entity, ends: 500 })
    },
  },
  {
    title: 'it is not usual when the twin hands over too few copies',
    says: 'fail',
    header: usuallyStale(0.009),
    tell: (story) => {
      copiesBefore(story)
      recovering(story, never)
      story.attempt(null, { at: '45m', entity, ends: 200, contains: { [entity]: 2 } })
    },
  },
  {
    title: 'a copy of before that nobody ever renews is not usual',
    says: 'fail',
    header: usuallyStale(1),
    tell: (story) => {
      story.attempt(null, { at: '29m', entity, ends: 200, contains: { [entity]: 2 } })
      story.attempt(null, { at: '45m', entity, ends: 200, contains: { [entity]: 2 }, instance: 1 })
      recovering(story, never)
    },
  },
  {
    title: 'an API that never answers again is no reason to leave',
    says: 'not-armed',
    tell: (story) => {
      for (let at = 31 * minute; at < never; at += 10_000) asStale(story)(story.ask('contact.read', { at, entity }), at)
    },
  },
  {
    title: 'without faults there is nothing to leave',
    says: 'not-applicable',
    header: { firstFaultAt: null, lastLiftAt: null },
    tell: (story) => recovering(story, never),
  },
])

function lesser(at: number): 'dropped' | 'queued' {
  return at % 20_000 === 0 ? 'dropped' : 'queued'
}

test('the sentence says for how long the API had answered well', () => {
  const history = storyOf({ tell: (story) => recovering(story, never) })
  expect(sentenceBy('leaves-the-fallback', history)).toMatchInlineSnapshot(
    `"60 of the last 60 asks of contact.read (ours, process 0) were answered without the API, which had answered well since 11:31:01Z; operation 346 (contact.read) still ended stale 28m49s later: asked 11:59:50Z, no exchange."`,
  )
})
