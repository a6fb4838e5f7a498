// `serve` as a person uses it: started, asked with fetch over real sockets, ended with Ctrl-C.

import { spawn } from 'node:child_process'
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import https from 'node:https'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'

const cli = join(import.meta.dirname, '../src/cli/brownout.js')

/** Resolves when it prints what is expected; the process is killed with the test. */
async function startServing(args: readonly string[], expected: RegExp) {
  const child = spawn(process.execPath, [cli, 'serve', ...args], { stdio: ['ignore', 'pipe', 'pipe'] })
  onTestFinished(() => void child.kill('SIGKILL'))
  let output = ''
  const ended = new Promise<number | null>((resolve) => child.once('exit', resolve))
  const shown = new Promise<void>((resolve, reject) => {
    const take = (chunk: Buffer): void => {
      output += chunk.toString('utf8')
      if (expected.test(output)) resolve()
    }
    child.stdout.on('data', take)
    child.stderr.on('data', take)
    void ended.then((code) => reject(new Error(`It ended with ${code}: ${output}`)))
  })
  await shown
  const urlOf = (host: string) => new RegExp(`^ +${host} +(https?://\\S+)`, 'mu').exec(output)?.[1] ?? ''
  const tokenOf = (workspace: string) =>
    new RegExp(`token of workspace ${workspace}: (\\S+)`, 'u').exec(output)?.[1] ?? ''
  return { child, ended, urlOf, tokenOf, output: () => output }
}

test('a game day: the region hangs, its sibling answers, the page tells of it, and Ctrl-C ends it', async () => {
  const day = await startServing(['au-regional-timeout', '--from', 'declared', '--port', '0'], /x-ratelimit/u)
  const ask = (host: string, path: string, token: string, ms = 5_000) =>
    fetch(day.urlOf(host) + path, {
      headers: { authorization: `Bearer ${token}` },
      signal: AbortSignal.timeout(ms),
    })
  const sibling = await ask('api.intercom.io', '/me', day.tokenOf('sibling'))
  expect(sibling.status).toBe(200)
  expect(await sibling.json()).toMatchObject({ type: 'admin' })
  expect(Number(sibling.headers.get('x-ratelimit-reset')) * 1_000).toBeGreaterThan(Date.now() - 11_000)
  expect((await ask('api.intercom.io', '/me', 'nonsense')).status).toBe(401)
  const page = await ask('www.intercomstatus.com', '/api/v2/status.json', '')
  expect(await page.json()).toMatchObject({ status: { indicator: 'major' } })
  await expect(ask('api.au.intercom.io', '/me', day.tokenOf('ours'), 700)).rejects.toThrow(/time/u)
  day.child.kill('SIGINT')
  expect(await day.ended).toBe(0)
  expect(day.output()).toMatch(/GET api\.intercom\.io\/me {2}200 after \d+ ms/u)
}, 30_000)

test('an API of one’s own has no triage of Intercom, though that has its region, too', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'serve-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  const parcels = join(import.meta.dirname, '../fixtures/services/parcels')
  cpSync(join(parcels, 'parcels.service.ts'), join(folder, 'parcels.service.ts'))
  const file = join(folder, 'parcels-down.yaml')
  writeFileSync(file, readFileSync(join(parcels, 'parcels-down.yaml'), 'utf8').replace('region: eu', 'region: us'))
  const day = await startServing([file, '--port', '0'], /phase baseline\n/u)
  expect(day.output()).toContain('token of parcels for workspace shop')
  expect(day.output()).not.toMatch(/triage|INTERCOM/u)
  day.child.kill('SIGINT')
  expect(await day.ended).toBe(0)
}, 30_000)

test('over HTTPS, for who trusts the certificate it names, which is gone with it', async () => {
  const day = await startServing(['ten-minutes', '--https', '--port', '0'], /x-ratelimit/u)
  const path = /export NODE_EXTRA_CA_CERTS=(\S+)/u.exec(day.output())?.[1] ?? ''
  const url = new URL('/me', day.urlOf('api.intercom.io'))
  const headers = { authorization: `Bearer ${day.tokenOf('ours')}` }
  const statusWith = (ca: string[]) =>
    new Promise<number | undefined>((resolve, reject) =>
      https.get(url, { headers, ca }, ({ statusCode }) => resolve(statusCode)).once('error', reject),
    )
  expect(await statusWith([readFileSync(path, 'utf8')])).toBe(200)
  await expect(statusWith([])).rejects.toThrow(/certificate/u)
  day.child.kill('SIGINT')
  expect(await day.ended).toBe(0)
  expect(existsSync(path)).toBe(false)
}, 30_000)

test.for([
  [['au-regional-timeout', '--from', 'nowhere'], /neither a phase nor a time.*Phases: baseline, onset/su],
  [['au-regional-timeout', '--port', 'http'], /--port http is not a port/u],
  [['all'], /more than one scenario|only one can be served/u],
  [['no-such-thing'], /no-such-thing/u],
] as const)('%j is a mistake of the user', async ([args, message]) => {
  const child = spawn(process.execPath, [cli, 'serve', ...args], { stdio: ['ignore', 'ignore', 'pipe'] })
  let said = ''
  child.stderr.on('data', (chunk: Buffer) => (said += chunk.toString('utf8')))
  expect(await new Promise((resolve) => child.once('close', resolve))).toBe(2)
  expect(said).toMatch(message)
  expect(said).not.toMatch(/\n\s+at /u)
})
