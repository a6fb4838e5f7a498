// The golden histories of fixtures/histories: each oracle passes one and fails one, and says the same of them as ever: the
// figures, the witness and the sentence.

import { readdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { decodeHistory, encodeHistory } from '#history/codec.ts'
import { judgeBy } from '../../test/judging.ts'
import { oracleStories, oracleStory } from '../../test/oracle-stories.ts'
import { oracles } from './catalog.ts'
import type { Judgement } from './verdict.ts'

const folder = fileURLToPath(new URL('../../fixtures/histories/', import.meta.url))
const sides = ['pass', 'fail'] as const
const rows = Array.from(oracles.keys()).flatMap((oracle) => sides.map((side) => ({ oracle, side })))

test.for(rows)('$oracle: the golden history must $side', async ({ oracle, side }) => {
  const text = encodeHistory(oracleStory(oracle, side))
  await expect(text).toMatchFileSnapshot(`${folder}${oracle}.${side}.ndjson`)
  expect(judgeBy(oracle, decodeHistory(text))).toMatchObject({ verdict: side })
})

/** Everything but the threshold, which is in the history. */
function saidOf(judgement: Judgement): string {
  return JSON.stringify({ ...judgement, threshold: undefined })
}

test.for(rows)('$oracle: what is said of the golden history that must $side', ({ oracle, side }) => {
  expect(saidOf(judgeBy(oracle, oracleStory(oracle, side)))).toMatchSnapshot()
})

test('every oracle has its stories, and no file is left over', () => {
  expect(Object.keys(oracleStories).toSorted()).toEqual(Array.from(oracles.keys()).toSorted())
  const expected = new Set(rows.map(({ oracle, side }) => `${oracle}.${side}.ndjson`))
  expect(readdirSync(folder).filter((name) => name.endsWith('.ndjson') && !expected.has(name))).toEqual([])
})
