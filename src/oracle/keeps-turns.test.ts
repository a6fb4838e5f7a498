import { testOracle } from '../../test/judging.ts'
import { minute } from '../../test/history-builder.ts'
import { queuedWrite, queuedWrites } from '../../test/stories/load.ts'

const inOrder = (index: number): number => 31 * minute + index * 30_000

/** The first waits until then, or for ever, while the others go in their order. */
const allBut =
  (firstAt: number | null) =>
  (index: number): number | null =>
    index === 0 ? firstAt : inOrder(index)

/** Newest first, one after so long. */
const newestFirst =
  (gapMs: number) =>
  (index: number): number =>
    40 * minute + (29 - index) * gapMs

testOracle('keeps-turns', [
  { title: 'first come, first served', says: 'pass', tell: (story) => queuedWrites(story, 30, inOrder) },
  {
    title: 'newest first, and soon done',
    says: 'pass',
    tell: (s) => queuedWrites(s, 30, (i) => 40 * minute - i * 1_000),
  },
  {
    title: 'one that is passed over while all the others go',
    says: 'fail',
    tell: (story) => queuedWrites(story, 30, (index) => (index === 0 ? 50 * minute : inOrder(index))),
  },
  {
    title: 'passed over for exactly ten minutes',
    says: 'pass',
    tell: (story) => queuedWrites(story, 21, (index) => (index === 0 ? 50 * minute : inOrder(index))),
  },
  {
    title: 'a try in vain is a turn',
    says: 'pass',
    tell: (story) => {
      queuedWrites(story, 30, (index) => (index === 0 ? 50 * minute : inOrder(index)))
      story.attempt(null, { at: 38 * minute, method: 'POST', key: 'k0', ends: 503 })
    },
  },
  {
    title: 'a queue that stands still passes over nobody',
    says: 'pass',
    tell: (story) => queuedWrites(story, 30, (index) => (index < 29 ? 31 * minute + index : 55 * minute)),
  },
  {
    title: 'looks and tries are turns, in whatever order they come',
    says: 'pass',
    tell: (story) => {
      queuedWrites(story, 30, allBut(50 * minute))
      story.attempt(null, { at: 40 * minute, method: 'POST', key: 'k0', ends: 503 })
      story.attempt(null, { at: 35 * minute, entity: 'contact:k0', ends: 200 })
    },
  },
  {
    title: 'of two stretches of the same length the first is shown',
    says: 'fail',
    tell: (story) => {
      queuedWrites(story, 53, allBut(57 * minute))
      story.attempt(null, { at: 44 * minute, method: 'POST', key: 'k0', ends: 503 })
    },
  },
  { title: 'one still waits at the end', says: 'fail', tell: (story) => queuedWrites(story, 30, allBut(null)) },
  {
    title: 'the time of one runs out while all the others go',
    says: 'fail',
    header: { promises: { 'contact.upsert': { degrade: [{ kind: 'queue', maxDelayMs: 30 * minute }] } } },
    tell: (story) => queuedWrites(story, 30, allBut(null)),
  },
  {
    title: 'newest first, and all of them slowly',
    says: 'pass',
    tell: (story) => queuedWrites(story, 30, newestFirst(30_000)),
  },
  {
    title: 'ten times the median is as much as the floor',
    says: 'pass',
    tell: (story) => queuedWrites(story, 30, newestFirst(4_000)),
  },
  {
    title: 'what goes out in the moment in which it is queued passes over',
    says: 'fail',
    tell: (story) => {
      queuedWrite(story, 'first', 20 * minute, 50 * minute)
      for (let nth = 1; nth < 30; nth += 1)
        queuedWrite(story, `k${nth}`, 20 * minute + nth * 30_000, 20 * minute + nth * 30_000)
    },
  },
  {
    title: 'what had been sent before it was queued never waited',
    says: 'pass',
    tell: (story) => {
      queuedWrite(story, 'first', 20 * minute, 50 * minute)
      for (let nth = 1; nth < 30; nth += 1) {
        const [at, key] = [20 * minute + nth * 30_000, `k${nth}`]
        const asked = story.ask('contact.upsert', { at, key, entity: `contact:${key}` })
        story.attempt(null, {
          at: at + 100,
          method: 'POST',
          ends: 200,
          key,
          commits: { entity: `contact:${key}`, key },
        })
        story.ok(asked, { at: at + 500, result: 'queued' })
      }
    },
  },
  { title: 'twenty are enough', says: 'pass', tell: (story) => queuedWrites(story, 20, inOrder) },
  { title: 'nineteen are too few', says: 'few-samples', tell: (story) => queuedWrites(story, 19, inOrder) },
  { title: 'nothing was queued', says: 'not-armed', tell: (story) => void story.read({ at: 0 }) },
])
