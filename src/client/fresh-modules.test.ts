// In a process of its own, because the runner of these tests compiles what it imports.

import { execFileSync } from 'node:child_process'
import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'

/** Tells after each step what loading the client's file gives. `lives` are texts of its support file; `null` leaves it alone. */
function told(lives: readonly (string | null)[]): string[] {
  const root = mkdtempSync(join(tmpdir(), 'fresh-'))
  writeFileSync(join(root, 'package.json'), '{ "type": "module" }')
  writeFileSync(
    join(root, 'client.ts'),
    `import { name } from './support.ts'
let loads: number = 0
export const tell = (): string => name + ' ' + ++loads
`,
  )
  writeFileSync(
    join(root, 'probe.mjs'),
    `import { writeFileSync } from 'node:fs'
const { forgetModules } = await import(${JSON.stringify(new URL('fresh-modules.ts', import.meta.url).href)})
for (const text of ${JSON.stringify(lives)}) {
  if (text !== null) writeFileSync(new URL('support.ts', import.meta.url), text)
  forgetModules()
  try {
    console.log((await import(new URL('client.ts', import.meta.url).href)).tell())
  } catch (error) {
    console.log(error.name, error.code ?? '')
  }
}
`,
  )
  return execFileSync(process.execPath, ['--no-warnings', join(root, 'probe.mjs')], { encoding: 'utf8' })
    .trim()
    .split('\n')
}

const named = (name: string): string => `export const name: string = '${name}'\n`

test('every life has modules of its own', () => {
  expect(told([named('one'), null, null])).toEqual(['one 1', 'one 1', 'one 1'])
})

test('a file that was changed between two lives is read again', () => {
  expect(told([named('one'), named('two'), null])).toEqual(['one 1', 'two 1', 'two 1'])
})

test('a file that cannot be read without its types is an error of Node, and mending it helps', () => {
  expect(told(['export enum name { One }\n', null, named('mended')])).toEqual([
    'SyntaxError ERR_UNSUPPORTED_TYPESCRIPT_SYNTAX',
    'SyntaxError ERR_UNSUPPORTED_TYPESCRIPT_SYNTAX',
    'mended 1',
  ])
})
