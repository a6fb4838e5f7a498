// Goal: same scenario, client and seed, same bytes, wherever and whenever. Method: real processes under different time zones,
// directories and loads; CI repeats this twenty times.

import { execFile } from 'node:child_process'
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'

const root = join(import.meta.dirname, '..')
const main = join(root, 'src/cli/main.ts')
const scenario = join(import.meta.dirname, 'scenarios/short-hang.yaml')

type Asked = { readonly client: string; readonly seed: string; readonly file?: string }

function bytesOf(environment: NodeJS.ProcessEnv, { client, seed, file = scenario }: Asked): Promise<string[]> {
  const reports = mkdtempSync(join(tmpdir(), 'determinism-'))
  const args = [main, file, '--client', client, '--seed', seed, '--report-dir', reports]
  const env = { ...process.env, ...environment }
  return new Promise((resolve, reject) => {
    execFile(process.execPath, args, { cwd: root, env }, (error, _, stderr) => {
      if (Number(error?.code ?? 0) > 1) return reject(new Error(stderr))
      resolve(['history.ndjson', 'report.json', 'junit.xml'].map((name) => readFileSync(join(reports, name), 'utf8')))
    })
  })
}

test.for([
  'resilient',
  'sdk',
  'broken/cold-cache-calls-itself',
  'sound/queued-front',
  'sound/axios-desk',
  'sound/got-desk',
])('%s leaves the same bytes in every time zone', { timeout: 60_000 }, async (client) => {
  const runs = await Promise.all([
    bytesOf({ TZ: 'UTC' }, { client, seed: 'one seed' }),
    bytesOf({ TZ: 'Pacific/Chatham', LANG: 'de_DE.UTF-8' }, { client, seed: 'one seed' }),
  ])
  expect(runs[1]).toEqual(runs[0])
})

test('another seed is another run', { timeout: 60_000 }, async () => {
  const [one, other] = await Promise.all([
    bytesOf({}, { client: 'resilient', seed: '1' }),
    bytesOf({}, { client: 'resilient', seed: '2' }),
  ])
  expect(other?.[0]).not.toBe(one?.[0])
})

test('one more fault changes nothing that it does not touch', { timeout: 60_000 }, async () => {
  const text = readFileSync(scenario, 'utf8')
  const slow = '  slow: { kind: latency, where: { region: us }, from: 10:01Z, until: 10:04Z, with: { delay: 3s } }\n'
  const asked = '  other: { do: contact.read, every: 7s, workspace: sibling, impatient: 1s }\n'
  const variant = (more: string): string => {
    const file = join(mkdtempSync(join(tmpdir(), 'variant-')), 'variant.yaml')
    writeFileSync(file, text.replace('load:\n', `load:\n${asked}`).replace('faults:\n', `faults:\n${more}`))
    return file
  }
  // A client whose operations have nothing in common: a shared retry budget or breaker would rightly tell of the other region.
  const client = 'sdk'
  const runs = await Promise.all(['', slow].map((more) => bytesOf({}, { client, seed: '1', file: variant(more) })))
  const [without, within] = runs.map(([history = '']) => untouched(history))
  expect(without?.length).toBeGreaterThan(300)
  expect(within).toEqual(without)
})

/** The events of the first workspace, without the numbers that only count. */
function untouched(ndjson: string): unknown[] {
  const events = ndjson
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>)
  const ours = new Set(events.filter(({ load }) => load === 'reads').map(({ operation }) => operation))
  const sent = events.filter(({ kind, operation }) => kind === 'exchange.sent' && ours.has(operation))
  const exchanges = new Set(sent.map(({ exchange }) => exchange))
  return events
    .filter(({ operation, exchange }) => ours.has(operation) || exchanges.has(exchange))
    .map((event) => ({ ...event, seq: 0, exchange: 0 }))
}
