import { testOracle } from '../../test/judging.ts'
import { minute } from '../../test/history-builder.ts'
import { queuedWrite, queuedWrites } from '../../test/stories/load.ts'

const header = { declares: { queue: 3 } }
const late = (): number => 35 * minute

testOracle('bounded-queue', [
  { title: 'exactly as many as declared', says: 'pass', header, tell: (story) => queuedWrites(story, 3, late) },
  { title: 'one more than declared', says: 'fail', header, tell: (story) => queuedWrites(story, 4, late) },
  {
    title: 'what is lost in silence was accepted all the same',
    says: 'fail',
    header,
    tell: (s) => queuedWrites(s, 4, () => null),
  },
  { title: 'nothing waited', says: 'not-armed', header, tell: (story) => void story.read({ at: 0 }) },
  {
    title: 'without a declaration a thousand may wait',
    says: 'pass',
    tell: (story) => queuedWrites(story, 1_000, () => null),
  },
  { title: 'but not a thousand and one', says: 'fail', tell: (story) => queuedWrites(story, 1_001, () => null) },
  {
    title: 'the same business accepted twice is one',
    says: 'pass',
    header,
    tell: (story) => {
      for (let index = 0; index < 9; index += 1) queuedWrite(story, 'a', 20 * minute + index, null)
    },
  },
  {
    title: 'who shares the request of another does not wait for a turn',
    says: 'not-armed',
    header,
    tell: (story) => {
      story.read({ at: 0, took: '5s' })
      for (let index = 1; index < 9; index += 1)
        story.ok(story.ask('contact.read', { at: index, entity: 'contact:1' }), { at: '5s' })
    },
  },
  {
    title: 'who is being answered does not wait',
    says: 'not-armed',
    header,
    tell: (story) => {
      for (let index = 0; index < 4; index += 1) story.read({ at: 0, took: '5s', entity: `contact:${index}` })
    },
  },
  {
    title: 'operations that wait for a turn count',
    says: 'fail',
    header,
    tell: (story) => {
      for (let index = 0; index < 4; index += 1) {
        const read = story.ask('contact.read', { at: index, entity: `contact:${index}` })
        story.attempt(read, { at: 4_000, ends: 200 })
        story.ok(read, { at: 4_100 })
      }
    },
  },
  {
    title: 'a minute of arrivals may wait where that is more than a thousand',
    says: 'pass',
    header: { spanMs: minute },
    tell: (story) => {
      for (let index = 0; index < 1_200; index += 1) queuedWrite(story, `k${index}`, index, null)
    },
  },
  {
    title: 'what is accepted at the very end waits as well',
    says: 'fail',
    header,
    tell: (story) => {
      for (let index = 0; index < 4; index += 1) queuedWrite(story, `k${index}`, 60 * minute, null)
    },
  },
])
