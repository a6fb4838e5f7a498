import { expect, test } from 'vitest'
import type { Story } from '../../test/history-builder.ts'
import { judgeBy, sentenceBy, storyOf, testOracle } from '../../test/judging.ts'
import { act, deliver, type Told } from '../../test/webhook-stories.ts'

const forged = (answer: Told['answer']) => (story: Story) =>
  deliver(story, 1, { at: '20m', id: 'x', answer, forged: true })

function actedOn(story: Story): void {
  forged(401)(story)
  act(story, '20m1s', 'x')
}

const strict = { profile: 'strict' } as const

testOracle('forged-webhooks-refused', [
  { title: 'refused', says: 'pass', tell: forged(401) },
  { title: 'believed', says: 'fail', tell: forged(200) },
  { title: 'a redirect is no refusal', says: 'fail', tell: forged(302) },
  { title: 'nor is any status below 400', says: 'fail', tell: forged(399) },
  { title: 'a bad request is one', says: 'pass', tell: forged(400) },
  { title: 'strict calls an internal error none', says: 'fail', header: strict, tell: forged(500) },
  { title: 'the last of the refusals', says: 'pass', header: strict, tell: forged(499) },
  { title: 'refused and yet acted on', says: 'fail', tell: actedOn },
  { title: 'an internal error keeps it out', says: 'pass', tell: forged(500) },
  { title: 'so does a handler that throws', says: 'pass', tell: forged('threw') },
  { title: 'strict calls neither a refusal', says: 'fail', header: strict, tell: forged('threw') },
  { title: 'strict is content with a 4xx', says: 'pass', header: strict, tell: forged(403) },
  { title: 'nobody was there', says: 'not-armed', tell: forged('down') },
  {
    title: 'acted on although the answer came too late',
    says: 'fail',
    tell: (story) => {
      forged('timeout')(story)
      act(story, '21m', 'x')
    },
  },
  {
    title: 'genuine ones are not forged',
    says: 'not-applicable',
    tell: (story) => deliver(story, 1, { at: '20m', id: 'a', answer: 200 }),
  },
])

test.for<[string, (story: Story) => void]>([
  ['believed', forged(200)],
  ['acted on', actedOn],
])('the sentence says what came of it: %s', ([, tell]) => {
  expect(sentenceBy('forged-webhooks-refused', storyOf({ tell }))).toMatchSnapshot()
})

test.for([
  [200, 1],
  [401, 0],
])('an answer of %i is observed as %i', ([answer, observed]) => {
  expect(judgeBy('forged-webhooks-refused', storyOf({ tell: forged(answer!) }))).toMatchObject({ observed })
})
