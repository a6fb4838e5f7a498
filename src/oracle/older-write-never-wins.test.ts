import { expect, test } from 'vitest'
import { minute, type Story } from '../../test/history-builder.ts'
import { sentenceBy, storyOf, testOracle } from '../../test/judging.ts'
import { changed, orderedPromises as promises, twoEdits } from '../../test/stories/memory.ts'

const header = { promises }

/** Ann is tried, then Bea is, then these are committed in this order. */
function tried(story: Story, committed: readonly string[]): void {
  twoEdits(story)
  changed(story, 'Ann', 22 * minute, 503)
  changed(story, 'Bea', 23 * minute, 503)
  committed.forEach((name, index) => changed(story, name, (31 + index) * minute, 200, index + 2))
}

const undone = (story: Story): void => tried(story, ['Bea', 'Ann'])

testOracle('older-write-never-wins', [
  { title: 'first the older, then the newer', says: 'pass', header, tell: (story) => tried(story, ['Ann', 'Bea']) },
  { title: 'the older change after the newer', says: 'fail', header, tell: undone },
  { title: 'the older one may be left out', says: 'not-armed', header, tell: (story) => tried(story, ['Bea']) },
  {
    title: 'the same change twice undoes nothing',
    says: 'not-armed',
    header,
    tell: (story) => tried(story, ['Bea', 'Bea']),
  },
  {
    title: 'somebody may want the old name back',
    says: 'pass',
    header,
    tell: (story) => {
      tried(story, ['Bea', 'Ann'])
      const asked = story.ask('contact.upsert', { at: '31m30s', key: 'customer', entity: 'contact:1' })
      story.ok(asked, { at: '31m30s', result: 'queued' })
    },
  },
  {
    title: 'one promise of an order among others',
    says: 'fail',
    header: { promises: { 'contact.read': { degrade: [] }, ...promises } },
    tell: undone,
  },
  ...([21, 33] as const).map((at) => ({
    title: `somebody asks once more at ${at} min, before the newer was tried or after the older was repeated`,
    says: 'fail' as const,
    header,
    tell: (story: Story) => {
      tried(story, ['Bea', 'Ann'])
      const asked = story.ask('contact.upsert', { at: at * minute + 30_000, key: 'customer', entity: 'contact:1' })
      story.ok(asked, { at: at * minute + 30_000, result: 'queued' })
    },
  })),
  ...(
    [
      [['Bea'], 'fail'],
      [['Bea', 'Ann'], 'pass'],
    ] as const
  ).map(([names, says]) => ({
    title: `somebody asks once more and tries ${names.join(' and ')}`,
    says,
    header,
    tell: (story: Story) => {
      tried(story, ['Bea', 'Ann'])
      const asked = story.ask('contact.upsert', { at: '31m30s', key: 'customer', entity: 'contact:1' })
      for (const bodyHash of names)
        story.attempt(asked, { at: '31m31s', method: 'PUT', route: '/contacts/{id}', bodyHash, ends: 503 })
      story.error(asked, { at: '31m32s' })
    },
  })),
  {
    title: 'two different changes for two asks, the later between them, are not one twice',
    says: 'fail',
    header,
    tell: (story) => {
      for (const at of ['20m', '31m30s']) {
        const asked = story.ask('contact.upsert', { at, key: 'customer', entity: 'contact:1', order: 'customer' })
        story.ok(asked, { at, result: 'queued' })
      }
      changed(story, 'Ann', 22 * minute, 503)
      changed(story, 'Bea', 31 * minute, 200, 2)
      changed(story, 'Ann', 32 * minute, 200, 3)
    },
  },
  {
    title: 'requests that were under way together have no order',
    says: 'pass',
    header,
    tell: (story) => {
      twoEdits(story)
      changed(story, 'Ann', 22 * minute, 503)
      changed(story, 'Bea', 31 * minute, 200, 2)
      changed(story, 'Ann', 31 * minute + 20, 200, 3)
    },
  },
  { title: 'without a promise the last one wins', says: 'not-applicable', tell: undone },
  { title: 'one change, nothing to judge', says: 'not-armed', header, tell: (story) => tried(story, ['Ann']) },
])

test('the sentence tells which version put which back', () => {
  expect(sentenceBy('older-write-never-wins', storyOf({ header, tell: undone }))).toMatchInlineSnapshot(
    `"PUT /contacts/{id} for contact:1, first sent 11:22:00Z and answered 503 after 100ms at 11:22:00Z, was sent again at 11:32:00Z, 1m after a newer change of the same thing had been made: version 3 put the older state back over version 2."`,
  )
})
