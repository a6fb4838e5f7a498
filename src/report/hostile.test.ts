// What clients, scenarios and services write can never break a report or hide in it.

import * as fc from 'fast-check'
import { XMLParser, XMLValidator } from 'fast-xml-parser'
import { expect, test } from 'vitest'
import { UserError } from '#context/user-error.ts'
import type { RunResult } from '#engine/run-result.ts'
import type { Verdict } from '#oracle/verdict.ts'
import { judgedWith, passing, results } from '../../test/golden/report/results.ts'
import { consoleReporter } from './console.ts'
import { jsonReporter } from './json.ts'
import { junitReporter } from './junit.ts'
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

const hostile = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.string({
    unit: fc.constantFrom(
      '<',
      '>',
      '&',
      ']]>',
      '<!--',
      '"',
      "'",
      '&#0;',
      '&amp;',
      '&copy;',
      '&amp;',
      '&copy;',
      '\u001B[2J',
      '\u0000',
      '\u009B',
      '\u202E',
      '\uD800',
      '\n',
      '\r',
      ' ',
      'é',
      '😀',
    ),
  }),
)

function failure(text: string): Verdict {
  const [pass] = passing
  if (pass?.verdict !== 'pass') throw new Error('The sample changed.')
  return { ...pass, verdict: 'fail', oracle: `named ${text}`, hint: text, sentence: text, witness: [1], violations: 2 }
}

function runs(text: string): RunResult[] {
  return [
    judgedWith({ outcome: 'fail', because: text, verdicts: [...passing, failure(text)], notOffered: [text] }),
    judgedWith({
      outcome: 'inconclusive',
      because: text,
      verdicts: [
        {
          oracle: 'a',
          family: 'safety',
          required: true,
          hint: text,
          verdict: 'inconclusive',
          armed: 0,
          reason: 'not-armed',
          detail: text,
        },
        { oracle: 'b', family: 'safety', required: false, hint: text, verdict: 'not-applicable', needs: text },
        { oracle: 'c', family: 'safety', required: false, hint: text, verdict: 'error', message: text },
      ],
    }),
    { ...judgedWith({}), kind: 'rejected', problem: new UserError(text, { hint: text, excerpt: text }) } as RunResult,
    { ...judgedWith({}), kind: 'harness-error', message: text } as RunResult,
  ].map((result) => ({ ...result, scenario: `s ${text}`, client: text, seed: text }) as RunResult)
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
    fc.property(hostile, (text) => {
      const xml = junitReporter.render(runs(text), options)
      expect(XMLValidator.validate(xml)).toBe(true)
      const [suite] = parser.parse(xml).testsuites.testsuite
      expect(suite.name).toBe(oneLine(`s ${text}`))
      const { failure: told } = suite.testcase.at(-1)
      expect(told.message).toBe(oneLine(presentable(text)))
      expect(told['#text'].startsWith(`${presentable(text)} The worst of 2 such cases.\n`)).toBe(true)
    }),
    { numRuns: 300 },
  )
})

test.for([
  { name: 'normal', detail: 'normal', unicode: true },
  { name: 'verbose', detail: 'verbose', unicode: true },
  { name: 'quiet', detail: 'quiet', unicode: true },
  { name: 'ascii', detail: 'normal', unicode: false },
] as const)('the terminal ($name) gets no control character of somebody else', ({ detail, unicode }) => {
  fc.assert(
    fc.property(hostile, (text) => {
      const shown = consoleReporter.render(runs(text), { ...options, detail, unicode })
      // oxlint-disable-next-line no-control-regex -- what may never reach a terminal
      expect(shown).not.toMatch(/[\u0000-\u0009\u000B-\u001F\u007F-\u009F\u202A-\u202E\u2066-\u2069]/u)
      expect(unicode || /^[\n -~]*$/u.test(shown)).toBe(true)
    }),
    { numRuns: 150 },
  )
})

test('the JSON report keeps to its schema whatever the texts are', () => {
  fc.assert(
    fc.property(hostile, (text) => {
      const report: unknown = JSON.parse(jsonReporter.render(runs(text), options))
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
  for (const reporter of [jsonReporter, junitReporter]) {
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
  const verdicts = Array.from({ length: 14 }, (_, index) => ({ ...failure(long), oracle: `oracle-${index}` }))
  const shown = consoleReporter
    .render([judgedWith({ outcome: 'fail', verdicts })], options)
    .trimEnd()
    .split('\n')
  expect(shown.length).toBeLessThanOrEqual(45)
  expect(Math.max(...shown.map((line) => line.length))).toBeLessThanOrEqual(110)
  for (let index = 0; index < 14; index += 1) expect(shown.join('\n')).toContain(`oracle-${index} `)
})
