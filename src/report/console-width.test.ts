// The screen in terminals of several widths. A line that the terminal breaks by itself breaks a table.

import { describe, expect, test } from 'vitest'
import type { RunResult } from '#engine/run-result.ts'
import { results } from '../../test/golden/report/results.ts'
import { pageOptions, toldRun } from '../../test/report-page.ts'
import { consoleReporter } from './console.ts'

const all: Readonly<Record<string, RunResult>> = { ...results, told: toldRun() }
/** What is to be copied stays in one piece, and so does the complaint that shows a part of a file. */
const copied = /^ *(reproduce|evidence|history sha256:) /u
const wrapped = Object.entries(all).filter(([name]) => name !== 'rejected')

describe.for([60, 72, 80, 106])('at %d columns', (columns) => {
  const tooWide = (text: string): string[] =>
    text.split('\n').filter((line) => line.length > columns && !copied.test(line))

  test.for(wrapped)('no line of a run that ended as %s is wider', ([, result]) => {
    for (const detail of ['normal', 'verbose'] as const)
      expect(tooWide(consoleReporter.render([result], { ...pageOptions, columns, detail }))).toEqual([])
  })

  test('no line of a table of all of them is wider', () => {
    for (const detail of ['normal', 'verbose'] as const) {
      const text = consoleReporter.render(
        wrapped.map(([, result]) => result),
        { ...pageOptions, columns, detail, wallMs: 1_000 },
      )
      expect(tooWide(text)).toEqual([])
    }
  })
})

test('a table of several clients says whose each line is', () => {
  const of = (client: string) => ({ ...toldRun(), scenario: 'story', seed: '1', client })
  const text = consoleReporter.render([of('one'), of('two')], { ...pageOptions, wallMs: 1_000 })
  expect(text).toMatch(/scenario +client +severity/u)
  expect(text).toMatch(/FAIL +story +one .*\n(?: {6}.*\n)*.*FAIL +story +two /u)
  expect(text).toContain('2 runs in 1s, clients one, two, seed 1: 2 fail')
  expect(consoleReporter.render([of('one'), of('one')], pageOptions)).not.toMatch(/scenario +client/u)
})
