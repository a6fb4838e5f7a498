import { testOracle } from '../../test/judging.ts'
import { minute } from '../../test/history-builder.ts'
import { paced } from '../../test/stories/load.ts'

testOracle('storm-converges', [
  { title: 'one polite question in each window', says: 'pass', tell: (story) => paced(story, 40, 10_000, 429) },
  { title: 'ten refusals in each window', says: 'fail', tell: (story) => paced(story, 100, 1_000, 429) },
  { title: 'a storm of three windows', says: 'not-armed', tell: (story) => paced(story, 30, 1_000, 429) },
  { title: 'few requests', says: 'few-samples', tell: (story) => paced(story, 10, 10_000, 429) },
  { title: 'no limit was met', says: 'not-armed', tell: (story) => paced(story, 100, 1_000) },
  {
    title: 'most of what is sent gets through',
    says: 'pass',
    tell: (story) => {
      paced(story, 200, 1_000)
      paced(story, 60, 3_300, 429, 20 * minute + 500)
    },
  },
])
