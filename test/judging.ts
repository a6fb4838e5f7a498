// Table tests of oracles: one row is a story and what the oracle must say of it. Every judgement is also held to the laws
// that all oracles share.

import { expect, test } from 'vitest'
import type { Header } from '#history/header.ts'
import type { History } from '#history/history.ts'
import type { Promises } from '#history/promises.ts'
import { oracles } from '#oracle/catalog.ts'
import { judgeSafely } from '#oracle/panel.ts'
import type { Judgement } from '#oracle/verdict.ts'
import { createStory, minute, type Story } from './history-builder.ts'

type Says = 'pass' | 'fail' | 'not-armed' | 'few-samples' | 'uncertain' | 'not-applicable'
export type Case = {
  readonly title: string
  readonly says: Says
  readonly header?: Partial<Header>
  readonly tell: (story: Story) => void
}

export const promises: Promises = {
  'contact.read': { withinMs: 10_000, degrade: [{ kind: 'stale', maxAgeMs: 60 * minute }, { kind: 'error' }] },
  'conversation.reply': { withinMs: 10_000, degrade: [{ kind: 'queue', maxDelayMs: 5 * minute }, { kind: 'error' }] },
}

export function storyOf({ header, tell }: Pick<Case, 'header' | 'tell'>): History {
  const story = createStory({ promises, ...header })
  tell(story)
  return story.history()
}

export function judgeBy(name: string, history: History): Judgement {
  const oracle = oracles.get(name)
  if (!oracle) throw new Error(`There is no oracle "${name}".`)
  const judgement = judgeSafely(oracle, history)
  checkLaws(judgement, history)
  return judgement
}

/** What holds of every judgement. */
export function checkLaws(judgement: Judgement, history: History): void {
  if (judgement.verdict === 'error') throw new Error(judgement.message)
  if (judgement.verdict === 'pass') expect(judgement.margin).toBeGreaterThanOrEqual(0)
  if (judgement.verdict === 'pass' || judgement.verdict === 'fail') expect(judgement.armed).toBeGreaterThan(0)
  if (judgement.verdict !== 'fail') return
  expect(judgement.margin).toBeLessThan(0)
  expect(judgement.violations).toBeGreaterThan(0)
  expect(judgement.sentence).toMatch(/^\S.*\S\.$/u)
  expect(judgement.sentence).not.toMatch(/undefined|NaN|Infinity|\.\.$/u)
  expect(judgement.witness.length).toBeGreaterThan(0)
  expect(judgement.witness).toEqual(Array.from(new Set(judgement.witness)).toSorted((one, other) => one - other))
  for (const seq of judgement.witness) expect(history.at(seq).seq).toBe(seq)
}

export function sentenceBy(name: string, history: History): string {
  const judgement = judgeBy(name, history)
  return judgement.verdict === 'fail' ? judgement.sentence : `(${judgement.verdict})`
}

/** Registers one test per row. A verdict alone would hide a wrong count, witness or sentence: what is said is kept beside it. */
export function testOracle(name: string, cases: readonly Case[]): void {
  test.for(cases)(`${name}: $title`, (row) => {
    const judgement = judgeBy(name, storyOf(row))
    expect(judgement.verdict === 'inconclusive' ? judgement.reason : judgement.verdict).toBe(row.says)
    expect(saidBriefly(judgement)).toMatchSnapshot()
  })
}

/** `3 judged, 24901 ms against 15000 ms (slack), 1 beyond it. The service was well... Events 7, 8, 12.` */
function saidBriefly(judgement: Judgement): string {
  if (judgement.verdict === 'error') return judgement.message
  if (judgement.verdict === 'not-applicable') return `needs ${judgement.needs}`
  const judged = `${judgement.armed} judged`
  if (judgement.verdict === 'inconclusive') return `${judged}. ${judgement.detail}`
  const { observed, unit, threshold } = judgement
  const measured = `${judged}, ${observed} ${unit} against ${threshold.value} ${threshold.unit} (${threshold.name})`
  if (judgement.verdict === 'pass') return measured
  return `${measured}, ${judgement.violations} beyond it. ${judgement.sentence} Events ${judgement.witness.join(', ')}.`
}
