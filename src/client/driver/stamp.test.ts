// That a stamp is there, where it is kept, and where there is none.

import { spawn, spawnSync } from 'node:child_process'
import { chmodSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { hasStamp, stamped, stampOf, stampPattern } from './stamp.ts'

const root = '/tmp/brownout-drivers-aZ09xY'
const place = { cwd: tmpdir(), env: { PATH: process.env['PATH'] } }
const isLinux = process.platform === 'linux'

test('no two drivers have the same, and each is found by the pattern of its household', () => {
  const stamps = [1, 2, 8_999].map((nth) => stampOf(root, nth) as number)
  expect(new Set(stamps).size).toBe(3)
  for (const stamp of stamps) {
    const line = `Max resident set          ${BigInt(stamp) * 1_024n}   unlimited            bytes     `
    expect(line).toMatch(new RegExp(stampPattern(root), 'u'))
    expect(line).not.toMatch(new RegExp(stampPattern('/tmp/brownout-drivers-aZ09xZ'), 'u'))
    expect(BigInt(stamp) * 1_024n).toBeLessThan(2n ** 63n)
  }
  expect(stampOf(root, 9_000)).toBeUndefined()
})

test.runIf(isLinux)('a program is stamped, whatever becomes of its environment, and has its words as they were', () => {
  const stamp = stampOf(root, 7) as number
  const [program = '', ...words] = stamped(
    ['env', '-i', 'sh', '-c', 'echo "$@"; exec sleep 30', 'sh', 'a b', '$x'],
    stamp,
    place,
  )
  const child = spawn(program, words, { ...place, stdio: ['ignore', 'pipe', 'ignore'] })
  return new Promise<void>((resolve) => {
    child.stdout.once('data', (said) => {
      expect(String(said)).toBe('a b $x\n')
      expect(hasStamp(child.pid as number, stamp)).toBe(true)
      expect(hasStamp(child.pid as number, stamp + 1)).toBe(false)
      child.once('exit', () => resolve())
      child.kill('SIGKILL')
    })
  })
})

test.runIf(isLinux)('variables whose names are none of a shell reach the program, and the others too', () => {
  const env = { ...place.env, 'log.level': 'a b $x', PLAIN: '1' }
  const [program = '', ...words] = stamped(['env'], stampOf(root, 8), { ...place, env })
  expect(words).toContain(String(stampOf(root, 8)))
  const { stdout } = spawnSync(program, words, { ...place, env, encoding: 'utf8' })
  expect(stdout.split('\n')).toEqual(expect.arrayContaining(['log.level=a b $x', 'PLAIN=1']))
})

test.runIf(isLinux)('who has ended has none', () => {
  expect(hasStamp(spawnSync('true').pid, 1)).toBe(false)
})

const scripts = mkdtempSync(join(tmpdir(), 'stamp-'))
function script(name: string, text: string): string {
  const file = join(scripts, name)
  writeFileSync(file, text)
  chmodSync(file, 0o755)
  return file
}

test.for<[string, readonly string[], NodeJS.ProcessEnv]>([
  ['a program that is not there', ['./nope'], {}],
  ['a program that is nowhere in the path', ['nope-of-brownout'], {}],
  ['a directory', [scripts], {}],
  ['a script without its interpreter', [script('lost', '#!/no/such/interpreter -x\n')], {}],
  ['no word', [''], {}],
  ['what a shell would take for an option', ['-x'], {}],
  ['an assignment, for which env would take the program', [script('a=b', '#!/bin/sh\n')], { 'log.level': 'debug' }],
])('%s is started as it is', ([, command, env]) => {
  expect(stamped(command, 1, { ...place, env: { ...place.env, ...env } })).toBe(command)
})

test.runIf(isLinux)('a script with its interpreter is stamped', () => {
  const file = script('found', '#! /bin/sh\nexit 0\n')
  expect(stamped([file], 1, place)).toHaveLength(6)
})
