// No process and no thread is started while the refusal is on, and everything is exactly as before afterwards. Method: each
// way tries to start something real, which must throw and leave nothing.

import childProcess, { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { promisify } from 'node:util'
import workerThreads, { Worker } from 'node:worker_threads'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { RefusedProcess, refuseProcesses } from './refuse-processes.ts'

const captured = childProcess.spawn
const capturedExec = promisify(childProcess.exec)
let refused: [what: string, via: string][] = []
let guard: { restore(): void }

beforeEach(() => {
  refused = []
  guard = refuseProcesses((what, via) => refused.push([what, via]))
})
afterEach(() => guard.restore())

const node = process.execPath
const idle = ['-e', 'setInterval(() => {}, 1000)']

const children: Record<string, { what: string; starts: () => unknown }> = {
  spawn: { what: 'node', starts: () => childProcess.spawn('/usr/bin/node', idle) },
  'spawn with a shell': { what: 'git', starts: () => childProcess.spawn('git log | head', { shell: true }) },
  spawnSync: { what: 'git', starts: () => childProcess.spawnSync('git', ['status']) },
  exec: { what: 'curl', starts: () => childProcess.exec('TOKEN=abcdefgh /usr/bin/curl -s https://api.test') },
  execSync: { what: 'true', starts: () => childProcess.execSync('true') },
  execFile: { what: 'ls', starts: () => childProcess.execFile('/bin/ls', () => {}) },
  execFileSync: { what: 'ls', starts: () => childProcess.execFileSync('/bin/ls', ['-l']) },
  fork: { what: 'work.js', starts: () => childProcess.fork('/srv/shop/work.js') },
  'a named import of spawn': { what: 'ls', starts: () => spawn('ls') },
  'a named import of execFileSync': { what: 'ls', starts: () => execFileSync('ls') },
  'a spawn captured early': { what: 'ls', starts: () => captured('/bin/ls') },
  'no name at all': { what: 'a command', starts: () => childProcess.exec('') },
}

test.for(Object.entries(children))('%s is refused, by the name of what it starts', ([, { what, starts }]) => {
  expect(starts).toThrow(RefusedProcess)
  expect(starts).toThrow(`node:child_process tried to start ${what}, which is refused: it would run in real time`)
  expect(refused[0]).toEqual([what, 'node:child_process'])
})

test('promised forms reject instead of throwing', async () => {
  await expect(promisify(childProcess.exec)('ls')).rejects.toBeInstanceOf(RefusedProcess)
  await expect((async () => capturedExec('ls'))()).rejects.toBeInstanceOf(RefusedProcess)
})

test.for([
  ['Worker', () => new workerThreads.Worker('0', { eval: true })],
  ['a named import of Worker', () => new Worker('0', { eval: true })],
  ['a Worker that claims to be a compiler', () => new Worker('0', { eval: true, workerData: { esbuildVersion: '1' } })],
] as const)('%s is refused', ([, starts]) => {
  expect(starts).toThrow('node:worker_threads tried to start a worker thread, which is refused')
  expect(refused).toEqual([['a worker thread', 'node:worker_threads']])
})

test('a subclass of Worker is refused', () => {
  class Later extends workerThreads.Worker {}
  expect(() => new Later('0', { eval: true })).toThrow(RefusedProcess)
  expect(Object.create(Later.prototype)).toBeInstanceOf(Worker)
})

test('everything is as before once it is restored, and works', async () => {
  guard.restore()
  const targets = [childProcess, childProcess.ChildProcess.prototype, workerThreads]
  const looks = () => targets.map((target) => Object.getOwnPropertyDescriptors(target))
  const before = looks()
  const during = refuseProcesses(() => {})
  expect(looks()).not.toEqual(before)
  during.restore()
  const after = looks()
  for (const [index, look] of before.entries())
    for (const [name, descriptor] of Object.entries(look))
      expect(Object.entries(after[index] ?? {}).find(([other]) => other === name)?.[1]).toStrictEqual(descriptor)
  expect(childProcess.spawn).toBe(captured)
  expect(spawn).toBe(captured)
  expect(execFileSync(node, ['-p', '1']).toString()).toBe('1\n')
  expect(await once(new Worker('0', { eval: true }), 'exit')).toEqual([0])
})
