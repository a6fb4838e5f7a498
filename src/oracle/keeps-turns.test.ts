import { testOracle } from '../../test/judging.ts'
import { minute } from '../../test/history-builder.ts'
import { queuedWrites } from '../../test/stories/load.ts'

const inOrder = (index: number): number => 31 * minute + index * 30_000

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
  { title: 'nineteen are too few', says: 'few-samples', tell: (story) => queuedWrites(story, 19, inOrder) },
  { title: 'nothing was queued', says: 'not-armed', tell: (story) => void story.read({ at: 0 }) },
])
