import { expect, test } from 'vitest'
import { nearestName } from './nearest-name.ts'

test.for([
  ['contact.raed', 'contact.read'],
  ['skd', 'sdk'],
  ['resilent', 'resilient'],
  ['mine', undefined],
  ['', undefined],
] as const)('%s means %s', ([written, meant]) => {
  expect(nearestName(written, ['sdk', 'resilient', 'contact.read'])).toBe(meant)
})

test('knows nothing when there is nothing to know', () => {
  expect(nearestName('sdk', [])).toBeUndefined()
})
