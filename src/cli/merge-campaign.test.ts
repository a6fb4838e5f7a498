import { array, assert, constantFrom, integer, nat, property, record, uniqueArray } from 'fast-check'
import { expect, test } from 'vitest'
import { factsIn, factsText, type CampaignFacts, type FoundFacts } from '#report/campaign.ts'
import { mergedFacts } from './merge-campaign.ts'

const place = (file: string) => `here/${file}`
const nothing = { windows: [], workload: {} } as unknown as FoundFacts['found']

function found(oracle: string, path: string, cases: number): FoundFacts {
  const file = `there/${oracle}-${path.replaceAll('.', '')}.yaml`
  const told = {
    sentence: 'It failed.',
    hint: 'Mend it.',
    text: `scenario: ${oracle}`,
    original: nothing,
    found: nothing,
  }
  return { oracle, path, cases, file, afterRuns: 16, shrinkTrials: 3, smallest: true, ...told }
}

function part(index: number, of: number, result?: Partial<NonNullable<CampaignFacts['result']>>): CampaignFacts {
  return {
    format: 1,
    by: 'fuzz ten-minutes --any',
    client: 'sdk',
    shipped: true,
    profile: 'default',
    runSeed: '1',
    seed: '7',
    version: '0.1.0',
    how: 'blind',
    mode: 'any',
    part: { index, of },
    asked: 32,
    workers: 2,
    wallMs: 1_000 + index,
    regressions: [],
    result: {
      runs: 32,
      trials: 4,
      invalid: 1,
      unhealthy: 0,
      retracted: 0,
      coverage: [],
      findings: [],
      flakes: [],
      ...result,
    },
  }
}

const hit = (kind: string, cases: number) => ({ kind, site: 'GET /contacts/{id}', moment: 'first' as const, cases })

test('what several parts found becomes what one machine would have found', () => {
  const merged = mergedFacts(
    [
      part(0, 2, { findings: [found('no-leaks', '40', 2)], coverage: [hit('hang', 3), hit('status', 1)] }),
      part(1, 2, {
        findings: [found('no-leaks', '9', 1), found('amplification', '21', 5)],
        coverage: [hit('dns-failure', 1), hit('hang', 4)],
      }),
    ],
    place,
  )
  expect(merged).toMatchObject({ merged: 2, part: { index: 0, of: 1 }, asked: 64, workers: 4, wallMs: 1_001 })
  expect(merged.result).toMatchObject({ runs: 64, trials: 8, invalid: 2 })
  expect(
    merged.result?.findings.map(({ oracle, path, cases, file, afterRuns }) => [oracle, path, cases, file, afterRuns]),
  ).toEqual([
    ['no-leaks', '9', 3, expect.stringMatching(/^here\/no-leaks-[0-9a-f]{6}\.yaml$/u), 16],
    ['amplification', '21', 5, expect.stringMatching(/^here\/amplification-[0-9a-f]{6}\.yaml$/u), 32],
  ])
  expect(merged.result?.coverage).toEqual([hit('dns-failure', 1), hit('hang', 7), hit('status', 1)])
})

test('a part that was stopped, or could not begin, is told of', () => {
  const { result: _, ...unable } = part(1, 2)
  const end = { kind: 'rejected', because: 'The client does not load.' }
  expect(mergedFacts([part(0, 2), { ...unable, end }], place)).toMatchObject({ end, result: { runs: 32 } })
})

test('the order in which parts are named does not matter', () => {
  const some = record({
    findings: uniqueArray(
      record({ oracle: constantFrom('a', 'b', 'c'), nth: nat(200), cases: integer({ min: 1, max: 9 }) }),
      { selector: ({ oracle }) => oracle },
    ),
    coverage: uniqueArray(constantFrom('x', 'y', 'z')),
  })
  assert(
    property(array(some, { minLength: 1, maxLength: 5 }), (each) => {
      const parts = each.map(({ findings, coverage }, index) =>
        part(index, each.length, {
          // No two parts play the same case.
          findings: findings.map(({ oracle, nth, cases }) => found(oracle, String(nth * each.length + index), cases)),
          coverage: coverage.map((kind) => hit(kind, 1)),
        }),
      )
      expect(mergedFacts(parts.toReversed(), place)).toEqual(mergedFacts(parts, place))
    }),
  )
})

test('what is written is read again, and nothing else is', () => {
  const { result: _, ...unable } = part(0, 1)
  for (const facts of [part(0, 1, { findings: [found('no-leaks', '4.1', 1)] }), unable])
    expect(factsIn(factsText(facts))).toEqual(facts)
  const outside = part(0, 1, { findings: [found('../../elsewhere', '4', 1)] })
  expect(factsIn(factsText(outside))).toBeUndefined()
  for (const text of ['', '[]', '{}', 'null', factsText(part(0, 1)).replace('"runs": 32', '"runs": "many"')])
    expect(factsIn(text)).toBeUndefined()
})
