import { execFileSync } from 'node:child_process'
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { isUserError } from './user-error.ts'
import { appendWhole, unwritable, writeWhole } from './whole-file.ts'

let directory = ''
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'brownout-whole-'))
})
afterEach(() => rmSync(directory, { recursive: true }))

const failureOf = (work: () => void): unknown => {
  try {
    return work()
  } catch (error) {
    return error
  }
}

test('a file takes the place of an older one, and nothing else is left behind', () => {
  const file = join(directory, 'report.json')
  writeFileSync(file, 'old')
  writeWhole(file, 'né\n'.repeat(100_000))
  expect(readFileSync(file, 'utf8')).toBe('né\n'.repeat(100_000))
  expect(readdirSync(directory)).toEqual(['report.json'])
})

test('what cannot take its place is the mistake of the user, and leaves nothing', () => {
  mkdirSync(join(directory, 'report.json'))
  const error = failureOf(() => writeWhole(join(directory, 'report.json'), 'text'))
  expect(isUserError(error)).toBe(true)
  expect(String(error)).toContain('report.json": it is a directory')
  expect(readdirSync(directory)).toEqual(['report.json'])
})

// A device that is always full stands where the text goes first.
test.skipIf(!existsSync('/dev/full'))('a full disk is named, and the older file stays', () => {
  const file = join(directory, 'report.json')
  writeFileSync(file, 'old')
  symlinkSync('/dev/full', `${file}.${process.pid}.partial`)
  const error = failureOf(() => writeWhole(file, 'new'))
  expect(isUserError(error)).toBe(true)
  expect(String(error)).toContain('report.json": the disk is full')
  expect(readFileSync(file, 'utf8')).toBe('old')
  expect(readdirSync(directory)).toEqual(['report.json'])
})

// The system takes what still fits and says so only in the count that it returns, as a disk does that is nearly full.
test.skipIf(process.platform === 'win32')('a text that fits in part is not written at all', () => {
  const script = [
    `import { appendWhole, unwritable, writeWhole } from ${JSON.stringify(new URL('whole-file.ts', import.meta.url).href)}`,
    `try { writeWhole('report.xml', 'x'.repeat(100_000)); console.log('written') } catch (error) { console.log(String(error)) }`,
  ].join('\n')
  writeFileSync(join(directory, 'write.mjs'), script)
  const limited = 'ulimit -f 64; exec "$0" write.mjs'
  const told = execFileSync('/bin/sh', ['-c', limited, process.execPath], { cwd: directory, encoding: 'utf8' })
  expect(told).toContain('Cannot write reports to "report.xml": a file may not be so large there')
  expect(readdirSync(directory)).toEqual(['write.mjs'])
})

test.for([
  ['ENOSPC', true, 'the disk is full'],
  ['EDQUOT', true, 'the disk is full'],
  ['EROFS', true, 'the file system is read-only'],
  ['EACCES', true, 'you have no permission to write there'],
  ['EIO', true, 'the system says EIO'],
  ['EISDIR', false, 'it is a directory'],
  ['ENOTDIR', false, 'a part of the path is a file'],
  ['ENAMETOOLONG', false, 'the name is too long'],
] as const)('%s is the machine: %s', ([code, isTheMachine, says]) => {
  const error = unwritable('reports', Object.assign(new Error(), { code }))
  expect(error.isMachine).toBe(isTheMachine)
  expect(error.message).toBe(`Cannot write reports to "reports": ${says}.`)
})

test('what is added is behind what was there', () => {
  const file = join(directory, 'page.md')
  appendWhole(file, 'one\n')
  appendWhole(file, 'two\n')
  expect(readFileSync(file, 'utf8')).toBe('one\ntwo\n')
})

test.skipIf(!existsSync('/dev/full'))('what cannot be added is a sentence', () => {
  expect(() => appendWhole('/dev/full', 'text')).toThrow(/"\/dev\/full": the disk is full/u)
  expect(() => appendWhole(directory, 'text')).toThrow(/it is a directory/u)
})
