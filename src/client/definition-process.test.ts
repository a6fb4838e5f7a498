// Goal: whatever a module that defines a service does, whoever reads it gets its data or a sentence, and is the same as before. Method:
// modules on a disk, each read in a process of its own.

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { isUserError } from '#context/user-error.ts'
import { readDefinitionModule } from './definition-process.ts'
import { pathOfCode } from './plain-data.ts'

const folder = mkdtempSync(join(tmpdir(), 'services-'))
afterAll(() => rmSync(folder, { recursive: true }))

function read(name: string, text: string): unknown {
  const file = join(folder, name)
  writeFileSync(file, text)
  try {
    return readDefinitionModule(file, name)
  } catch (error) {
    if (isUserError(error)) return String(error)
    throw error
  }
}

test.for<[string, string, string]>([
  ['a module', 'a.service.mjs', 'export default { name: "parcels" }'],
  [
    'TypeScript that imports us, and what Node alone does not strip',
    'b.service.ts',
    "import { defineService } from 'brownout'\nenum Name { parcels = 'parcels' }\nexport default defineService({ name: Name.parcels } as never)",
  ],
  ['CommonJS', 'c.service.cjs', 'module.exports = { name: "parcels" }'],
  ['one that prints', 'd.service.mjs', 'console.log("{}"); console.error("x"); export default { name: "parcels" }'],
  ['one that changes the language', 'e.service.mjs', 'Array.prototype.map = 1; export default { name: "parcels" }'],
])('%s is data', ([, name, text]) => {
  expect(read(name, text)).toEqual({ name: 'parcels' })
  expect([1].map(String)).toEqual(['1'])
})

test.for<[string, string, RegExp]>([
  ['exports nothing', '', /The service n\.service\.mjs exports nothing; it must export the service as its default/u],
  ['exports other names', 'export const parcels = {}', /exports only parcels;/u],
  [
    'throws',
    '\nthrow new Error("no such host")',
    /n\.service\.mjs:2:\d+: The service n\.service\.mjs could not be loaded: no such host/u,
  ],
  ['is no JavaScript', 'export default {', /could not be loaded/u],
  ['ends the process', 'process.exit(0)', /could not be loaded: it ended the process/u],
  ['is killed', 'process.kill(process.pid, "SIGKILL")', /could not be loaded: it ended the process/u],
  ['exports code', 'export default { hosts: [{ host: () => 1 }] }', /is no data: hosts\.0\.host is a function/u],
  ['exports a promise', 'export default Promise.resolve({})', /is no data: it is an object of a class/u],
])('one that %s is told so', ([, text, told]) => {
  expect(read('n.service.mjs', text)).toMatch(told)
})

test.for<[string, unknown, string | undefined]>([
  ['what JSON holds', { a: [1, 'b', null, true, { c: undefined }] }, undefined],
  ['a number that is none', { a: Number.NaN }, 'a is NaN'],
  ['a date', { a: [new Date(0)] }, 'a.0 is an object of a class'],
  ['a bigint', 1n, 'it is a bigint'],
])('%s', ([, value, told]) => {
  expect(pathOfCode(value)).toBe(told)
})

test('what holds itself is nested too deep', () => {
  const circle: Record<string, unknown> = {}
  circle['own'] = circle
  expect(pathOfCode(circle)).toMatch(/is nested too deep$/u)
})
