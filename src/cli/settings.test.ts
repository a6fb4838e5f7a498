import { expect, test } from 'vitest'
import { isUserError } from '#context/user-error.ts'
import { readSettings } from './settings.ts'

test('numbers are read in the unit of their setting', () => {
  expect(readSettings(['amplification.factor=1.5x', ' recovers.within = 2m30s ', 'unaffected.success=99.5%'])).toEqual([
    { oracle: 'amplification', name: 'factor', value: 1.5, cite: '--set amplification.factor=1.5x' },
    { oracle: 'recovers', name: 'within', value: 150_000, cite: '--set recovers.within=2m30s' },
    { oracle: 'unaffected', name: 'success', value: 0.995, cite: '--set unaffected.success=99.5%' },
  ])
  expect(readSettings(['bounded-attempts.attempts=3'])[0]?.value).toBe(3)
  expect(readSettings([])).toEqual([])
})

test.for<[string[], string, string]>([
  [['amplification'], 'is not a setting with a value', '--set amplification.factor=1.5x'],
  [['amplification.factor'], 'is not a setting with a value', 'Write it as'],
  [['amplification.factor='], 'is not a setting with a value', 'Write it as'],
  [[''], 'is not a setting with a value', 'Write it as'],
  [['amplificaton.factor=2x'], 'There is no oracle "amplificaton".', 'Did you mean "amplification"?'],
  [['constructor.factor=2x'], 'There is no oracle "constructor".', 'The oracles are'],
  [['amplification.factr=2x'], 'has no setting "factr".', 'Did you mean "factor"?'],
  [['amplification.toString=2x'], 'has no setting "toString".', 'It has'],
  [['unaffected.load=reads'], 'names a load; only numbers can be set.', 'for the scenario to say'],
  [['amplification.factor=150%'], 'must be a factor such as 1.5x, not "150%".', 'factor=1.5x?'],
  [['recovers.within=5'], 'must be a duration such as 2m, not "5".', 'within=5s?'],
  [['recovers.within=soon'], 'must be a duration such as 2m, not "soon".', ''],
  [['recovers.within=-5s'], 'must be a duration', ''],
  [['recovers.within=5s', 'recovers.within=6s'], 'gives recovers.within twice.', 'Keep one'],
])('%s', ([written, says, hint]) => {
  const error = ((): unknown => {
    try {
      return readSettings(written)
    } catch (thrown) {
      return thrown
    }
  })()
  expect(isUserError(error)).toBe(true)
  expect(String(error)).toContain(says)
  expect(String(error)).toContain(hint)
})
