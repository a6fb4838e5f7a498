import { testOracle } from '../../test/judging.ts'
import { minute } from '../../test/history-builder.ts'
import { paced, together } from '../../test/stories/load.ts'

const lifted = 30 * minute

testOracle('recovers-without-a-burst', [
  { title: 'a backlog at four a second', says: 'pass', tell: (story) => paced(story, 240, 250, 200, lifted) },
  { title: 'a backlog all at once', says: 'fail', tell: (story) => paced(story, 200, 1, 200, lifted) },
  {
    title: 'exactly twice the usual beyond the pace',
    says: 'pass',
    tell: (story) => paced(story, 70, 10, 200, lifted),
  },
  { title: 'one more', says: 'fail', tell: (story) => paced(story, 71, 10, 200, lifted) },
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
