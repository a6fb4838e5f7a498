// Goal: the exit code says whether the driver keeps to the protocol, and the screen says what to do.

import { execFile } from 'node:child_process'
import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'

const main = join(import.meta.dirname, 'main.ts')
const example = join(import.meta.dirname, '../../fixtures/drivers/javascript/desk.client.yaml')

function check(...words: readonly string[]): Promise<{ readonly code: number; readonly output: string }> {
  return new Promise((resolve) => {
    execFile(process.execPath, [main, 'driver', 'check', ...words], (error, stdout, stderr) =>
      resolve({ code: error ? Number(error.code) : 0, output: stdout + stderr }),
    )
  })
}

function fileOf(text: string): string {
  const file = join(mkdtempSync(join(tmpdir(), 'driver-check-')), 'desk.client.yaml')
  writeFileSync(file, text)
  return file
}

/** Says hello and nothing more. */
const curt = `require('readline').createInterface({ input: process.stdin }).on('line', (line) => {
  const q = JSON.parse(line)
  const hello = { protocol: 1, name: 'curt', promises: {} }
  console.log(JSON.stringify(q.do === 'hello' ? { id: q.id, value: hello } : { id: q.id, error: { name: 'KeyError', message: q.do } }))
})`

test('a driver that keeps to the protocol ends with 0, as text and as JSON', async () => {
  const text = await check(example)
  expect(text.output).toMatch(/^ok {3}it says hello and creates its client: javascript-desk, 8 operations$/mu)
  expect(text).toMatchObject({ code: 0, output: expect.stringContaining('keeps to the protocol.') })
  const { code, output } = await check(example, '--output', 'json')
  expect(code).toBe(0)
  expect(JSON.parse(output)).toMatchObject({
    checks: expect.arrayContaining([expect.objectContaining({ verdict: 'pass' })]),
  })
})

test('one that does not ends with 1, and says what to do', async () => {
  const { code, output } = await check(
    fileOf(`command: [${JSON.stringify(process.execPath)}, -e, ${JSON.stringify(curt)}]`),
  )
  expect(output).toMatch(/^FAIL it says hello and creates its client: KeyError: create\n {5}→ Answer create with/u)
  expect(output).toContain('1 of 1 checks failed')
  expect(code).toBe(1)
})

test.for<[string, () => string, string]>([
  ['that is not there', () => './no.client.yaml', 'There is no client file "./no.client.yaml"'],
  ['that is a module', () => 'sdk', 'is a module, which needs no driver'],
  ['with a mistake', () => fileOf('comand: [node]'), 'Did you mean `command`?'],
  [
    'with a program that there is not',
    () => fileOf('command: [no-such-program]'),
    'there is no program "no-such-program"',
  ],
])('a client %s is the mistake of the user', async ([, client, says]) => {
  const { code, output } = await check(client())
  expect(output).toContain(says)
  expect(code).toBe(2)
})
