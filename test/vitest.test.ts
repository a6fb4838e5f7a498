// Goal: scenarios are ordinary tests of somebody else's project. Method: a runner of its own in a project with test files, those of our page among
// them; what it reports is compared with what is to be said.

import { mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { exampleIn } from './examples.ts'
import { said } from './installed.ts'
import { runnerConfig } from './runner-config.ts'

/** Several replays and a small campaign, on a machine that may be busy. */
const patience = 600_000
const root = join(import.meta.dirname, '..')

const desk = exampleIn('docs/vitest.md', 'desk.test.ts')
const definition = (name: string, ms: number) =>
  desk
    .slice(desk.indexOf('const client'), desk.indexOf('// A scenario of the library'))
    .replace('const client', `const ${name}`)
    .replace('support-desk', name)
    .replace('4_000', String(ms))
const head = `import { defineClient } from 'brownout'
import { fuzzTest, scenarioTest } from 'brownout/vitest'
import { describe, test, vi } from 'vitest'
`

const files: Readonly<Record<string, string>> = {
  'package.json': '{ "type": "module" }',
  'vitest.config.mjs': runnerConfig,
  'short-hang.yaml': readFileSync(join(root, 'test/scenarios/short-hang.yaml'), 'utf8'),
  'desk.test.ts': desk,
  'desk.ts': `import { defineClient } from 'brownout'\nexport ${definition('client', 4_000)}`,
  'waits.test.ts': `${head}${definition('patient', 400_000)}
scenarioTest('./short-hang.yaml', patient, { name: 'a region hangs' })
fuzzTest('./short-hang.yaml', patient, { runs: 4 })
`,
  'wrong.test.ts': `${head}${definition('desk', 4_000)}
describe.concurrent('at once', () => {
  scenarioTest('./short-hang.yaml', desk)
})
test('time stands', () => void vi.useFakeTimers())
scenarioTest('./short-hang.yaml', desk, { name: 'faked' })
test('time goes', () => void vi.useRealTimers())
scenarioTest('P1', desk, { name: 'several' })
scenarioTest('429-strom', desk)
scenarioTest('./short-hang.yaml', './nobody.ts', { name: 'nobody' })
scenarioTest('whatsapp-media-missing', desk)
if (process.env.SHOP_DESK) scenarioTest('./short-hang.yaml', desk, { name: 'elsewhere' })
scenarioTest('slow-bodies', desk, { name: 'counted' })
describe('a file of its own', () => {
  scenarioTest('./short-hang.yaml', './desk.ts', {
    name: 'checks',
    check: ({ history }) => {
      if (history.header.seed !== '1') throw new Error('It has another seed.')
      throw new Error('The check ran.')
    },
  })
})
scenarioTest.skip('./short-hang.yaml', desk, { name: 'skipped' })
`,
}

type Told = { readonly status: string; readonly failureMessages: readonly string[] }
let shop = ''
let tests: ReadonlyMap<string, Told> = new Map()

beforeAll(async () => {
  shop = mkdtempSync(join(tmpdir(), 'tests-'))
  for (const [name, text] of Object.entries(files)) writeFileSync(join(shop, name), text)
  symlinkSync(join(root, 'node_modules'), join(shop, 'node_modules'))
  const words = [join(root, 'node_modules/vitest/vitest.mjs'), 'run', '--reporter=json', '--outputFile=told.json']
  await said(shop, process.execPath, [...words, '--no-file-parallelism'], { SHOP_DESK: '1' })
  type Files = { testResults: { assertionResults: ({ title: string; fullName: string } & Told)[] }[] }
  const { testResults } = JSON.parse(readFileSync(join(shop, 'told.json'), 'utf8')) as Files
  tests = new Map(testResults.flatMap((file) => file.assertionResults.map((one) => [one.title, one])))
}, patience)
afterAll(() => rmSync(shop, { recursive: true }))

const messageOf = (title: string): string => {
  const { status, failureMessages } = tests.get(title) ?? { status: 'missing', failureMessages: [] }
  return `${status}: ${failureMessages.join('\n').split(/\n\s+at /u)[0] ?? ''}`
}

test.for(['stale-replica-reads', 'a contact that was deleted is nothing, and not an error', 'fuzz slow-bodies'])(
  'the example of the page passes: %s',
  (title) => {
    expect(messageOf(title)).toBe('passed: ')
  },
)

test('a failure is the witness of the verdict, what to change, the path of the report and how to play it again, as the page shows', () => {
  const page = readFileSync(join(root, 'docs/vitest.md'), 'utf8')
  const [, shown = ''] = /<!-- message: waits\.test\.ts -->\n\n((?: {4}.*\n|\n)+?)\n(?=\S)/u.exec(page) ?? []
  const message = messageOf('a region hangs').replace('failed: Brownout: ', '')
  const lines = message.split('\n').map((line) => (line === '' ? '' : `    ${line}`))
  expect(`${lines.join('\n')}\n`).toBe(shown)
  const [, report = ''] = /^report {2}(.+)$/mu.exec(message) ?? []
  expect(readFileSync(join(shop, report), 'utf8')).toContain('settles-within-promise')
})

test('a campaign fails with what it found, in a file that is a scenario', () => {
  const message = messageOf('fuzz ./short-hang.yaml')
  expect(message).toMatch(
    /^failed: Brownout: .*trouble was found that breaks it\.\n\n {2}settles-within-promise: Operation \d+/u,
  )
  const [kept = ''] = /fixtures\/regressions\/settles-within-promise-\w+\.yaml/u.exec(message) ?? []
  expect(readFileSync(join(shop, kept), 'utf8')).toMatch(/client: waits\.test\.ts/u)
})

test('what a campaign has kept is played first the next time', { timeout: patience }, async () => {
  const words = [join(root, 'node_modules/vitest/vitest.mjs'), 'run', 'waits', '-t', 'fuzz']
  const { code, out, err } = await said(shop, process.execPath, words)
  expect(code).toBe(1)
  expect(out + err).toMatch(/trouble that is known breaks it again\.\s+settles-within-promise: Operation \d+/u)
  expect(out + err).toMatch(/fixtures\/regressions\/settles-within-promise-\w+\.yaml/u)
})

test.for<[string, RegExp]>([
  ['./short-hang.yaml', /^failed: Brownout: .* is a concurrent test, .*\nTake it out of describe\.concurrent/u],
  ['faked', /^failed: Brownout: "faked" begins with fake timers on, .*\nCall vi\.useRealTimers/u],
  ['several', /^failed: Brownout: "P1" is \d+ scenarios, and a test plays one\.\nGive each its test/u],
  ['429-strom', /^failed: Brownout: there is no scenario "429-strom"\nDid you mean `429-storm`/u],
  ['nobody', /^failed: Brownout: There is no client file/u],
  [
    'whatsapp-media-missing',
    /^failed: Brownout: whatsapp-media-missing with wrong\.test\.ts, seed 1: whatsapp-media-missing: The client "desk" offers none of the operations/u,
  ],
  [
    'counted',
    /^failed: Brownout: slow-bodies with wrong\.test\.ts, seed 1: Test 8 of wrong\.test\.ts is slow-bodies with desk, and where the client runs it is \.\/short-hang\.yaml with \.\/desk\.ts\.\nA test file is loaded once more/u,
  ],
  ['checks', /^failed: Error: The check ran\.$/u],
])('%s is told in words', ([title, says]) => {
  expect(messageOf(title)).toMatch(says)
})

test('what fails shows the line of the test, and what is skipped is not played', () => {
  expect(tests.get('a region hangs')?.failureMessages.join('\n')).toMatch(/\n\s+at .*waits\.test\.ts:\d+:\d+/u)
  expect(tests.get('skipped')?.status).toMatch(/skipped|pending/u)
})
