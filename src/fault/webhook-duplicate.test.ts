import { expect, test } from 'vitest'
import { complaint, disturbanceOf } from './test-asking.ts'
import { webhookDuplicate } from './webhook-duplicate.ts'

test.for<[object, object]>([
  [{}, { times: 1, afterMs: 5_000 }],
  [
    { times: 3, after: '3d' },
    { times: 3, afterMs: 259_200_000 },
  ],
])('%j', ([input, expected]) => {
  expect(disturbanceOf(webhookDuplicate, input)).toEqual({ kind: 'repeat', ...expected })
})

test('refuses to repeat nothing, and at the same time', () => {
  expect(complaint(webhookDuplicate, { times: 0 })).toBe('write how often it is repeated, 1 to 20')
  expect(complaint(webhookDuplicate, { after: '0s' })).toBe('two deliveries are not at the same time')
})

test.for<[object, string]>([
  [{}, 'Notifications are delivered once more, each time after 5s.'],
  [{ times: 2, after: '3d' }, 'Notifications are delivered 2 times more, each time after 3d.'],
])('explains %j', ([input, words]) => {
  expect(webhookDuplicate.explain(webhookDuplicate.schema.parse(input))).toBe(words)
})
