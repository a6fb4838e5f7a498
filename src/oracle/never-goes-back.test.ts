import { expect, test } from 'vitest'
import { minute, type Story } from '../../test/history-builder.ts'
import { sentenceBy, storyOf, testOracle } from '../../test/judging.ts'
import { shown } from '../../test/stories/memory.ts'

const entity = 'contact:1'

/** Version 2 is shown, then version 1 by such an outcome, without a request. */
function goesBack(story: Story, after: (story: Story) => void, result: 'fresh' | 'stale' | 'fallback' = 'fresh'): void {
  shown(story, [1, 2])
  after(story)
  const read = story.ask('contact.read', { at: '25m', entity })
  story.ok(read, { at: '25m', result, truth: { entity, matched: 1, current: 2 } })
}

const nothing = (): void => undefined

testOracle('never-goes-back', [
  { title: 'newer and newer', says: 'pass', tell: (story) => shown(story, [1, 2, 3]) },
  { title: 'back to an older copy', says: 'fail', tell: (story) => shown(story, [1, 2, 1], [1, 2, 0]) },
  { title: 'a stale copy may be old, not older', says: 'fail', tell: (story) => goesBack(story, nothing, 'stale') },
  { title: 'a fallback is something else', says: 'not-armed', tell: (story) => goesBack(story, nothing, 'fallback') },
  {
    title: 'what writes hand back is not shown',
    says: 'not-armed',
    tell: (story) => {
      for (const matched of [1, 2, 1]) {
        const at = 20 * minute + matched * 1_000
        const write = story.ask('contact.upsert', { at, entity, key: 'a' })
        story.attempt(write, { at, ends: 200, contains: { [entity]: 2 } })
        story.ok(write, { at: at + 200, truth: { entity, matched, current: 2 } })
      }
    },
  },
  {
    title: 'back to less than the first that was shown',
    says: 'fail',
    tell: (story) => shown(story, [3, 1, 2], [3, 0, 0]),
  },
  { title: 'a replica that is behind is not the client', says: 'pass', tell: (story) => shown(story, [1, 2, 1]) },
  {
    title: 'the same old version again, from the same lying replica',
    says: 'pass',
    tell: (story) => shown(story, [1, 2, 1, 1], [1, 2, 1, 0]),
  },
  {
    title: 'a late answer to an earlier request may not replace a newer one',
    says: 'fail',
    tell: (story) => {
      const slow = story.ask('contact.read', { at: '20m', entity })
      story.attempt(slow, { at: '20m', took: 60_000, ends: 200, contains: { [entity]: 1 } })
      story.error(slow, { at: '20m10s' })
      story.read({ at: '19m', entity, version: 1 })
      story.read({ at: '20m30s', entity, version: 2 })
      const read = story.ask('contact.read', { at: '22m', entity })
      story.ok(read, { at: '22m', truth: { entity, matched: 1, current: 2 } })
    },
  },
  {
    title: 'a restart loses what was shown',
    says: 'not-armed',
    tell: (story) =>
      goesBack(story, () => story.event('24m', { kind: 'client.restarted', instance: 0, orderly: false }), 'stale'),
  },
  {
    title: 'reads that overlap have no order',
    says: 'not-armed',
    tell: (story) => {
      story.read({ at: 20 * minute, took: 500, entity, version: 2 })
      story.read({ at: 20 * minute + 100, took: 5_000, entity, version: 1 })
    },
  },
  {
    title: 'another process has shown nothing yet',
    says: 'not-armed',
    tell: (story) => {
      story.read({ at: '20m', entity, version: 2 })
      story.read({ at: '21m', entity, version: 1, instance: 1 })
    },
  },
  {
    title: 'fields that changed there and back look newer than they are',
    says: 'pass',
    tell: (story) => {
      story.read({ at: '19m', entity, version: 1 })
      shown(story, [3, 2], [1, 2])
    },
  },
  { title: 'one version, nothing to judge', says: 'not-armed', tell: (story) => shown(story, [1, 1, 1]) },
  {
    title: 'the same contact of another workspace is another thing',
    says: 'not-armed',
    tell: (story) => {
      story.read({ at: '19m', entity, version: 1 })
      story.read({ at: '20m', entity, version: 2 })
      story.read({ at: '21m', entity, version: 1, workspace: 'theirs' })
    },
  },
])

test('the sentence names both versions', () => {
  const history = storyOf({ tell: (story) => goesBack(story, nothing, 'stale') })
  expect(sentenceBy('never-goes-back', history)).toMatchInlineSnapshot(
    `"Operation 2 (contact.read) showed version 1 of contact:1 at 11:25:00Z, as a stale copy, although the same process had shown version 2 at 11:20:10Z: an older copy took the place of a newer one."`,
  )
})
