import { expect, test } from 'vitest'
import { complaint, disturbanceOf } from './test-asking.ts'
import { webhookForge } from './webhook-forge.ts'

test.for<[object, string, string]>([
  [{}, 'wrong', 'Somebody else sends notifications too, with a signature made with another secret.'],
  [{ signature: 'missing' }, 'missing', 'Somebody else sends notifications too, without a signature.'],
  [
    { signature: 'of-another-body' },
    'of-another-body',
    'Somebody else sends notifications too, with the signature of a genuine one.',
  ],
])('%j', ([input, signature, words]) => {
  expect(disturbanceOf(webhookForge, input)).toEqual({ kind: 'forge', signature })
  expect(webhookForge.explain(webhookForge.schema.parse(input))).toBe(words)
})

test('says which signatures there are', () => {
  expect(complaint(webhookForge, { signature: 'none' })).toBe('write one of wrong, missing, of-another-body')
})
