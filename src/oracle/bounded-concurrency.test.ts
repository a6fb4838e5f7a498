import { testOracle } from '../../test/judging.ts'
import { together } from '../../test/stories/load.ts'

const header = { declares: { concurrency: 2 } }

testOracle('bounded-concurrency', [
  { title: 'exactly as many as declared', says: 'pass', header, tell: (story) => together(story, 2) },
  { title: 'one more than declared', says: 'fail', header, tell: (story) => together(story, 3) },
  { title: 'nothing was sent', says: 'not-armed', header, tell: () => {} },
  { title: 'nothing is declared', says: 'not-applicable', tell: (story) => together(story, 9) },
  {
    title: 'one that ends makes room in the same millisecond',
    says: 'pass',
    header,
    tell: (story) => {
      together(story, 2, 1_000)
      together(story, 2, 2_000)
    },
  },
  {
    title: 'each process has slots of its own',
    says: 'pass',
    header,
    tell: (story) => {
      together(story, 2)
      for (const at of [1_200_000, 1_200_001]) story.read({ at, took: 1_000, instance: 1 })
    },
  },
  {
    title: 'each workspace has slots of its own',
    says: 'pass',
    header,
    tell: (story) => {
      together(story, 2)
      story.read({ at: 1_200_000, took: 1_000, workspace: 'sibling' })
    },
  },
  {
    title: 'what a process had in flight ends with it',
    says: 'pass',
    header,
    tell: (story) => {
      for (const at of [1_000, 1_001]) story.attempt(null, { at, ends: 'never' })
      story.event(2_000, { kind: 'client.restarted', instance: 0, orderly: false })
      together(story, 2, 3_000)
    },
  },
  {
    title: 'what a redirect sent on is the same request',
    says: 'pass',
    header,
    tell: (story) => {
      together(story, 2)
      story.attempt(null, { at: 1_200_100, ends: 200, redirectOf: 0 })
    },
  },
])
