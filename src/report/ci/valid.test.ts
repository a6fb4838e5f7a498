// The formats that other programs read, held against their own schemas and parsers.

import { readFileSync } from 'node:fs'
import { Ajv2020 } from 'ajv/dist/2020.js'
import Ajv from 'ajv-draft-04'
import addFormats from 'ajv-formats'
import * as fc from 'fast-check'
import { Parser } from 'tap-parser'
import { expect, test } from 'vitest'
import { validateXML } from 'xmllint-wasm'
import type { RunResult } from '#engine/run-result.ts'
import { hostileText, runsOf } from '../../../test/foreign.ts'
import { results } from '../../../test/golden/report/results.ts'
import { jsonReporter } from '../json.ts'
import { junitReporter } from '../junit.ts'
import type { ReportOptions } from '../reporter.ts'
import { sarifReporter } from './sarif.ts'
import { tapReporter } from './tap.ts'

const schemas = new URL('../../../test/schemas/', import.meta.url)
const textOf = (file: string) => readFileSync(new URL(file, schemas), 'utf8')

const options: ReportOptions = {
  reproduce: ({ seed }) => `npx brownout run x --seed ${seed}`,
  history: () => 'reports/history.ndjson',
  record: () => null,
  source: () => ({ file: 'scenarios/a b/ü.yaml', line: 3, column: 7 }),
  version: '1.2.3',
  complaints: ['a waiver has expired'],
  color: false,
  unicode: true,
  columns: 106,
  detail: 'normal',
}

/** Each way to end, all of them at once, none, and what somebody hostile would write. */
const cases: readonly (readonly RunResult[])[] = [
  ...Object.values(results).map((result) => [result]),
  Object.values(results),
  [],
  ...fc.sample(hostileText, { numRuns: 40, seed: 7 }).map(runsOf),
]

test('junit.xml is valid by the schema of Jenkins', { timeout: 120_000 }, async () => {
  const xml = cases.map((some, index) => ({
    fileName: `${index}.xml`,
    contents: junitReporter.render(some, options),
  }))
  const { errors, valid } = await validateXML({ xml, schema: textOf('jenkins-junit.xsd') })
  expect(errors).toEqual([])
  expect(valid).toBe(true)
})

test('each suite of it is valid by the schema of Surefire', { timeout: 120_000 }, async () => {
  const xml = cases.flatMap((some, index) =>
    Array.from(
      junitReporter.render(some, options).matchAll(/<testsuite [\s\S]*?<\/testsuite>/gu),
      ([contents], nth) => ({ fileName: `${index}-${nth}.xml`, contents }),
    ),
  )
  expect(xml.length).toBeGreaterThan(100)
  const { errors } = await validateXML({ xml, schema: textOf('surefire-test-report.xsd') })
  expect(errors).toEqual([])
})

test('the schema of Jenkins tells what is not valid', async () => {
  const broken = junitReporter.render(cases[0] ?? [], options).replace('<testsuites ', '<testsuites skipped="0" ')
  const { valid } = await validateXML({
    xml: [{ fileName: 'x', contents: broken }],
    schema: textOf('jenkins-junit.xsd'),
  })
  expect(valid).toBe(false)
})

// The package is of old, and its types say that the module itself is the class.
const ajv = new (Ajv as unknown as typeof Ajv.default)({ strict: false, allErrors: true, unicodeRegExp: false })
;(addFormats as unknown as typeof addFormats.default)(ajv as never)
const validate = ajv.compile(JSON.parse(textOf('sarif-2.1.0-rtm.5.json')))

test('report.sarif is valid by the schema of OASIS', () => {
  for (const some of cases) {
    validate(JSON.parse(sarifReporter.render(some, options)))
    expect(validate.errors ?? []).toEqual([])
  }
})

test('report.json is valid by the schema that is published', () => {
  const published = JSON.parse(readFileSync(new URL('../../../schemas/v1/report.schema.json', import.meta.url), 'utf8'))
  const ours = new Ajv2020({ strict: false, allErrors: true, validateFormats: false }).compile(published)
  const changes = () => [{ figure: 'amplification', before: '1x', now: null, is: 'worse' }] as const
  for (const some of cases) {
    ours(JSON.parse(jsonReporter.render(some, { ...options, changes })))
    expect(ours.errors ?? []).toEqual([])
  }
  expect(ours({ format: 2 })).toBe(false)
})

test('the schema of OASIS tells what is not valid', () => {
  const log = JSON.parse(sarifReporter.render(Object.values(results), options))
  log.runs[0].results[0].level = 'fatal'
  expect(validate(log)).toBe(false)
})

test('a result points at its line, at its rule, and is the same failure with another seed', () => {
  const { fail } = results
  const logOf = (seed: string) => JSON.parse(sarifReporter.render([{ ...fail, seed } as RunResult], options)).runs[0]
  const [one, other] = [logOf('1'), logOf('2')]
  const [result] = one.results
  expect(result.locations[0].physicalLocation).toEqual({
    artifactLocation: { uri: 'scenarios/a%20b/%C3%BC.yaml', uriBaseId: 'PROJECT' },
    region: { startLine: 3, startColumn: 7 },
  })
  expect(one.tool.driver.rules[result.ruleIndex].id).toBe(result.ruleId)
  expect(other.results[0].partialFingerprints).toEqual(result.partialFingerprints)
  expect(one.results[1].partialFingerprints).not.toEqual(result.partialFingerprints)
})

test.for(Object.entries(results))('TAP of a run that ended as %s is a protocol that a parser takes', ([, result]) => {
  const parser = new Parser({ strict: true })
  parser.end(tapReporter.render([result], { ...options, complaints: [] }))
  const isPass = result.kind === 'not-applicable' || (result.kind === 'judged' && result.outcome === 'pass')
  const failures = parser.results?.failures ?? []
  expect(failures.filter(({ tapError }) => tapError)).toEqual([])
  expect({ ok: parser.results?.ok, count: parser.results?.count }).toEqual({ ok: isPass, count: 1 })
})

test('TAP of a waived failure is a to-do, and of what cannot be judged a skip', () => {
  const printed = tapReporter.render([results['waived'] as RunResult, results['pass'] as RunResult], options)
  expect(printed).toMatch(/^ {4}not ok \d+ - settles-within-promise # todo waived by ada until 2026-12-31/mu)
  expect(printed).toMatch(/^ {4}ok \d+ - degraded-as-promised # skip not applicable/mu)
})
