// Goal: what cannot be meant is said before anything is played.

import { isUserError } from '#context/user-error.ts'
import { expect, test } from 'vitest'
import type { FuzzFlags } from './flags.ts'
import { fuzzPlan } from './fuzz-plan.ts'

const usual: FuzzFlags = {
  output: 'text',
  verbose: false,
  color: true,
  seed: '1',
  runSeed: '1',
  runs: '500',
  any: false,
  around: false,
  enumerate: false,
  blind: false,
  shrink: true,
  profile: 'default',
  dropHost: [],
  regressions: 'fixtures/regressions',
  reportDir: 'reports',
  quiet: false,
}

function complaint(flags: Partial<FuzzFlags>): string {
  try {
    fuzzPlan({ ...usual, ...flags }, '/project')
    return ''
  } catch (error) {
    if (!isUserError(error)) throw error
    return error.message
  }
}

test('without flags a campaign is guided, around the incident, 500 runs long and whole', () => {
  expect(fuzzPlan(usual, '/project')).toMatchObject({
    mode: 'around',
    how: 'guided',
    runs: 500,
    timeMs: undefined,
    part: { index: 0, of: 1 },
    path: undefined,
    regressions: '/project/fixtures/regressions',
  })
  expect(fuzzPlan({ ...usual, any: true, blind: true }, '/')).toMatchObject({ mode: 'any', how: 'blind' })
  expect(fuzzPlan({ ...usual, enumerate: true }, '/')).toMatchObject({ mode: 'any', how: 'enumerate' })
  expect(fuzzPlan({ ...usual, time: '5m', shard: '2/4', path: '137.2', workers: '1' }, '/')).toMatchObject({
    timeMs: 300_000,
    part: { index: 1, of: 4 },
    path: [137, 2],
    workers: 1,
  })
})

test.for<[string, Partial<FuzzFlags>]>([
  ['--runs takes a whole number from 1 to 1000000, not "0".', { runs: '0' }],
  ['--runs takes a whole number from 1 to 1000000, not "-5".', { runs: '-5' }],
  ['--runs takes a whole number from 1 to 1000000, not "1e9".', { runs: '1e9' }],
  ['--runs takes a whole number from 1 to 1000000, not "99999999999".', { runs: '99999999999' }],
  ['--workers takes a whole number from 1 to 8, not "64".', { workers: '64' }],
  ['--time takes a duration such as 5m, not "5".', { time: '5' }],
  ['--time takes a duration such as 5m, not "0s".', { time: '0s' }],
  ['--shard takes a part such as 2/4, not "5/4".', { shard: '5/4' }],
  ['--shard takes a part such as 2/4, not "0/4".', { shard: '0/4' }],
  ['--path takes a case such as 137 or 137.2, not "next".', { path: 'next' }],
  ['The seed is empty.', { seed: ' ' }],
  ['--regressions is empty.', { regressions: '' }],
])('%s', ([sentence, flags]) => {
  expect(complaint(flags)).toBe(sentence)
})
