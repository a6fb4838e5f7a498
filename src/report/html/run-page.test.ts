// report.html without a browser: what it says, that it is the same each time, that it stays small, and that nothing foreign
// becomes markup.

import { createHash } from 'node:crypto'
import * as fc from 'fast-check'
import { XMLParser, XMLValidator } from 'fast-xml-parser'
import { describe, expect, test } from 'vitest'
import { results } from '../../../test/golden/report/results.ts'
import { bare, elementsOf } from '../../../test/page-text.ts'
import { pageOptions as options, toldRun } from '../../../test/report-page.ts'
import { runPage } from './run-page.ts'

describe('golden pages', () => {
  const shown = { ...results, told: toldRun() }
  test.for(Object.entries(shown))('of a run that ended as %s', async ([name, result]) => {
    const page = bare(runPage(result, options))
    await expect(page).toMatchFileSnapshot(`../../../test/golden/report/html/${name}.html`)
  })
})

test('the same run gives the same page, but for the marked wall times', () => {
  const here = runPage(toldRun(), options)
  expect(runPage(toldRun(), options)).toBe(here)
  const environment = { wallMs: 99_999, replayMs: 5, node: 'v99', historyPath: '/elsewhere/history.ndjson' }
  const there = runPage({ ...toldRun(), environment }, { ...options, color: true, columns: 60, wallMs: 1 })
  const unwalled = (page: string): string => page.replaceAll(/<span data-wall>[^<]*<\/span>/gu, '')
  expect(unwalled(there)).toBe(unwalled(here))
  expect(there).not.toBe(here)
  expect(there).not.toMatch(/\/elsewhere|v99/u)
})

