// Goal: what a counterexample that was kept says of a client. Method: trials that end as told.

import { expect, test } from 'vitest'
import type { Trial, Trials } from '#engine/trial.ts'
import type { Scenario } from '#scenario/scenario.ts'
import { replayRegressions, type Regression } from './regressions.ts'

const kept: Regression = {
  file: 'kept.yaml',
  text: '',
  scenario: { found: { seed: '3', oracle: 'no-leaks' } } as unknown as Scenario,
}

/** One history for each trial, the last of them for all that follow. */
function trialsThat(
  verdict: 'pass' | 'fail',
  ...texts: readonly string[]
): { readonly trials: Trials; played(): number } {
  let nth = 0
  const trials = {
    twin: async () => ({ kind: 'twin', baseline: {} }),
    try: async () =>
      ({
        kind: 'tried',
        text: texts[Math.min(nth++, texts.length - 1)],
        history: { all: () => [] },
        verdicts: [{ oracle: 'no-leaks', verdict }],
      }) as unknown as Trial,
  } as unknown as Trials
  return { trials, played: () => nth }
}

test('a failure that shows twice is one', async () => {
  const { trials } = trialsThat('fail', 'a\nb')
  const { replayed } = await replayRegressions([kept], trials, '1')
  expect(replayed).toMatchObject([{ file: 'kept.yaml', failed: [{ oracle: 'no-leaks' }], because: null }])
})

test('a client that is not repeatable is blamed for nothing', async () => {
  const { trials } = trialsThat('fail', 'a\nb', 'a\nc')
  const { replayed } = await replayRegressions([kept], trials, '1')
  expect(replayed).toMatchObject([
    {
      failed: [],
      because: 'it is not repeatable: two runs with the same seed differ, from line 2 of their histories on',
    },
  ])
})

test('what passes is played once', async () => {
  const { trials, played } = trialsThat('pass', 'a', 'b')
  const { replayed } = await replayRegressions([kept], trials, '1')
  expect(replayed).toMatchObject([{ failed: [], because: null }])
  expect(played()).toBe(1)
})
