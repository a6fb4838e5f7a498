// What clients, scenarios and services write can never break a report or hide in it.

import * as fc from 'fast-check'
import { XMLParser, XMLValidator } from 'fast-xml-parser'
import { expect, test } from 'vitest'
import type { Verdict } from '#oracle/verdict.ts'
import { failureOf, hostileText, runsOf } from '../../test/foreign.ts'
import { judgedWith, passing, results } from '../../test/golden/report/results.ts'
import { reporters } from './catalog.ts'
import { annotationsReporter } from './ci/annotations.ts'
import { sarifReporter } from './ci/sarif.ts'
import { tapReporter } from './ci/tap.ts'
import { withoutCommands } from './ci/workflow.ts'
import { consoleReporter } from './console.ts'
import { jsonReporter } from './json.ts'
import { junitReporter } from './junit.ts'
import { summaryReporter } from './markdown/summary.ts'
import { micromark } from 'micromark'
import { gfm, gfmHtml } from 'micromark-extension-gfm'
import { Parser } from 'tap-parser'
import { oneLine, presentable } from '#context/foreign-text.ts'
import { ReportSchema, reportJsonSchema } from './report-schema.ts'
import type { ReportOptions } from './reporter.ts'

const options: ReportOptions = {
  reproduce: ({ seed }) => `npx brownout run x --seed ${seed}`,
  history: () => 'reports/history.ndjson',
  record: () => null,
  color: false,
  unicode: true,
  columns: 106,
  detail: 'normal',
}

const parser = new XMLParser({
  ignoreAttributes: false,
  attributeNamePrefix: '',
  trimValues: false,
  parseTagValue: false,
  parseAttributeValue: false,
  processEntities: { maxTotalExpansions: Infinity, maxExpandedLength: Infinity },
  isArray: (name) => ['testsuite', 'testcase', 'property'].includes(name),
})

test('junit.xml is well formed whatever the texts are, and says what they say', () => {
  fc.assert(
    fc.property(hostileText, (text) => {
      const xml = junitReporter.render(runsOf(text), options)
      expect(XMLValidator.validate(xml)).toBe(true)
      const [suite] = parser.parse(xml).testsuites.testsuite
      expect(suite.name).toBe(oneLine(`s ${text}`))
      const { failure: told } = suite.testcase.at(-2)
      expect(told.message).toBe(oneLine(presentable(text)))
      expect(told['#text'].startsWith(`${presentable(text)} The worst of 2 such cases.\n`)).toBe(true)
    }),
    { numRuns: 300 },
  )
})

/** C0 except the newline, DEL, C1, bidirectional controls. */
// oxlint-disable-next-line no-control-regex -- what may never reach a reader
const control = /[\u0000-\u0009\u000B-\u001F\u007F-\u009F\u061C\u200B-\u200F\u202A-\u202E\u2066-\u2069]/u

test('the summary is text and tables whatever the texts are: no link, no image, no HTML, and at most sixty lines', () => {
  const shapes = /<(?!\/?(?:p|h2|strong|em|code|ul|li|table|thead|tbody|tr|th|td)>)[^>]*>/u
  fc.assert(
    fc.property(hostileText, (text) => {
      const all = runsOf(text)
      for (const some of [all, ...all.map((one) => [one])]) {
        const markdown = summaryReporter.render(some, { ...options, complaints: [text] })
        const html = micromark(markdown, { extensions: [gfm()], htmlExtensions: [gfmHtml()] })
        expect(shapes.exec(html)?.[0]).toBeUndefined()
        expect(markdown.split('\n').length).toBeLessThanOrEqual(61)
        expect(markdown).not.toMatch(control)
      }
    }),
    { numRuns: 150 },
  )
})

test('a row of the summary has its cells whatever the texts are', () => {
  fc.assert(
    fc.property(hostileText, (text) => {
      const all = runsOf(text)
      const html = micromark(summaryReporter.render(all, options), { extensions: [gfm()], htmlExtensions: [gfmHtml()] })
      const [head = '', ...rows] = html.split('<tr>').slice(1)
      expect(rows).toHaveLength(all.length)
      for (const line of rows) expect(line.match(/<td>/gu)?.length).toBe(head.match(/<th>/gu)?.length)
    }),
    { numRuns: 150 },
  )
})

test('an annotation is one command whatever the texts are, and says what they say', () => {
  const form = /^::(?:error|warning|notice) (?:file=a%2Cb%3A,line=3,col=7,)?title=[^:,]*::[^\n]*$/u
  const source = () => ({ file: 'a,b:', line: 3, column: 7 })
  fc.assert(
    fc.property(hostileText, (text) => {
      const printed = annotationsReporter.render(runsOf(text), { ...options, source, complaints: [text] })
      const lines = printed.trimEnd().split('\n')
      for (const line of lines) expect(line).toMatch(form)
      expect(printed).not.toMatch(control)
      expect(lines.length).toBeLessThanOrEqual(10)
    }),
    { numRuns: 150 },
  )
})

