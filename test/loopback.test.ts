// Goal: on real sockets the same is asked, and the same goes wrong, as in virtual time; nothing leads anywhere else. No duration is
// measured: the clients promise twenty seconds for what takes a twentieth of one.

import { mkdtempSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { resolveClient } from '#client/resolve-client.ts'
import type { RunResult } from '#engine/run-result.ts'
import { run } from '#engine/run.ts'
import { decodeEvents } from '#history/codec.ts'
import { isLocal } from '#transport/local.ts'

const here = import.meta.dirname
/** They wait most of the time: two of them at once. */
const slowly = { timeout: 180_000, concurrent: true }

async function play(
  client: string,
  real: boolean,
  scenario = 'twelve-seconds',
): Promise<{ result: RunResult; historyFile: string }> {
  const historyFile = join(mkdtempSync(join(tmpdir(), 'sockets-')), 'history.ndjson')
  const result = await run({
    scenario: join(here, `scenarios/${scenario}.yaml`),
    client: resolveClient(`./sockets/${client}.ts`, here),
    seed: '1',
    profile: 'default',
    historyFile,
    dropHosts: [],
    signal: new AbortController().signal,
    ...(real && { loopback: { scale: 1 } }),
  })
  return { result, historyFile }
}

function judged({ result }: { result: RunResult }) {
  if (result.kind !== 'judged') throw new Error(JSON.stringify(result))
  return result
}

/** A machine that is too busy is an excuse, but no failure either. */
function blamedFor(played: { result: RunResult }): readonly string[] {
  return judged(played).verdicts.flatMap(({ oracle, verdict }) => (verdict === 'fail' ? [oracle] : []))
}

/** When the fault starts and ends, ms; around it a moment decides what happens. */
const edges = [4_000, 8_000]
const isNearAnEdge = (at: number): boolean => edges.some((edge) => Math.abs(at - edge) < 1_000)

/** By operation: what was asked, how often it was sent, which faults hit, how it ended. Not of those around an edge; and ids are
 * made of dates, which differ. */
function storiesIn(file: string): Record<string, readonly string[]> {
  const stories: Record<string, string[]> = {}
  const whose = new Map<number, number | null>()
  const near = new Set<string>()
  for (const event of decodeEvents(readFileSync(file, 'utf8'))) {
    const tell = (operation: number | null, words: string) => (stories[String(operation)] ??= []).push(words)
    if (event.kind === 'operation.invoked' && isNearAnEdge(event.at)) near.add(String(event.operation))
    if (event.kind === 'operation.invoked') tell(event.operation, event.name)
    if (event.kind === 'exchange.sent') {
      whose.set(event.exchange, event.operation)
      tell(event.operation, `${event.method} ${event.route} ${event.host}`)
    }
    if (event.kind === 'fault.hit') tell(whose.get(event.exchange ?? -1) ?? null, event.fault)
    if (event.kind === 'exchange.head') tell(whose.get(event.exchange) ?? null, String(event.status))
    if (event.kind === 'operation.ok' || event.kind === 'operation.error') tell(event.operation, event.kind)
  }
  return Object.fromEntries(Object.entries(stories).filter(([operation]) => !near.has(operation)))
}

/** Of both, what is in both: a moment at the edge of an edge is in one only. */
function common<T>(one: Readonly<Record<string, T>>, other: Readonly<Record<string, T>>): readonly [T, T][] {
  return Object.keys(one).flatMap((name) => {
    const [mine, theirs] = [one[name], other[name]]
    return mine === undefined || theirs === undefined ? [] : [[mine, theirs]]
  })
}

test('each operation is asked, sent, hit and answered as in virtual time', slowly, async () => {
  const [virtual, real] = await Promise.all([play('with-fetch', false), play('with-fetch', true)])
  const { header } = judged(real)
  expect([header.transport, header.scale, blamedFor(real)]).toEqual(['loopback', 1, []])
  const both = common(storiesIn(real.historyFile), storiesIn(virtual.historyFile))
  expect(both.length).toBeGreaterThan(80)
  expect(both.filter(([, told]) => told.includes('errors')).length).toBeGreaterThan(2)
  for (const [told, expected] of both) expect(told).toEqual(expected)
  expect(blamedFor(virtual)).toEqual([])
})

test(
  'a certificate that is not believed is the same to a client, and switches HTTPS on by itself',
  slowly,
  async () => {
    const [virtual, real] = await Promise.all([
      play('with-fetch', false, 'handshakes'),
      play('with-fetch', true, 'handshakes'),
    ])
    expect([judged(virtual).header.https, judged(real).header.https]).toEqual([undefined, true])
    const causes = [virtual, real].map(({ historyFile }) =>
      decodeEvents(readFileSync(historyFile, 'utf8')).flatMap((event) => {
        const isIt = event.kind === 'operation.error' && !isNearAnEdge(event.at)
        return isIt ? [JSON.stringify(event.error.causes ?? event.error)] : []
      }),
    )
    const [expected = [], told = []] = causes
    expect(told.length).toBeGreaterThan(2)
    expect(new Set(told)).toEqual(new Set(expected))
    expect(told[0]).toContain('CERT_HAS_EXPIRED')
  },
)

test('a client that speaks over sockets of its own is moved, and the report says why', slowly, async () => {
  const played = judged(await play('with-a-socket', false))
  expect(played.environment.moved).toMatch(/^node:(net|dns)$/u)
  expect([played.header.transport, played.outcome]).toEqual(['loopback', 'pass'])
})

test.for([
  ['in virtual time', false],
  ['on real sockets', true],
] as const)('a request to anybody else goes nowhere, and is an error, %s', slowly, async ([, real]) => {
  const { result } = await play('calls-elsewhere', real)
  if (result.kind !== 'rejected') throw new Error(result.kind)
  expect(result.problem.message).toMatch(/telemetry\.example\.com/u)
  expect(String(result.problem)).toMatch(/add --drop-host telemetry\.example\.com/u)
  expect(result.via).toBeUndefined()
})

test.for([
  ['127.0.0.1', true],
  ['127.8.9.1:80', true],
  ['localhost:8080', true],
  ['[::1]:443', true],
  ['::1', true],
  ['/var/run/some.sock', true],
  ['api.intercom.io:443', false],
  ['10.0.0.1', false],
  ['127.example.com', false],
  ['localhost.example.com', false],
  ['0.0.0.0', false],
] as const)('%s is this machine: %s', ([host, is]) => expect(isLocal(host)).toBe(is))

test('an API of its own has a place of its own, and is judged as in virtual time', slowly, async () => {
  const parcels = '../../fixtures/services/parcels/parcels.client'
  const played = await play(parcels, true, 'parcels-for-twelve-seconds')
  expect({ outcome: judged(played).outcome, failed: blamedFor(played) }).toEqual({ outcome: 'pass', failed: [] })
  const events = decodeEvents(readFileSync(played.historyFile, 'utf8'))
  const sent = [...events].filter((event) => event.kind === 'exchange.sent')
  expect(new Set(sent.map(({ product, workspace, key }) => `${product} ${workspace} ${key === undefined}`))).toEqual(
    new Set(['parcels shop true', 'parcels shop false']),
  )
})
