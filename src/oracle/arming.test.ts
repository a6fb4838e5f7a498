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

/** Ten minutes of a fault on reads, so many reads of which some are hit, and as many writes that never are. */
function reads(story: Story, sent: number, hit: number, at = 12): void {
  story.event('10m', { kind: 'fault.started', fault: 'fault' })
  story.event('20m', { kind: 'fault.lifted', fault: 'fault' })
  for (let nth = 0; nth < sent; nth += 1) {
    story.attempt(null, { at: `${at}m`, ends: nth < hit ? 503 : 200, ...(nth < hit && { hit: 'respond' }) })
    story.attempt(null, { at: `${at}m`, ends: 200, method: 'POST', route: '/contacts' })
  }
}

test.for<[title: string, armed: boolean, sent: number, hit: number]>([
  ['what it was sent was hit, and was less than it takes', true, 10, 10],
  ['half of what was sent was hit, and it was less than it takes', true, 19, 10],
  ['less than half of it was hit', false, 19, 9],
  ['a quarter of what it takes was hit', true, 5, 5],
  ['less than a quarter of what it takes was hit', false, 4, 4],
  ['enough was sent, and not hit', false, 20, 19],
])('who sends little is judged by what it did: %s', ([, armed, sent, hit]) => {
  const story = createStory({ arming: { faultHits: 20, unansweredForMs: 0 } })
  reads(story, sent, hit)
  expect(judgeArming(story.history()).armed).toBe(armed)
})

test.for<[title: string, sent: number, hit: number, detail: string]>([
  [
    'sent enough',
    30,
    4,
    'The incident did not happen as the scenario requires: faults hit 4 exchanges of the 20 the scenario requires.',
  ],
  [
    'sent little',
    7,
    2,
    'The client hardly met the incident: faults hit 2 of the 7 requests it sent that they could have hit, and the scenario requires 20 hits.',
  ],
  [
    'sent nothing that could be hit',
    6,
    0,
    'The client never met the incident: none of the 12 requests it sent while the faults were on was one that they hit, and the scenario requires 20 hits.',
  ],
])('the detail says that the client %s', ([, sent, hit, detail]) => {
  const story = createStory({ arming: { faultHits: 20, unansweredForMs: 0 } })
  reads(story, sent, hit)
  expect(judgeArming(story.history()).detail).toBe(detail)
})

test('what was sent before the fault and after it could not have been hit', () => {
  const story = createStory({ arming: { faultHits: 20, unansweredForMs: 0 } })
  reads(story, 8, 8)
  for (const at of ['9m', '20m']) for (let nth = 0; nth < 20; nth += 1) story.attempt(null, { at, ends: 200 })
  expect(judgeArming(story.history()).armed).toBe(true)
})

test('another workspace could not have been hit either', () => {
  const story = createStory({ arming: { faultHits: 20, unansweredForMs: 0 } })
  reads(story, 8, 8)
  for (let nth = 0; nth < 20; nth += 1) story.attempt(null, { at: '12m', ends: 200, workspace: 'sibling' })
  expect(judgeArming(story.history()).armed).toBe(true)
})

test('what hits no request leaves nothing that could have been hit more often', () => {
  const story = createStory({ arming: { faultHits: 20, unansweredForMs: 0 } })
  for (let nth = 0; nth < 6; nth += 1)
    story.event('12m', { kind: 'fault.hit', exchange: null, fault: 'late', decision: 'delay', effect: 'none' })
  expect(judgeArming(story.history()).detail).toBe(
    'The incident did not happen as the scenario requires: faults hit 6 exchanges of the 20 the scenario requires.',
  )
})

test('without any request the detail says so', () => {
  const story = createStory({ arming: { faultHits: 20, unansweredForMs: 0 } })
  expect(judgeArming(story.history()).detail).toBe(
    'The client never met the incident: it sent no request while the faults were on, and the scenario requires 20 hits.',
  )
})

test('the detail says what is missing', () => {
  expect(judgeArming(createStory({ arming }).history()).detail).toMatchInlineSnapshot(
    `"The client never met the incident: it sent no request while the faults were on, and the scenario requires 2 hits; no exchange went without an answer for 20s."`,
  )
})
