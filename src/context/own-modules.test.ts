// Goal: where the modules of this package are is what Node itself finds. Method: a process that imports all of a run and writes down what
// was found, and one that asks Node where it would have been.

import { execFileSync } from 'node:child_process'
import { expect, test } from 'vitest'
import { ownModule } from './own-files.ts'

const address = (name: string) => JSON.stringify(ownModule(name).href)

const importing = `
  import { registerHooks } from 'node:module'
  const { findOwnModulesQuickly } = await import(${address('context/own-modules')})
  findOwnModulesQuickly()
  const found = []
  registerHooks({
    resolve(specifier, context, nextResolve) {
      const { url, ...more } = nextResolve(specifier, context)
      if (context.parentURL?.includes('/src/')) found.push([specifier, context.parentURL, url])
      return { url, ...more }
    },
  })
  await import(${address('cli/run-command')})
  console.log(JSON.stringify(found))
`
const asking = `
  const found = JSON.parse(require('node:fs').readFileSync(0, 'utf8'))
  import('data:text/javascript,export default (...all) => import.meta.resolve(...all)').then(({ default: resolve }) =>
    console.log(JSON.stringify(found.map(([specifier, parent]) => [specifier, parent, resolve(specifier, parent)]))))
`

function run(flags: readonly string[], input = ''): readonly unknown[] {
  const text = execFileSync(process.execPath, ['--no-warnings', ...flags], { encoding: 'utf8', input, maxBuffer: 1e8 })
  return JSON.parse(text) as readonly unknown[]
}

test('each module of a run is found where Node finds it', { timeout: 120_000 }, () => {
  const found = run(['--input-type=module', '--eval', importing])
  expect(found.length).toBeGreaterThan(500)
  expect(run(['--experimental-import-meta-resolve', '--eval', asking], JSON.stringify(found))).toEqual(found)
})
