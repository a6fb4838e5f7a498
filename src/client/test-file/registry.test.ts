// Which client a test file means, as it is counted where the client runs.

import { beforeEach, expect, test } from 'vitest'
import { scenarioTest } from './brownout-vitest.ts'
import { forgetRegistered, registeredClient } from './registry.ts'
import { describe as standIn } from './vitest.ts'

const describe = standIn as typeof import('vitest').describe
const [one, other] = [{ name: 'one' }, { name: 'other' }]
const file = 'desk.test.ts'
beforeEach(forgetRegistered)

test('tests are counted in the order in which they stand, suites included, whatever those are called', () => {
  scenarioTest('a', one)
  describe.skip('suite', () => {
    scenarioTest('b', other)
    describe.each([['c'], ['d']])('%s', (scenario) => scenarioTest(scenario, one))
    describe.for(['e'])('%s', (scenario) => scenarioTest(scenario, './desk.ts'))
  })
  scenarioTest.skip('f', other)
  const found = ['a', 'b', 'c', 'd', 'e', 'f'].map((scenario, nth) => {
    const client = ['b', 'f'].includes(scenario) ? 'other' : scenario === 'e' ? './desk.ts' : 'one'
    return registeredClient({ nth, scenario, client }, file)
  })
  expect(found).toEqual([one, other, one, one, './desk.ts', other])
})

test.for([
  ['another scenario stands there', { nth: 0, scenario: 'b', client: 'one' }],
  ['another client stands there', { nth: 0, scenario: 'a', client: 'other' }],
  ['nothing stands there', { nth: 1, scenario: 'a', client: 'one' }],
] as const)('it is a mistake when %s', ([, registered]) => {
  scenarioTest('a', one)
  expect(() => registeredClient(registered, file)).toThrow(
    /^Test \d of desk\.test\.ts is .*, and where the client runs it is/u,
  )
})

test('a suite that ends later is told, because its tests would be counted last', () => {
  describe('later', async () => {
    await Promise.resolve()
    scenarioTest('a', one)
  })
  scenarioTest('a', one)
  expect(() => registeredClient({ nth: 0, scenario: 'a', client: 'one' }, file)).toThrow(
    /a suite of it is asynchronous/u,
  )
})
