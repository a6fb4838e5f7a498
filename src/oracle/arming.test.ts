import { expect, test } from 'vitest'
import { createStory, type Story } from '../../test/history-builder.ts'
import { judgeArming } from './arming.ts'

const rows: readonly [title: string, armed: boolean, tell: (story: Story) => void][] = [
  ['nothing happened', false, () => undefined],
  ['two hits and a hang', true, (story) => twoHits(story, { hit: 'hang' })],
  ['two hits and an answer that never comes', true, (story) => twoHits(story, { hit: 'condition', answersIn: null })],
  ['two hits and an answer exactly as late', true, (story) => twoHits(story, { hit: 'condition', answersIn: 20_000 })],
  [
    'two hits and an answer a moment earlier',
    false,
    (story) => twoHits(story, { hit: 'condition', answersIn: 19_999 }),
  ],
  [
    'one hit is too few',
    false,
    (story) => void story.attempt(null, { at: '20m', ends: 'never', hit: 'hang', answersIn: null }),
  ],
]

function twoHits(story: Story, facts: object): void {
  story.attempt(null, { at: '20m', ends: 'never', ...facts })
  story.attempt(null, { at: '21m', ends: 503, hit: 'respond' })
}

const arming = { faultHits: 2, unansweredForMs: 20_000 }

test.for(rows)('the incident happened: %s, %s', ([, armed, tell]) => {
  const story = createStory({ arming })
  tell(story)
  const judgement = judgeArming(story.history())
  expect(judgement.armed).toBe(armed)
  expect(judgement.detail === '').toBe(armed)
})

test('a run without faults requires nothing', () => {
  expect(judgeArming(createStory({ arming, firstFaultAt: null, lastLiftAt: null }).history()).armed).toBe(true)
})

test('the detail says what is missing', () => {
  expect(judgeArming(createStory({ arming }).history()).detail).toMatchInlineSnapshot(
    `"The incident did not happen as the scenario requires: faults hit 0 exchanges of the 2 the scenario requires, and no exchange went without an answer for 20s."`,
  )
})
