import { expect, test } from 'vitest'
import { garbledAnswer } from './garbled-answer.ts'
import { possibleEffects } from './problem.ts'
import { decisionOf } from './test-asking.ts'

test('the parser of the client gives up before there is a head', () => {
  expect(decisionOf(garbledAnswer, {})).toMatchObject({
    kind: 'abort',
    phase: 'headers',
    code: 'HPE_INVALID_CONSTANT',
  })
})

test('whether the service did its work before that is another matter', () => {
  expect(possibleEffects(garbledAnswer, {})).toEqual(['none', 'committed'])
})

test('explains itself', () => {
  expect(garbledAnswer.explain({})).toBe('What comes back is no HTTP.')
})
