import { testOracle } from '../../test/judging.ts'
import { minute } from '../../test/history-builder.ts'
import { hanging, together } from '../../test/stories/load.ts'

testOracle('bounded-in-flight', [
  { title: 'a few that hang', says: 'pass', tell: (story) => hanging(story, 20) },
  { title: 'exactly twice the peak beyond the floor', says: 'pass', tell: (story) => hanging(story, 24) },
  { title: 'one more', says: 'fail', tell: (story) => hanging(story, 25) },
  { title: 'a slow server keeps many operations open', says: 'pass', tell: (story) => together(story, 200) },
  {
    title: 'operations that are open to the very end',
    says: 'pass',
    tell: (story) => {
      for (let index = 0; index < 40; index += 1) {
        const read = story.ask('contact.read', { at: 59 * minute + index })
        story.attempt(read, { at: 59 * minute + index, ends: 'never' })
      }
    },
  },
  { title: 'nothing was sent', says: 'not-armed', tell: () => {} },
  { title: 'no twin to compare with', says: 'not-applicable', header: { baseline: null }, tell: (s) => hanging(s, 99) },
  {
    title: 'operations that gave up without aborting',
    says: 'fail',
    tell: (story) => {
      for (let index = 0; index < 40; index += 1) {
        const read = story.ask('contact.read', { at: 20 * minute + index * 2_000 })
        story.attempt(read, { at: 20 * minute + index * 2_000, ends: 'never' })
        story.error(read, { at: 20 * minute + index * 2_000 + 1_000 })
      }
    },
  },
])
