import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { quoteWord } from '#context/shell-word.ts'
import { reproduceCommand, startFrom } from './reproduce.ts'

const run = { scenario: 'au-regional-timeout', client: 'sdk', seed: '1', profile: 'default', dropHosts: [] } as const

const [npm, npx] = ['npm run chaos --', 'npx brownout']

test.for([
  { changes: {}, start: npm, says: 'npm run chaos -- au-regional-timeout --client sdk --seed 1' },
  { changes: {}, start: npx, says: 'npx brownout run au-regional-timeout --client sdk --seed 1' },
  {
    changes: { client: './my desk.ts', seed: "it's", profile: 'strict', dropHosts: ['sentry.io', 'x.test'] },
    start: npx,
    says: String.raw`npx brownout run au-regional-timeout --client './my desk.ts' --seed 'it'\''s' --profile strict --drop-host sentry.io --drop-host x.test`,
  },
  { changes: { seed: '-1' }, start: npm, says: 'npm run chaos -- au-regional-timeout --client sdk --seed=-1' },
] as const)('says $says', ({ changes, start, says }) => {
  expect(reproduceCommand({ ...run, ...changes }, start)).toBe(says)
})

const root = fileURLToPath(new URL('../..', import.meta.url))
const entry = join(root, 'src/cli/brownout.js')

/** A directory two below one in which these files lie. */
function shopWith(files: readonly string[]): string {
  const shop = mkdtempSync(join(tmpdir(), 'reproduce-'))
  for (const file of files) {
    mkdirSync(join(shop, file, '..'), { recursive: true })
    writeFileSync(join(shop, file), '{}')
  }
  mkdirSync(join(shop, 'packages/desk'), { recursive: true })
  return join(shop, 'packages/desk')
}

test.for<[string, readonly string[]]>([
  ['as a package', ['node_modules/brownout/package.json']],
  ['as a command', ['node_modules/.bin/brownout']],
])('what is installed above (%s) is started by npx', ([, files]) => {
  expect(startFrom(shopWith(files))).toEqual({ here: npx, anywhere: npx })
})

test('in its own checkout it is started by npm', () => {
  expect(startFrom(root)).toEqual({ here: npm, anywhere: npm })
})

test('elsewhere it is started by its file, which reports do not tell', () => {
  const { here, anywhere } = startFrom(shopWith(['node_modules/other/package.json']))
  expect(here).toBe(`node ${entry}`)
  expect(anywhere).toBe('node <brownout>/src/cli/brownout.js')
  expect(startFrom(join(root, 'scenarios/drills')).here).toBe('node ../../src/cli/brownout.js')
})

test('the command on the screen does what it says', async () => {
  const cwd = shopWith([])
  const [program = '', ...words] = startFrom(cwd).here.split(' ')
  expect(program).toBe('node')
  expect(
    execFileSync(process.execPath, [...words, 'validate', 'au-regional-timeout'], { cwd, encoding: 'utf8' }),
  ).toContain('valid')
})

test('a shell reads a quoted word as it was', () => {
  const words = fc.array(fc.string({ unit: fc.constantFrom("'", '"', '$', '`', '\\', ' ', '*', '!', ';', 'a', 'é') }))
  fc.assert(
    fc.property(words, (list) => {
      const script = `printf '%s\\n' "$#" ${list.map(quoteWord).join(' ')}`
      const told = execFileSync('sh', ['-c', script.replace('"$#"', `${list.length}`)], { encoding: 'utf8' })
      expect(told).toBe([String(list.length), ...list].map((line) => `${line}\n`).join(''))
    }),
    { numRuns: 30 },
  )
})
