import { minute, type Story } from '../../test/history-builder.ts'
import { testOracle } from '../../test/judging.ts'
import { paced } from '../../test/stories/load.ts'

testOracle('stays-within-rate-limit', [
  { title: 'at the limit', says: 'pass', tell: (story) => paced(story, 60, 1_000) },
  { title: 'a full window after a full one', says: 'pass', tell: (story) => paced(story, 20, 100) },
  { title: 'exactly twice the limit beyond the floor', says: 'pass', tell: (story) => paced(story, 30, 100) },
  { title: 'one more', says: 'fail', tell: (story) => paced(story, 31, 100) },
  { title: 'refusals are sends as well', says: 'fail', tell: (story) => paced(story, 60, 100, 429) },
  { title: 'ten in each second, as allowed', says: 'pass', tell: (story) => paced(story, 60, 100, 200, minute, 1_000) },
  {
    title: 'a minute of one a second, of ten allowed',
    says: 'fail',
    tell: (story) => paced(story, 40, 1_000, 200, minute, minute),
  },
  {
    title: 'three full minutes after one another',
    says: 'pass',
    tell: (story) => paced(story, 30, 6_000, 200, minute, minute),
  },
  { title: 'a few', says: 'pass', tell: (story) => paced(story, 5, 100) },
  {
    title: 'no answer of many told a limit',
    says: 'not-armed',
    tell: (story) => {
      for (let nth = 0; nth < 80; nth += 1) story.attempt(null, { at: nth * 100, took: 10, ends: 200, answersIn: 10 })
    },
  },
  ...(
    [
      [60_010, 'pass'],
      [60_011, 'fail'],
    ] as const
  ).map(([lastAt, says]) => ({
    title: `a higher limit was told at 10 ms, and the last of eighty is sent at ${lastAt} ms`,
    says,
    tell: (story: Story) => {
      for (const [at, limit] of [
        [0, 100],
        [1_000, 10],
      ] as const)
        story.attempt(null, { at, took: 10, ends: 200, resetAt: 0, limit })
      for (let nth = 79; nth >= 0; nth -= 1) story.attempt(null, { at: lastAt - nth, ends: 200, resetAt: 0 })
    },
  })),
  { title: 'no limit was told', says: 'not-armed', tell: (story) => void story.read({ at: 0 }) },
  {
    title: 'processes do not know of one another',
    says: 'pass',
    tell: (story) => {
      for (let index = 0; index < 60; index += 1)
        story.attempt(null, { at: index * 100, took: 10, ends: 200, resetAt: 1, answersIn: 10, instance: index % 2 })
    },
  },
  {
    title: 'what never reached the API uses up nothing',
    says: 'not-armed',
    tell: (story) => {
      for (let index = 0; index < 60; index += 1) story.attempt(null, { at: index * 100, ends: 'ECONNREFUSED' })
    },
  },
  {
    title: 'each workspace has a limit of its own',
    says: 'pass',
    tell: (story) => {
      for (let index = 0; index < 60; index += 1) {
        const workspace = index % 2 === 0 ? 'ours' : 'theirs'
        story.attempt(null, { at: index * 100, took: 10, ends: 200, resetAt: 1, answersIn: 10, workspace })
      }
    },
  },
])
