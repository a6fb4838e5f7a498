import { expect, test } from 'vitest'
import { capacityLoss } from './capacity-loss.ts'

test.for([
  [1, 1, 1],
  [1, 0.25, 0.25],
  [0.5, 0.5, 0.25],
] as const)('at intensity %d a share of %d takes %d of the workers', ([intensity, share, lost]) => {
  expect(capacityLoss.impose?.({}, intensity, share)).toEqual([{ kind: 'workers-lost', share: lost }])
})

test('explains itself', () => {
  expect(capacityLoss.explain({})).toBe('Workers of the fleet are gone and take no requests.')
})
