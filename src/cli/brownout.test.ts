// Goal: whoever starts the command with an older Node is told which it takes, and a checkout goes on with the one that it brought.
// Method: a process that says it is older.

import { execFile } from 'node:child_process'
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'

const own = join(import.meta.dirname, 'brownout.js')
let room = ''
beforeEach(() => {
  room = mkdtempSync(join(tmpdir(), 'older-'))
  mkdirSync(join(room, 'cli'))
  copyFileSync(own, join(room, 'cli/brownout.js'))
  writeFileSync(join(room, 'cli/main.js'), "console.log('began')\n")
  writeFileSync(join(room, 'package.json'), '{ "type": "module" }')
})
afterEach(() => rmSync(room, { recursive: true }))

function startedBy(version: string, file: string): Promise<{ code: number; out: string; err: string }> {
  const pretend = `Object.defineProperty(process, 'versions', { value: { ...process.versions, node: '${version}' } })`
  const words = ['--import', `data:text/javascript,${encodeURIComponent(pretend)}`, file, '--version']
  return new Promise((resolve) => {
    execFile(process.execPath, words, (error, out, err) => resolve({ code: error ? Number(error.code) : 0, out, err }))
  })
}

test.for(['20.20.2', '22.17.9'])('Node %s is told which it takes, and ends with 2', async (version) => {
  const { code, out, err } = await startedBy(version, join(room, 'cli/brownout.js'))
  expect(err).toMatch(/^brownout needs Node 22\.18 or newer, and this is v\d.*\n$/u)
  expect({ code, out }).toEqual({ code: 2, out: '' })
})

test.for(['node', 'node.exe'])('an older one hands over to %s, as the package of Node is called here', async (name) => {
  mkdirSync(join(room, 'node_modules/node/bin'), { recursive: true })
  symlinkSync(process.execPath, join(room, 'node_modules/node/bin', name))
  expect((await startedBy('20.20.2', join(room, 'cli/brownout.js'))).out).toBe('began\n')
})

test('the oldest that the manifest admits is one that it begins with', async () => {
  const { engines, devEngines } = JSON.parse(readFileSync(join(import.meta.dirname, '../../package.json'), 'utf8')) as {
    readonly engines: { readonly node: string }
    readonly devEngines: { readonly runtime: unknown }
  }
  const oldest = engines.node.replace('>=', '')
  expect(oldest).toBe('22.18.0')
  expect((await startedBy(oldest, join(room, 'cli/brownout.js'))).out).toBe('began\n')
  // A checkout brings a Node of its own, and hands over to it.
  expect(devEngines.runtime).toEqual({ name: 'node', version: '>=20' })
  expect((await startedBy('20.20.2', own)).out).toMatch(/^\d+\.\d+\.\d+\n$/u)
})
