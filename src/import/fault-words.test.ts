// The table of words: every row proposes what the catalogue has, and finds the words that it was written for.

import { expect, test } from 'vitest'
import { faultKinds } from '#fault/catalog.ts'
import { importScenario } from './import-scenario.ts'
import { rules } from './fault-words.ts'

test.for(rules.map((rule) => [rule.name, rule] as const))('%s proposes a fault that can be', ([, rule]) => {
  const kind = faultKinds.get(rule.kind)
  const parameters = typeof rule.with === 'function' ? rule.with('') : (rule.with ?? {})
  expect(kind?.schema.safeParse(parameters).success).toBe(true)
})

test('no two rows have one name, and what they explain is there', () => {
  const names = rules.map(({ name }) => name)
  expect(new Set(names).size).toBe(names.length)
  expect(rules.flatMap(({ explains = [] }) => explains).filter((name) => !names.includes(name))).toEqual([])
})

function proposed(words: string): readonly string[] {
  return importScenario('text', `11:00 - ${words}\n11:40 - Resolved`, 'a.txt', { date: '2026-04-27' }).faults
}

const examples: readonly (readonly [words: string, fault: string])[] = [
  ['Servers are in a crash loop', 'crash-loop'],
  ['Requests fail while the cache is cold', 'crash-loop'],
  ['A cache stampede slows everything down', 'stampede'],
  ['The worker pool is exhausted', 'capacity'],
  ["Meta's media endpoint answers 405", 'media-method'],
  ['POST is answered with 405', 'method'],
  ['Customers see 429s', 'rate-limit'],
  ['Calls are throttled', 'rate-limit'],
  ['We return 502 Bad Gateway', 'gateway-errors'],
  ['The API answers 503', 'unavailable'],
  ['Clients get internal server errors', 'server-errors'],
  ['All requests fail with 401', 'token'],
  ['The app gets 403', 'forbidden'],
  ['TLS handshakes fail', 'tls'],
  ['An expired certificate is served', 'tls'],
  ['DNS does not resolve', 'dns'],
  ['Connections are refused', 'refused'],
  ['Connections were reset', 'resets'],
  ['We see packet loss', 'unreachable'],
  ['Webhooks are delayed', 'webhooks-late'],
  ['Delivery of webhooks is delayed; delayed webhooks pile up', 'webhooks-late'],
  ['Webhooks are delivered twice', 'webhooks-twice'],
  ['Webhooks are not delivered', 'webhooks-lost'],
  ['Webhooks arrive out of order', 'webhooks-shuffled'],
  ['Replication lag grows', 'stale-reads'],
  ['New contacts are not showing up in search', 'search-behind'],
  ['Conversations appear with missing attachments', 'attachments'],
  ['Requests time out', 'timeouts'],
  ['API calls are slow', 'latency'],
  ['Something is down', 'errors'],
]

test.for(examples)('"%s" is %s', ([words, fault]) => {
  expect(proposed(words)).toEqual([fault])
})

test('every row that speaks for itself has an example', () => {
  const shown = new Set(examples.map(([, fault]) => fault))
  expect(rules.map(({ name }) => name).filter((name) => !shown.has(name))).toEqual(['maintenance'])
})

test('what was well and what is planned proposes nothing', () => {
  const words = 'Errors begin. The Inbox was not affected by the 503s. We are adding alerts for DNS.'
  expect(proposed(words)).toEqual(['errors'])
})

test.for([
  ['Some requests fail with 503', '30%'],
  ['Elevated 503 errors', '50%'],
  ['12.5% of requests fail with 503', '12.5%'],
])('"%s" hits %s', ([words = '', share]) => {
  const { text } = importScenario('text', `11:00 - ${words}\n11:40 - Resolved`, 'a.txt', { date: '2026-04-27' })
  expect(text).toContain(`share: ${share}`)
})
