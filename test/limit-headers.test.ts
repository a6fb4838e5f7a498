// Goal: an API that tells its limits in headers of its own, in how many seconds, is broken and judged by them like Intercom. Method: the
// parcels of the guide with the headers of the IETF draft and no Retry-After, and a client that reads them, or does not.

import { execFile } from 'node:child_process'
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { decodeEvents } from '#history/codec.ts'
import type { HistoryEvent } from '#history/event.ts'
import { ReportSchema } from '#report/report-schema.ts'

/** Whole replays, on a machine that may be busy. */
const patience = { timeout: 180_000 }
const root = join(import.meta.dirname, '..')
const startSeconds = Date.UTC(2026, 2, 16, 10) / 1_000
let shop = ''

/** The example, with what is put in place of its parts. */
function put(from: string, to: string, ...edits: readonly (readonly [find: string, put: string])[]): void {
  let text = readFileSync(join(shop, from), 'utf8')
  for (const [find, by] of edits) {
    if (!text.includes(find)) throw new Error(`${from} has no ${find}.`)
    text = text.replace(find, by)
  }
  writeFileSync(join(shop, to), text)
}

beforeAll(() => {
  shop = mkdtempSync(join(tmpdir(), 'limits-'))
  cpSync(join(root, 'fixtures/services/parcels'), shop, { recursive: true })
  const usual = "{ limit: 'X-RateLimit-Limit', remaining: 'X-RateLimit-Remaining', reset: 'X-RateLimit-Reset' },"
  put('parcels.service.ts', 'parcels.service.ts', [
    usual,
    `${usual.replaceAll('X-', '')} reset: 'seconds', retryAfter: false,`,
  ])
  const heard = "const seconds = Number(response.headers.get('retry-after') ?? Number.NaN)"
  const told = "const told = response.status === 429 ? 'ratelimit-reset' : 'retry-after'\n    "
  put('parcels.client.ts', 'parcels.client.ts', [heard, told + heard.replace("'retry-after'", 'told')])
  put('parcels.client.ts', 'deaf.client.ts', ['if (seconds > 0) this', 'if (seconds < 0) this'])
  const limit = 'kind: rate-limit, where: { workspace: shop }, from: 10:14Z, until: 10:17Z, with: { app: 12/min }'
  put('parcels-down.yaml', 'lies.yaml', [
    limit,
    'kind: rate-headers, where: { product: parcels }, from: 10:14Z, until: 10:17Z, with: { form: delta }',
  ])
})
afterAll(() => rmSync(shop, { recursive: true }))

function brownout(...words: string[]): Promise<{ readonly code: number; readonly told: string }> {
  return new Promise((resolve) => {
    const options = { cwd: shop, env: { ...process.env, NO_COLOR: '1' } }
    execFile(process.execPath, [join(root, 'src/cli/brownout.js'), ...words], options, (error, out, err) => {
      resolve({ code: error ? Number(error.code) : 0, told: `${out}${err}` })
    })
  })
}

async function judged(scenario: string, client: string) {
  const dir = mkdtempSync(join(shop, 'reports-'))
  const { code, told } = await brownout('run', scenario, '--client', client, '--report-dir', dir, '--no-ablate')
  if (code > 1) throw new Error(told)
  const [run] = ReportSchema.parse(JSON.parse(readFileSync(join(dir, 'report.json'), 'utf8'))).runs
  const verdicts = run?.kind === 'judged' ? run.verdicts : []
  const of = (wanted: string) => verdicts.flatMap(({ oracle, verdict }) => (verdict === wanted ? [oracle] : []))
  const events = [...decodeEvents(readFileSync(join(dir, 'history.ndjson'), 'utf8'))]
  return { failed: of('fail'), passed: of('pass'), heads: events.filter(isHead), events }
}

type Head = Extract<HistoryEvent, { kind: 'exchange.head' }>

function isHead(event: HistoryEvent): event is Head {
  return event.kind === 'exchange.head'
}

test('who waits for the reset that a 429 tells passes, by facts that are instants', patience, async () => {
  const { failed, passed, heads } = await judged('parcels-down.yaml', './parcels.client.ts')
  expect(failed).toEqual([])
  expect(passed).toEqual(expect.arrayContaining(['heeds-retry-after', 'stays-within-rate-limit']))
  const refused = heads.filter(({ status }) => status === 429)
  expect(refused.length).toBeGreaterThan(0)
  for (const { at, rateLimit } of refused) {
    const resetAt = startSeconds + (Math.floor(at / 60_000) + 1) * 60
    expect(rateLimit).toEqual({ limit: 12, remaining: 0, resetAt, windowMs: 60_000 })
  }
})

test('who comes back before the reset that a 429 tells is caught', patience, async () => {
  expect((await judged('parcels-down.yaml', './deaf.client.ts')).failed).toContain('heeds-retry-after')
})

test('its headers are falsified, and the sentence names them', patience, async () => {
  const { heads, events } = await judged('lies.yaml', './parcels.client.ts')
  const hits = events.flatMap((event) =>
    event.kind === 'fault.hit' && event.fault === 'fewer' ? [event.exchange] : [],
  )
  expect(hits.length).toBeGreaterThan(20)
  for (const { at, exchange, rateLimit } of heads) {
    if (!rateLimit) continue
    const resetAt = startSeconds + (Math.floor(at / 60_000) + 1) * 60
    // An instant, taken for a number of seconds.
    const lied = Math.floor(at / 1_000) + startSeconds + resetAt
    expect([exchange, rateLimit.resetAt]).toEqual([exchange, hits.includes(exchange) ? lied : resetAt])
  }
  const { told } = await brownout('explain', 'lies.yaml')
  expect(told.replaceAll(/\s+/gu, ' ')).toContain('The header RateLimit-Reset says when, not in how many seconds.')
  expect(told).not.toContain('X-RateLimit')
})