test('what is printed in a workflow is no command of it', () => {
  fc.assert(
    fc.property(hostileText, (text) => {
      const shown = withoutCommands(consoleReporter.render(runsOf(text), options))
      expect(shown).not.toMatch(/^\s*::|##\[/mu)
    }),
    { numRuns: 150 },
  )
})

test('TAP has its points whatever the texts are', () => {
  fc.assert(
    fc.property(hostileText, (text) => {
      const printed = tapReporter.render(runsOf(text), { ...options, complaints: [text] })
      expect(printed).not.toMatch(control)
      const told = tapResults(printed)
      expect(told.failures.filter(({ tapError }) => tapError)).toEqual([])
      expect({ ...told }).toMatchObject({ count: 6, pass: 1, fail: 5, skip: 1, bailout: false })
    }),
    { numRuns: 100 },
  )
})

function tapResults(text: string) {
  const tap = new Parser({ strict: true })
  tap.end(text)
  if (!tap.results) throw new Error('There is no end.')
  return tap.results
}

test('code scanning gets messages without links and placeholders', () => {
  fc.assert(
    fc.property(hostileText, (text) => {
      const log = JSON.parse(sarifReporter.render(runsOf(text), options))
      const { results: failures, invocations } = log.runs[0]
      const notes = [...invocations[0].toolConfigurationNotifications, ...invocations[0].toolExecutionNotifications]
      for (const { message } of [...failures, ...notes]) {
        expect(message.text).not.toMatch(/\]\(|\{\d+\}/u)
        expect(message.text).not.toMatch(control)
      }
      expect([failures.length, notes.length]).toEqual([2, 3])
    }),
    { numRuns: 100 },
  )
})

test('a text of ten megabytes is cut where a consumer has a limit', () => {
  const sentence = '<b>|`#::'.repeat(1_250_000)
  const huge = [judgedWith({ outcome: 'fail', verdicts: [{ ...failureOf('a rule'), sentence } as Verdict] })]
  expect(summaryReporter.render(huge, options).length).toBeLessThan(5_000)
  expect(annotationsReporter.render(huge, options).length).toBeLessThan(5_000)
})

test.for([
  { name: 'normal', detail: 'normal', unicode: true },
  { name: 'verbose', detail: 'verbose', unicode: true },
  { name: 'quiet', detail: 'quiet', unicode: true },
  { name: 'ascii', detail: 'normal', unicode: false },
] as const)('the terminal ($name) gets no control character of somebody else', ({ detail, unicode }) => {
  fc.assert(
    fc.property(hostileText, (text) => {
      const shown = consoleReporter.render(runsOf(text), { ...options, detail, unicode })
      // oxlint-disable-next-line no-control-regex -- what may never reach a terminal
      expect(shown).not.toMatch(/[\u0000-\u0009\u000B-\u001F\u007F-\u009F\u202A-\u202E\u2066-\u2069]/u)
      expect(unicode || /^[\n -~]*$/u.test(shown)).toBe(true)
    }),
    { numRuns: 150 },
  )
})

test('the JSON report keeps to its schema whatever the texts are', () => {
  fc.assert(
    fc.property(hostileText, (text) => {
      const report: unknown = JSON.parse(jsonReporter.render(runsOf(text), options))
      expect(ReportSchema.safeParse(report).error).toBeUndefined()
    }),
    { numRuns: 150 },
  )
})

test.for(Object.entries(results))('the JSON report of a run that ended as %s keeps to its schema', ([, result]) => {
  const report: unknown = JSON.parse(jsonReporter.render([result], options))
  expect(ReportSchema.parse(report)).toEqual(report)
})

test('numbers without end become null', () => {
  const [pass] = passing
  const verdict = { ...pass, observed: Number.POSITIVE_INFINITY, margin: Number.NEGATIVE_INFINITY } as Verdict
  const report: unknown = JSON.parse(jsonReporter.render([judgedWith({ verdicts: [verdict] })], options))
  expect(ReportSchema.parse(report).runs[0]).toMatchObject({ verdicts: [{ observed: null, margin: null }] })
})

test('the JSON Schema describes every kind of run', () => {
  const text = JSON.stringify(reportJsonSchema())
  expect(text).toContain('"https://json-schema.org/draft/2020-12/schema"')
  for (const kind of ['judged', 'rejected', 'harness-error', 'interrupted']) expect(text).toContain(`"const":"${kind}"`)
})

test('files depend on nothing but what happened: not on wall time, the machine or the terminal', () => {
  const elsewhere = { wallMs: 99_999, replayMs: 5, node: 'v99', historyPath: '/elsewhere/history.ndjson' }
  for (const reporter of reporters.filter(({ file }) => file !== null)) {
    for (const result of Object.values(results)) {
      const here = reporter.render([result], options)
      const there = reporter.render([{ ...result, environment: elsewhere }], {
        ...options,
        color: true,
        unicode: false,
        columns: 60,
        detail: 'verbose',
        history: () => null,
      })
      expect(there).toBe(here)
      expect(here).not.toMatch(/\/home|node_modules|v24/u)
    }
  }
})

test('a failure of every oracle still fits one screen', () => {
  const long = 'The client did something that takes three lines to tell, because much went wrong at once. '.repeat(3)
  const verdicts = Array.from({ length: 14 }, (_, index): Verdict => ({
    ...failureOf(long),
    oracle: `oracle-${index}`,
    about: 'it',
  }))
  const shown = consoleReporter
    .render([judgedWith({ outcome: 'fail', verdicts })], options)
    .trimEnd()
    .split('\n')
  expect(shown.length).toBeLessThanOrEqual(45)
  expect(Math.max(...shown.map((line) => line.length))).toBeLessThanOrEqual(110)
  for (let index = 0; index < 14; index += 1) expect(shown.join('\n')).toContain(`oracle-${index} `)
})
