import { describe, expect, test } from 'vitest'
import type { RunResult } from '#engine/run-result.ts'
import { results } from '../../test/golden/report/results.ts'
import { reporters } from './catalog.ts'
import { reportFiles } from './files.ts'
import type { ReportOptions } from './reporter.ts'

const options: ReportOptions = {
  reproduce: ({ scenario, client, seed }) => `npm run chaos -- ${scenario} --client ${client} --seed ${seed}`,
  history: () => 'reports/history.ndjson',
  record: (oracle) => (oracle === 'amplification' ? { planted: 4, caught: 4, soundRuns: 312, falseAlarms: 0 } : null),
  color: false,
  unicode: true,
  columns: 106,
  detail: 'normal',
  source: ({ scenario }) => ({ file: `scenarios/${scenario}.yaml`, line: 12, column: 3 }),
  version: '0.0.0',
}

const extensions: Record<string, string> = {
  console: 'txt',
  json: 'json',
  junit: 'xml',
  sarif: 'sarif',
  summary: 'summary.md',
  tap: 'tap',
  annotations: 'annotations.txt',
}

describe.for(reporters)('$name', (reporter) => {
  test.for(Object.entries(results))('shows a run that ended as %s', async ([name, result]) => {
    const file = `../../test/golden/report/${name}.${extensions[reporter.name]}`
    await expect(reporter.render([result], options)).toMatchFileSnapshot(file)
  })

  test('shows several runs', async () => {
    const file = `../../test/golden/report/several.${extensions[reporter.name]}`
    const chosen = ['pass', 'fail', 'rejected'].flatMap((name) => results[name] ?? [])
    await expect(reporter.render(chosen, options)).toMatchFileSnapshot(file)
  })
})

test.for(['console', 'summary'])('%s says how a run differs from its baseline', async (name) => {
  const changes = () => [
    { figure: 'amplification', before: '1x', now: '2.79x', is: 'worse' } as const,
    { figure: 'recovered', before: '1m', now: '45.3s', is: 'better' } as const,
  ]
  const reporter = reporters.find((one) => one.name === name)
  const text = reporter?.render(results['fail'] ? [results['fail']] : [], { ...options, changes })
  await expect(text).toMatchFileSnapshot(`../../test/golden/report/against.${extensions[name]}`)
})

test('the files of reports are those that are cleared away before a run', () => {
  expect(reporters.flatMap(({ file }) => file ?? [])).toEqual(reportFiles)
})

test.for([
  { name: 'quiet', changes: { detail: 'quiet' } },
  { name: 'verbose', changes: { detail: 'verbose' } },
  { name: 'ascii', changes: { unicode: false } },
  { name: 'color', changes: { color: true } },
] as const)('the console shows a failure $name', async ({ name, changes }) => {
  const console = reporters.find((reporter) => reporter.name === 'console')
  const text = console?.render(results['fail'] ? [results['fail']] : [], { ...options, ...changes })
  await expect(text).toMatchFileSnapshot(`../../test/golden/report/fail-${name}.txt`)
})

test.for<[string, string]>([
  ['pass', 'Passes in 5 of 5 seeds.'],
  ['fail', 'Fails in 2 of 5 seeds.'],
  ['inconclusive', 'Inconclusive in 1 of 5 seeds.'],
])('in how many seeds a run ended in %s is said on every screen', ([outcome, says]) => {
  const count = Number(/\d/u.exec(says)?.[0])
  const agreement = { seeds: ['1', '2', '3', '4', '5'], failedIn: {}, outcomes: { [outcome]: count } }
  const [one, other] = [results[outcome], results['pass']]
  const console = reporters.find(({ name }) => name === 'console')
  if (!one || !other || !console) throw new Error('There is no such result.')
  const told = { ...one, agreement } as RunResult
  for (const detail of ['normal', 'quiet', 'verbose'] as const) {
    expect(console.render([told], { ...options, detail })).toContain(says)
    expect(console.render([told, other], { ...options, detail, columns: 200 }).match(/ of 5 seeds/gu)).not.toBeNull()
  }
})

test.for([6, 7])('of %i failures the advice is shown before what speaks for them', (count) => {
  const { fail } = results
  const failure = fail?.kind === 'judged' && fail.verdicts.find(({ verdict }) => verdict === 'fail')
  const console = reporters.find(({ name }) => name === 'console')
  if (!fail || !failure || !console) throw new Error('There is no such result.')
  const record = () => ({ planted: 4, caught: 4, soundRuns: 312, falseAlarms: 0 })
  const told = { ...fail, verdicts: Array<typeof failure>(count).fill(failure) } as RunResult
  const text = console.render([told], { ...options, record })
  const [advice, proofs] = [/→ Give every call/gu, /this rule has/gu].map((word) => text.match(word)?.length ?? 0)
  expect(advice).toBe(count)
  expect(proofs).toBeLessThan(count)
  expect(text).toContain('(cut to one screen')
})

test.for(['sometimes-happens', 'always-holds'])('what %s never saw is on the screen by name', (oracle) => {
  const [pass, detail] = [results['pass'], 'Never seen in this run: "a stale copy is shown".']
  if (pass?.kind !== 'judged') throw new Error('It is judged.')
  const unseen = { oracle, family: 'liveness', required: false, hint: '', verdict: 'inconclusive', armed: 0 } as const
  const told = { ...pass, verdicts: [...pass.verdicts, { ...unseen, reason: 'not-armed', detail } as const] }
  const console = reporters.find(({ name }) => name === 'console')
  expect(console?.render([told], options)).toContain(`  ? ${oracle}  ${detail}\n`)
})

test.for<[number, string]>([
  [4, '(this rule has caught 4 of 4 planted bugs, no false alarm in 312 runs of sound clients)'],
  [0, '(this rule has had no false alarm in 312 runs of sound clients)'],
])('a rule with %i planted bugs says what it has done in a sentence', ([planted, says]) => {
  const console = reporters.find(({ name }) => name === 'console')
  const record = () => ({ planted, caught: planted, soundRuns: 312, falseAlarms: 0 })
  const shown = results['crashed'] ? [results['crashed']] : []
  expect(console?.render(shown, { ...options, record, detail: 'verbose' })).toContain(says)
})