test('the policy lets the one script run that is in the page, and no network at all', () => {
  const page = runPage(toldRun(), options)
  const script = /<script>([\s\S]*?)<\/script>/u.exec(page)?.[1] ?? ''
  const hash = createHash('sha256').update(script).digest('base64')
  expect(page).toContain(`default-src &#39;none&#39;; script-src &#39;sha256-${hash}&#39;`)
  expect(page.match(/<script>/gu)).toHaveLength(1)
  expect(bare(page)).not.toMatch(/(?:src|href)="(?!#)/u)
})

test('every failure has a card, whose place can be linked to and is named in the opening', () => {
  const result = toldRun()
  const page = bare(runPage(result, options))
  const failed = result.kind === 'judged' ? result.verdicts.filter(({ verdict }) => verdict === 'fail') : []
  expect(failed.length).toBeGreaterThan(1)
  for (const { oracle } of failed) {
    expect(page).toContain(`<article class="card fail" id="${oracle}"`)
    expect(page.split(`href="#${oracle}"`).length).toBeGreaterThan(2)
  }
})

test('what the programs of a client printed is shown from its end, as text', () => {
  const told = toldRun()
  const withLog = (clientLog: string) => runPage({ ...told, environment: { ...told.environment, clientLog } }, options)
  const short = withLog('=== process 0\n<script>alert(1)</script>\n')
  expect(short).toContain('href="#printed"')
  expect(short).toContain('=== process 0\n&lt;script&gt;alert(1)&lt;/script&gt;')
  const long = withLog(`the first line\n${'a line\n'.repeat(100_000)}the last line\n`)
  expect(long).toContain('the last line')
  expect(long).not.toContain('the first line')
  expect(long).toMatch(/680.0\d\d characters before it are in/u)
  expect(long.length - short.length).toBeLessThan(25_000)
  expect(runPage(told, options)).not.toContain('id="printed"')
})

test('a run that is worse than its baseline says so at the top, and each figure before and now', () => {
  const changes = () =>
    [
      { figure: 'failed', before: '12%', now: '86%', is: 'worse' },
      { figure: 'errors: <b>', before: null, now: '3', is: 'different' },
    ] as const
  const page = bare(runPage(toldRun(), { ...options, changes }))
  expect(page.split('</header>')[0]).toMatch(/Worse than the baseline<\/a>: <bdi>failed 86% \(was 12%\)\./u)
  expect(page).toMatch(/<h2 id="against">[^]*1 worse, 1 different\./u)
  expect(page).toContain('&lt;b&gt;')
  expect(bare(runPage(toldRun(), { ...options, changes: () => [] }))).toContain('nothing differs')
  expect(bare(runPage(toldRun(), options))).not.toContain('id="against"')
})

test('each identifier is there once, and each link within the page leads somewhere', () => {
  const page = bare(runPage(toldRun(), options))
  const ids = Array.from(page.matchAll(/\sid="([^"]*)"/gu), ([, id]) => id)
  expect(ids.filter((id, index) => ids.indexOf(id) !== index)).toEqual([])
  const links = Array.from(page.matchAll(/href="#([^"]+)"/gu), ([, id]) => id)
  expect(links.filter((link) => link !== 't' && !ids.includes(link))).toEqual([])
})

const nasty = [
  '</script><script>alert(1)</script>',
  '<img src=x onerror=alert(1)>',
  '"><svg/onload=alert(1)>',
  `' onmouseover='alert(1)`,
  '<!-- <script>',
  ']]>',
  '&lt;b&gt;&#60;i&#62;',
  '\u202Eevil\u2066',
  '\u001B[31mred\u001B[0m',
  '\u2028\u2029\u0000',
  '\uD800',
  'javascript:alert(1)',
  '# **bold** | [link](http://x)',
  '${alert(1)}',
]

test.for(nasty)('%j stays text wherever it is put', (text) => {
  const page = runPage(toldRun(text), options)
  expect(elementsOf(page)).toBe(elementsOf(runPage(toldRun(), options)))
  expect(/<[^>]*\son\w+\s*=/u.exec(bare(page))).toBeNull()
  expect(page.replace(/<script>[\s\S]*?<\/script>/u, '')).not.toMatch(
    // oxlint-disable-next-line no-control-regex -- what may not reach a reader
    /[\u0000-\u0008\u000B-\u001F\u202A-\u202E\u2066-\u2069\u2028\u2029]/u,
  )
  const data = /id="data">([\s\S]*?)<\/script>/u.exec(page)?.[1] ?? ''
  expect(() => JSON.parse(data) as unknown).not.toThrow()
  expect(/[<>]/u.exec(data)).toBeNull()
})

test('any text at all leaves the tree of the page as it is', { timeout: 120_000 }, () => {
  const tree = elementsOf(runPage(toldRun(), options))
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 40 }), (text) => {
      expect(elementsOf(runPage(toldRun(text), options))).toBe(tree)
    }),
    { numRuns: 8 },
  )
})

test('texts of ten million characters do not make the page large', () => {
  const long = 'x<'.repeat(5_000_000)
  const told = toldRun()
  const header = told.kind === 'judged' ? { ...told.header, title: long } : undefined
  const page = runPage({ ...told, scenario: long, client: long, because: long, header } as typeof told, {
    ...options,
    reproduce: () => long,
  })
  expect(page.length).toBeLessThan(800_000)
})

test('secrets that a client wrote into an error are not in the page', () => {
  const { scenario, client, seed } = toldRun()
  const told = { ...toldRun('Bearer tok_0123456789abcdef ada@example.com'), scenario, client, seed }
  const page = runPage(told, options)
  expect(/0123456789abcdef|ada@example/u.exec(page)?.[0]).toBeUndefined()
  expect(page).toContain('[redacted]')
})

test('the tags are balanced', () => {
  const xml = bare(runPage(toldRun('<b>&'), options))
    .replace('<!doctype html>', '')
    .replaceAll(/ (hidden|data-\w+|data-theme-button)(?=[ >])/gu, '')
  expect(XMLValidator.validate(xml, { allowBooleanAttributes: true })).toBe(true)
  expect(new XMLParser().parse(xml)).toHaveProperty('html.body.main')
})
