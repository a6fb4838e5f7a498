import { expect, test } from 'vitest'
import type { RunResult } from '#engine/run-result.ts'
import { results } from '../../../test/golden/report/results.ts'
import { bare, elementsOf } from '../../../test/page-text.ts'
import { pageOptions as options, toldRun } from '../../../test/report-page.ts'
import { indexPage } from './index-page.ts'

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
  expect(page.match(/scope="colgroup"/gu)).toHaveLength(2)
})

test.for(['</script><b>', '"><svg/onload=alert(1)>', '\u202Eevil', `' onmouseover='x`])('%j stays text', (text) => {
  const page = indexPage(entries([toldRun(text)]), options)
  expect(elementsOf(page)).toBe(elementsOf(indexPage(entries([toldRun()]), options)))
  expect(/<[^>]*\son\w+\s*=/u.exec(bare(page))).toBeNull()
})
