import type { End, Story } from '../../test/history-builder.ts'
import { testOracle } from '../../test/judging.ts'

/** Reads that fail, each with these pauses between its attempts. */
function reads(story: Story, pauses: readonly number[], count = 20, end: End = 503, facts: object = {}): void {
  for (let nth = 0; nth < count; nth += 1) {
    let at = 600_000 + nth * 30_000
    const read = story.ask('contact.read', { at, entity: 'contact:1' })
    for (const pause of [...pauses, 0]) {
      story.attempt(read, { at, took: 100, ends: end, ...facts })
      at += 100 + pause
    }
    story.error(read, { at })
  }
}

testOracle('grows-its-pauses', [
  { title: 'pauses that double grow', says: 'pass', tell: (story) => reads(story, [200, 400, 800]) },
  { title: 'pauses that stay the same do not', says: 'fail', tell: (story) => reads(story, [300, 300]) },
  { title: 'exactly the least growth', says: 'pass', tell: (story) => reads(story, [100, 120]) },
  { title: 'a little less', says: 'fail', tell: (story) => reads(story, [100, 119]) },
  { title: 'shorter and shorter', says: 'fail', tell: (story) => reads(story, [400, 200]) },
  { title: 'strict wants more', says: 'fail', header: { profile: 'strict' }, tell: (s) => reads(s, [100, 140]) },
  { title: 'pauses of a millisecond', says: 'fail', tell: (story) => reads(story, [1, 1]) },
  { title: 'pauses of nothing have no growth', says: 'not-armed', tell: (story) => reads(story, [0, 0]) },
  { title: 'a cap may be low', says: 'pass', tell: (story) => reads(story, [200, 400, 400, 400]) },
  { title: 'what is long enough need not grow', says: 'few-samples', tell: (story) => reads(story, [5_000, 5_000]) },
  { title: 'a pause of three minutes', says: 'fail', tell: (story) => reads(story, [180_000], 1) },
  { title: 'exactly the longest', says: 'not-armed', tell: (story) => reads(story, [120_000], 1) },
  { title: 'nineteen are few', says: 'few-samples', tell: (story) => reads(story, [300, 300], 19) },
  { title: 'twice is no row', says: 'not-armed', tell: (story) => reads(story, [300]) },
  {
    title: 'what the server asked for is not its own',
    says: 'not-armed',
    tell: (story) => reads(story, [1_000, 1_000], 20, 503, { retryAfter: '1' }),
  },
  { title: 'a limit may be shared', says: 'not-armed', tell: (story) => reads(story, [900, 300], 20, 429) },
  {
    title: 'jitter makes single ones shorter',
    says: 'pass',
    tell: (story) => {
      reads(story, [200, 500], 14)
      reads(story, [450, 150], 6)
    },
  },
  {
    title: 'borrowed exchanges are not judged',
    says: 'uncertain',
    tell: (story) => reads(story, [300, 300], 20, 503, { certain: false }),
  },
])
