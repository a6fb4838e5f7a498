import { expect, test } from 'vitest'
import { minute } from '../../test/history-builder.ts'
import { sentenceBy, storyOf, testOracle } from '../../test/judging.ts'
import { restarted } from '../../test/stories/breaker.ts'

testOracle('restarts-gently', [
  { title: 'as much as a small number', says: 'pass', tell: (story) => restarted(story, 20) },
  { title: 'one more', says: 'fail', tell: (story) => restarted(story, 21) },
  { title: 'all copies at once', says: 'fail', tell: (story) => restarted(story, 200, 1) },
  { title: 'the same, at a steady pace', says: 'pass', tell: (story) => restarted(story, 200, 600) },
  {
    title: 'as much as is asked for, twice',
    says: 'pass',
    tell: (story) => {
      restarted(story, 40)
      for (let nth = 0; nth < 40; nth += 1)
        story.ok(story.ask('contact.read', { at: 20 * minute + 1 + nth }), { at: 20 * minute + 2 + nth })
    },
  },
  {
    title: 'another process is not the one that started',
    says: 'pass',
    tell: (story) => {
      restarted(story, 0)
      for (let nth = 0; nth < 50; nth += 1) story.read({ at: 20 * minute + nth, instance: 1 })
    },
  },
  {
    title: 'the run is over before ten seconds are',
    says: 'not-armed',
    header: { spanMs: 20 * minute + 5_000 },
    tell: (story) => restarted(story, 200, 1),
  },
  {
    title: 'twenty before and twenty after it are never twenty-one in ten seconds',
    says: 'pass',
    tell: (story) => {
      restarted(story, 0)
      for (let nth = 0; nth < 40; nth += 1)
        story.attempt(null, { at: 20 * minute - 9_900 + nth * 500, ends: 200, workspace: 'ours' })
    },
  },
  { title: 'no restart', says: 'not-armed', tell: (story) => void story.read({ at: 0 }) },
  {
    title: 'no fault-free twin',
    says: 'not-applicable',
    header: { baseline: null },
    tell: (story) => restarted(story, 200, 1),
  },
])

test('the sentence says what was sent most', () => {
  expect(sentenceBy('restarts-gently', storyOf({ tell: (story) => restarted(story, 100) }))).toMatchInlineSnapshot(
    `"The process 0 was restarted at 11:20:00Z and sent 100 requests in 10 s, 100 of them GET /contacts/{id}; usually there are at most 1 in 10 s."`,
  )
})
