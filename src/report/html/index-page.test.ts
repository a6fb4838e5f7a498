import { expect, test } from 'vitest'
import type { RunResult } from '#engine/run-result.ts'
import { results } from '../../../test/golden/report/results.ts'
import { bare, elementsOf } from '../../../test/page-text.ts'
import { pageOptions as options, toldRun } from '../../../test/report-page.ts'
import type { Change } from '../baseline/compare.ts'
import { indexPage } from './index-page.ts'

const isWorse = (figure: string) => ({ figure, before: '12%', now: '86%', is: 'worse' }) as const
const changesOf: Readonly<Record<string, readonly Change[]>> = {
  worse: ['failed', 'a', 'b', 'c'].map(isWorse),
  better: [{ figure: 'amplification', before: '2x', now: '1x', is: 'better' }],
  same: [{ figure: 'pauses: median', before: '1s', now: '2s', is: 'different' }],
}

const entries = (some: readonly RunResult[]) =>
  some.map((result, index) => ({ result, page: `run ${index}/report.html` }))

test('tells of every run, and leads to its page', async () => {
  const page = bare(indexPage(entries([toldRun(), ...Object.values(results)]), options))
  await expect(page).toMatchFileSnapshot('../../../test/golden/report/html/index.html')
  expect(page.match(/href="run%20\d+\/report\.html"/gu)).toHaveLength(Object.keys(results).length + 1)
})

test('gives each client a column, and each scenario one row for as often as one client played it', () => {
  const of = (scenario: string, client: string): RunResult => ({ ...toldRun(), scenario, client })
  const page = bare(indexPage(entries([of('a', 'one'), of('a', 'two'), of('b', 'two'), of('b', 'two')]), options))
  expect(page.match(/scope="row"/gu)).toHaveLength(3)
  expect(Array.from(page.matchAll(/scope="col">(?:<bdi>)?(\w+)/gu), ([, word]) => word)).toEqual([
    'scenario',
    'severity',
    'one',
    'two',
  ])
})

test('says for each run what is better and what is worse than in the baseline, and of all how many', async () => {
  const of = (scenario: string): RunResult => ({ ...toldRun(), scenario })
  const changes = (result: RunResult) => changesOf[result.scenario] ?? null
  const page = bare(indexPage(entries(['worse', 'better', 'same', 'new'].map(of)), { ...options, changes }))
  expect(page).toContain('Against the baseline: 1 worse, 1 better, 1 the same, 1 not compared.')
  const [worse, better, same, unknown] = page.split('<th scope="row">').slice(1)
  expect(worse).toMatch(/▼<\/span> worse<\/span> <bdi>failed 86% \(was 12%\)[^]*and 1 worse/u)
  expect(better).toMatch(/▲<\/span> better<\/span> <bdi>amplification 1x \(was 2x\)/u)
  expect(same).toContain('no better, no worse')
  expect(unknown).toContain('not in the baseline')
})

test('has no word of a baseline where none is compared with', () => {
  expect(bare(indexPage(entries([toldRun(), toldRun()]), options))).not.toContain('baseline')
})

test('tells the first complaints, and folds the many away', () => {
  const complaints = Array.from({ length: 9 }, (_, nth) => `run ${nth} is worse`)
  const page = bare(indexPage(entries([toldRun()]), { ...options, complaints }))
  expect(page.split('<details>')[0]?.match(/is worse/gu)).toHaveLength(5)
  expect(page).toContain('4 more that make the command fail')
})

test.for(['</script><b>', '"><svg/onload=alert(1)>', '\u202Eevil', `' onmouseover='x`])('%j stays text', (text) => {
  const page = indexPage(entries([toldRun(text)]), options)
  expect(elementsOf(page)).toBe(elementsOf(indexPage(entries([toldRun()]), options)))
  expect(/<[^>]*\son\w+\s*=/u.exec(bare(page))).toBeNull()
})
