// Goal: who follows docs/writing-a-scenario.md has a scenario that works, and hears of mistakes while writing. Method: the example as it
// stands there, in a directory of its own; a watcher that is a real process.

import { spawn, type ChildProcess } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { exampleIn } from './examples.ts'

const patience = 120_000
const root = join(import.meta.dirname, '..')
const main = join(root, 'src/cli/brownout.js')
const text = exampleIn('docs/writing-a-scenario.md', 'checkout-outage.yaml')

let shop = ''
let child: ChildProcess | undefined

beforeEach(() => {
  shop = mkdtempSync(join(tmpdir(), 'shop-'))
  mkdirSync(join(shop, 'scenarios'))
  writeFileSync(join(shop, 'scenarios/checkout-outage.yaml'), text)
  writeFileSync(join(shop, 'desk.ts'), exampleIn('README.md', 'my-client.ts'))
})

afterEach(() => {
  child?.kill('SIGKILL')
  rmSync(shop, { recursive: true, force: true })
})

function start(words: readonly string[]): { readonly ended: Promise<number>; told(): string } {
  let said = ''
  const process_ = spawn(process.execPath, [main, ...words], { cwd: shop, env: { ...process.env, NO_COLOR: '1' } })
  for (const stream of [process_.stdout, process_.stderr]) stream.on('data', (chunk: Buffer) => (said += String(chunk)))
  child = process_
  return { ended: new Promise((resolve) => process_.on('exit', (code) => resolve(code ?? -1))), told: () => said }
}

test.for([
  ['validate checkout-outage', 0, /checkout-outage\.yaml: valid/u],
  ['explain checkout-outage', 0, /503[^]*recovery/u],
  ['run checkout-outage --client resilient', 0, /PASS/u],
  ['run checkout-outage --client ./desk.ts', 0, /PASS/u],
  ['run checkout-outage --client sdk', 1, /FAIL/u],
] as const)('`brownout %s` ends with %i', { timeout: patience }, async ([words, wanted, says]) => {
  const { ended, told } = start(words.split(' '))
  expect({ code: await ended, told: told() }).toEqual({ code: wanted, told: expect.stringMatching(says) })
})

test('a mistake in what the module of a service imports is told when it is saved', { timeout: patience }, async () => {
  const parcels = join(root, 'fixtures/services/parcels')
  const service = readFileSync(join(parcels, 'parcels.service.ts'), 'utf8')
  const files = {
    'scenarios/parcels-down.yaml': readFileSync(join(parcels, 'parcels-down.yaml'), 'utf8').replace(
      './parcels.service.ts',
      '../api/parcels.service.ts',
    ),
    'api/parcels.service.ts': `import { base } from '../parts/base.ts'\n${service.replace("base: '/v1'", 'base')}`,
    'parts/base.ts': "export const base = '/v1'\n",
  }
  for (const [name, written] of Object.entries(files)) {
    mkdirSync(dirname(join(shop, name)), { recursive: true })
    writeFileSync(join(shop, name), written)
  }
  const { told } = start(['validate', 'parcels-down', '--watch'])
  const until = { timeout: 60_000, interval: 50 }
  await expect.poll(told, until).toMatch(/: valid[^]*Watching/u)
  writeFileSync(join(shop, 'parts/base.ts'), "export const base = 'v1'\n")
  await expect.poll(told, until).toMatch(/must be the beginning of a path, such as \/v1/u)
  writeFileSync(join(shop, 'parts/base.ts'), "export const base = '/v1'\n")
  await expect.poll(() => told().match(/: valid/gu)?.length, until).toBe(2)
})

test('a mistake is told when the file is saved, and so is its end', { timeout: patience }, async () => {
  const { ended, told } = start(['validate', 'checkout-outage', '--watch'])
  const file = join(shop, 'scenarios/checkout-outage.yaml')
  const until = { timeout: 60_000, interval: 50 }
  await expect.poll(told, until).toContain('Watching')
  writeFileSync(file, text.replace('kind: latency', 'kind: latenzy'))
  await expect.poll(told, until).toMatch(/checkout-outage\.yaml:\d+:\d+: .*latenzy[^]*latency/u)
  rmSync(join(shop, 'scenarios'), { recursive: true })
  await expect.poll(told, until).toMatch(/no scenario "checkout-outage"/u)
  mkdirSync(join(shop, 'scenarios'))
  writeFileSync(file, text)
  await expect.poll(() => told().match(/: valid/gu)?.length, until).toBe(2)
  child?.kill('SIGINT')
  expect(await ended).toBe(0)
})
