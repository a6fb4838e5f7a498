import { testOracle } from '../../test/judging.ts'
import { minute, type Story } from '../../test/history-builder.ts'
import { paced, together } from '../../test/stories/load.ts'

const lifted = 30 * minute

const twice = {
  operations: 100,
  exchanges: 200,
  exchangesPerOperation: {},
  peakSends: 10,
  peakInFlight: 2,
  loads: {},
}

testOracle('recovers-without-a-burst', [
  { title: 'a backlog at four a second', says: 'pass', tell: (story) => paced(story, 240, 250, 200, lifted) },
  { title: 'a backlog all at once', says: 'fail', tell: (story) => paced(story, 200, 1, 200, lifted) },
  {
    title: 'exactly twice the usual beyond the pace',
    says: 'pass',
    tell: (story) => paced(story, 70, 10, 200, lifted),
  },
  { title: 'one more', says: 'fail', tell: (story) => paced(story, 71, 10, 200, lifted) },
  {
    title: 'what was asked for long ago is no reason',
    says: 'fail',
    tell: (story) => {
      for (let nth = 0; nth < 500; nth += 1) story.ok(story.ask('contact.read', { at: nth }), { at: nth + 1 })
      paced(story, 71, 10, 200, lifted)
    },
  },
  {
    title: 'the last of them is not of the first minute',
    says: 'pass',
    tell: (story) => paced(story, 71, 10, 200, lifted + minute - 700),
  },
  {
    title: 'all of them are of the first minute',
    says: 'fail',
    tell: (story) => paced(story, 71, 10, 200, lifted + minute - 701),
  },
  {
    title: 'each process may work a backlog off',
    says: 'pass',
    tell: (story) => {
      story.attempt(null, { at: 0, instance: 1, ends: 200 })
      paced(story, 120, 10, 200, lifted)
    },
  },
  {
    title: 'one kind of request more often than another',
    says: 'fail',
    tell: (story) => {
      for (let nth = 0; nth < 10; nth += 1) story.attempt(null, { at: lifted, method: 'POST', ends: 200 })
      paced(story, 100, 10, 200, lifted + 1)
      for (let nth = 0; nth < 20; nth += 1) story.attempt(null, { at: lifted + 2_000, method: 'PUT', ends: 200 })
    },
  },
  ...(
    [
      [130, 'pass'],
      [131, 'fail'],
    ] as const
  ).map(([count, says]) => ({
    title: `twenty operations that usually take two requests each, and ${count} requests`,
    says,
    header: { baseline: twice },
    tell: (story: Story) => {
      for (let nth = 0; nth < 20; nth += 1) story.ok(story.ask('contact.read', { at: lifted }), { at: lifted })
      paced(story, count, 1, 200, lifted)
    },
  })),
  { title: 'people who come back all at once', says: 'pass', tell: (story) => together(story, 200, lifted) },
  { title: 'a burst before the faults were lifted', says: 'not-armed', tell: (story) => paced(story, 200, 1) },
  { title: 'a burst long after', says: 'not-armed', tell: (story) => paced(story, 200, 1, 200, 32 * minute) },
  {
    title: 'no twin',
    says: 'not-applicable',
    header: { baseline: null },
    tell: (story) => paced(story, 200, 1, 200, lifted),
  },
])
