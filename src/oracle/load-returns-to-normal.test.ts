import { testOracle } from '../../test/judging.ts'
import { minute } from '../../test/history-builder.ts'
import { afterwards } from '../../test/stories/load.ts'

testOracle('load-returns-to-normal', [
  { title: 'as without faults', says: 'pass', tell: (story) => afterwards(story, 1) },
  { title: 'three tries each, and all in vain', says: 'fail', tell: (story) => afterwards(story, 3) },
  { title: 'nothing was asked', says: 'not-armed', tell: () => {} },
  {
    title: 'a short recovery',
    says: 'not-armed',
    header: { lastLiftAt: 58 * minute },
    tell: (story) => afterwards(story, 3),
  },
  {
    title: 'a few operations',
    says: 'few-samples',
    tell: (story) => void story.read({ at: 55 * minute }),
  },
  { title: 'no faults', says: 'not-applicable', header: { lastLiftAt: null }, tell: (story) => afterwards(story, 3) },
  { title: 'no twin', says: 'not-applicable', header: { baseline: null }, tell: (story) => afterwards(story, 3) },
])
