import { expect, test } from 'vitest'
import type { End, Story } from '../../test/history-builder.ts'
import { sentenceBy, storyOf, testOracle, type Case } from '../../test/judging.ts'
import { breaker, failed, held, outageAt, refusals } from '../../test/stories/breaker.ts'

const header = { declares: { breaker } }

/** Of every so many operations one is silenced. */
const silenced =
  (story: Story, every = 1, facts: { entity?: string; load?: string } = { entity: 'contact:2', load: 'others' }) =>
  (at: number): void => {
    if (Math.round(at / 2_000) % every === 0) held(story, at, facts)
    else story.read({ at, entity: 'contact:2', load: 'others' })
  }

const all = (end: End, count = 5): End[] => Array<End>(count).fill(end)

function refusedWith(status: number, says: Case['says']): Case {
  const tell = (story: Story): void => refusals(story, silenced(story), all(status))
  return { title: `five are answered ${status}`, says, header, tell }
}

testOracle('breaker-ignores-refusals', [
  {
    title: 'the others are sent',
    says: 'pass',
    header,
    tell: (story) => refusals(story, (at) => story.read({ at, entity: 'contact:2', load: 'others' })),
  },
  { title: 'the others are silenced', says: 'fail', header, tell: (story) => refusals(story, silenced(story)) },
  {
    title: 'one in ten is for other reasons',
    says: 'pass',
    header,
    tell: (story) => refusals(story, silenced(story, 10)),
  },
  { title: 'one in five is not', says: 'fail', header, tell: (story) => refusals(story, silenced(story, 5)) },
  {
    title: '404 and 409 are refusals as well',
    says: 'fail',
    header,
    tell: (story) => refusals(story, silenced(story), [404, 409, 404, 400]),
  },
  ...[400, 404, 406, 409, 410, 411, 413, 414, 415, 422].map((status) => refusedWith(status, 'fail')),
  ...[399, 401, 403, 405, 407, 408, 412, 416, 421, 423].map((status) => refusedWith(status, 'not-armed')),
  ...(
    [
      [80_000, 'that is long enough ago for all ten'],
      [79_999, 'that is too short for the first of them'],
    ] as const
  ).map(([ms, what]) => ({
    title: `a failure counts for two rests of 45 s: ${what}`,
    says: 'fail' as const,
    header: { declares: { breaker: { ...breaker, restMs: 45_000 } } },
    tell: (story: Story) => {
      failed(story, outageAt - ms - 100, 503, { load: 'imports' })
      refusals(story, silenced(story))
    },
  })),
  {
    title: 'one that is under way all the time hides nothing',
    says: 'fail',
    header,
    tell: (story) => {
      failed(story, outageAt - 1_000, 422, { took: 120_000, load: 'imports' })
      refusals(story, silenced(story))
    },
  },
  {
    title: 'fewer than it takes',
    says: 'not-armed',
    header,
    tell: (story) => refusals(story, silenced(story), [422, 422]),
  },
  {
    title: 'too few others',
    says: 'few-samples',
    header,
    tell: (story) => {
      let count = 0
      refusals(story, (at) => {
        count += 1
        if (count <= 4) held(story, at, { entity: 'contact:2', load: 'others' })
      })
    },
  },
  {
    title: 'with a failure among them there is trouble',
    says: 'not-armed',
    header,
    tell: (story) => refusals(story, silenced(story), [...all(422), 503]),
  },
  {
    title: 'a token that is refused is a reason',
    says: 'not-armed',
    header,
    tell: (story) => refusals(story, silenced(story), [...all(422), 401]),
  },
  {
    title: 'so is a limit',
    says: 'not-armed',
    header,
    tell: (story) => refusals(story, silenced(story), [...all(422), 429]),
  },
  {
    title: 'a load that is refused itself is not judged',
    says: 'not-armed',
    header,
    tell: (story) => refusals(story, silenced(story, 1, { load: 'imports' })),
  },
  {
    title: 'a load that never had an answer is not judged',
    says: 'not-armed',
    header,
    tell: (story) => refusals(story, silenced(story, 1, { load: 'garbled' })),
  },
  {
    title: 'fresh copies are no silence',
    says: 'not-armed',
    header,
    tell: (story) =>
      refusals(story, (at) => story.ok(story.ask('contact.read', { at, load: 'others' }), { at, result: 'fresh' })),
  },
  {
    title: 'another workspace was refused',
    says: 'not-armed',
    header,
    tell: (story) => {
      story.read({ at: 60_000, load: 'others', workspace: 'sibling' })
      refusals(story, (at) => held(story, at, { load: 'others', workspace: 'sibling' }))
    },
  },
  {
    title: 'it is long ago',
    says: 'not-armed',
    header,
    tell: (story) => refusals(story, (at) => held(story, at + 60_000, { load: 'others' })),
  },
  { title: 'nothing is declared', says: 'not-applicable', tell: (story) => refusals(story, silenced(story)) },
])

test('the sentence names the last refusal and the first victim', () => {
  const tell = (story: Story) => {
    refusals(story, silenced(story))
    failed(story, outageAt + 200_000)
  }
  expect(sentenceBy('breaker-ignores-refusals', storyOf({ header, tell }))).toMatchInlineSnapshot(
    `"5 requests of the workspace ours had been refused within 1m, the last GET /contacts/{id} with 422 at 11:20:04Z, and with nothing else amiss operation 6 (contact.read) of the load others was not even sent at 11:20:10Z: so 10 of 10 of other loads."`,
  )
})
