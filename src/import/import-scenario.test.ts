// What becomes of a document: a scenario that parses, or a sentence. Nothing is dropped in silence.

import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { limits } from '#context/limits.ts'
import { isUserError } from '#context/user-error.ts'
import { parseScenario } from '#scenario/parse.ts'
import { importScenario, formats, type Format } from './import-scenario.ts'

const dated = { date: '2026-04-27' }

function scenarioOf(text: string, options: object = dated) {
  const imported = importScenario('text', text, 'a.txt', options)
  return { ...imported, scenario: parseScenario(imported.text, 'a.yaml') }
}

function told(format: Format, text: string, options: object = {}): string {
  try {
    importScenario(format, text, 'incident.json', options)
  } catch (error) {
    if (isUserError(error)) return String(error)
    throw error
  }
  return 'a scenario'
}

/** Words that mean something to the importer, between any others. */
const pieces = fc.oneof(
  fc.constantFrom(
    '11:14',
    '23:59 UTC',
    '2:05 pm',
    '00:10 -',
    '2026-04-27',
    'Feb 29, 2025 10:00',
    'Posted Jan 15, 2020 - 07:14 UTC',
    'Scheduled',
    'Completed',
    'Between 2020-01-15 0600 UTC and 2020-01-15 0700 UTC',
    'from 10:00 to 09:00',
    'errors begin',
    'time-outs in Australia and the US',
    '503',
    '429 on POST /contacts/{id}',
    'webhooks are delayed and delivered twice',
    'resolved',
    'errors have stopped',
    'Status page posted: "Errors"',
    'This incident affected: APIs (US, EU), Fin.',
    'Severity: P1',
    '\n',
    '\n\n',
    '. ',
    ' - ',
    ': ',
    '|',
    '"',
    "'",
    '#',
    '*a &b !c %d @e `f',
    '\t',
    '\r\n',
    '\u2028',
    '\u0000\u001b[31m',
    '\uD800',
    '\u202E',
    'Bearer abcdefghijkl',
    'ada@example.com',
  ),
  fc.string({ unit: 'binary', maxLength: 20 }),
)
const anyText = fc
  .tuple(
    fc.constantFrom('', '2026-04-27 11:14 UTC - Errors begin\n', '11:14 - 503s, then time-outs\n'),
    fc.array(pieces, { maxLength: 40 }),
  )
  .map(([head, parts]) => head + parts.join(' '))

test('any text gives a scenario that parses or a mistake of the user', () => {
  const parsed = { count: 0 }
  fc.assert(
    fc.property(anyText, fc.boolean(), (text, hasDate) => {
      try {
        const imported = importScenario('text', text, 'a.txt', hasDate ? dated : {})
        parseScenario(imported.text, 'a.yaml')
        expect(imported.text).not.toMatch(/ada@example|abcdefghijkl/u)
        parsed.count += 1
      } catch (error) {
        if (!isUserError(error)) throw error
      }
    }),
    { numRuns: 300 },
  )
  expect(parsed.count).toBeGreaterThan(100)
})

test('the same text gives the same bytes', () => {
  fc.assert(
    fc.property(anyText, (text) => {
      const once = (): string => {
        try {
          return importScenario('text', text, 'a.txt', dated).text
        } catch (error) {
          return String(error)
        }
      }
      expect(once()).toBe(once())
    }),
    { numRuns: 100 },
  )
})

const when = fc.constantFrom(
  '2026-04-27T11:37:00Z',
  '2026-04-27T12:00:00.123+02:00',
  '2026-04-28T00:10:00Z',
  '2026-04-28T00:20:00Z',
)
const component = fc.record(
  {
    id: fc.constantFrom('a', 'b'),
    component_id: fc.constantFrom('a', 'b', 'c'),
    name: fc.oneof(fc.constantFrom('APIs (EU)', 'Webhooks', 'Articles', 'Fin'), fc.string()),
    new_status: fc.constantFrom('operational', 'partial_outage', 'major_outage', 'degraded_performance'),
    component_status: fc.constantFrom('operational', 'partial_outage', 'full_outage', 'under_maintenance'),
    start_at: when,
    end_at: fc.option(when),
  },
  { requiredKeys: ['name', 'new_status', 'component_id', 'component_status', 'start_at'] },
)
const update = fc.record({
  status: fc.constantFrom('investigating', 'resolved', 'scheduled', 'in_progress', 'completed'),
  incident_status: fc.constantFrom('investigating', 'monitoring', 'resolved'),
  body: anyText,
  message: anyText,
  created_at: when,
  published_at: when,
  affected_components: fc.option(fc.array(component, { maxLength: 3 })),
  component_statuses: fc.array(component, { maxLength: 3 }),
})
const incident = fc.record(
  {
    name: anyText,
    created_at: when,
    published_at: when,
    resolved_at: fc.option(when),
    impact: fc.option(fc.constantFrom('none', 'minor', 'critical', 'odd')),
    shortlink: fc.string(),
    scheduled_for: when,
    scheduled_until: when,
    incident_updates: fc.array(update, { maxLength: 4 }),
    updates: fc.array(update, { maxLength: 4 }),
    components: fc.array(component, { maxLength: 3 }),
    component_impacts: fc.array(component, { maxLength: 3 }),
    other: fc.anything(),
  },
  { requiredKeys: ['name', 'created_at'] },
)

test.for(['statuspage', 'incident-io'] as const)('any incident of %s, too', (format) => {
  const parsed = { count: 0 }
  fc.assert(
    fc.property(incident, (value) => {
      try {
        const imported = importScenario(format, JSON.stringify(value), 'incident.json')
        parseScenario(imported.text, 'a.yaml')
        parsed.count += 1
      } catch (error) {
        if (!isUserError(error)) throw error
      }
    }),
    { numRuns: 300 },
  )
  expect(parsed.count).toBeGreaterThan(50)
})

test.for(formats)('a document of %s that is no document is a mistake of the user', (format) => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      expect(() => told(format, text)).not.toThrow()
    }),
  )
})

test('every line is in the timeline, quoted at a fault, told as calm, or listed as not used', () => {
  const words = ['alpha errors', 'beta 503s', 'gamma gamma', 'delta was not affected', 'epsilon is resolved']
  const text = `11:00 - ${words[0]}\n${words[1]}\n${words[2]}\n${words[3]}\n11:30 - ${words[4]}`
  const imported = scenarioOf(text)
  for (const one of words) expect(imported.text).toContain(one)
  expect(imported.unused.join('\n')).toContain('gamma gamma')
  expect(imported.scenario.evidence.notSimulated).toEqual(['delta was not affected'])
  for (const sentence of [...imported.assumed, ...imported.unused])
    expect(imported.text.replaceAll(/\n# +/gu, ' ')).toContain(sentence)
})

test('faults are assumed, and each has the words that it comes from above it', () => {
  const { text, scenario } = scenarioOf('11:00 - The API answers 503\n11:30 - Resolved')
  expect(scenario.evidence.assumed).toContain('faults')
  expect(text).toMatch(/# {3}line 1: "The API answers 503"\n {2}unavailable:/u)
})

test('letters with marks are kept in names, without their marks', () => {
  const named = { name: 'Écoles: 503', created_at: '2026-04-27T10:00:00Z' }
  expect(importScenario('statuspage', JSON.stringify(named), 'a.json', {}).text).toContain('\nscenario: ecoles-503\n')
})

test('a text without any time becomes a drill at times that are made up, and needs a date', () => {
  const { scenario, assumed } = scenarioOf('Customers see 503s and 429s')
  expect(scenario.faults.map(({ name }) => name)).toEqual(['rate-limit', 'unavailable'])
  expect(assumed.join(' ')).toContain('all times are made up')
  expect(told('text', 'Customers see 503s')).toContain('--date 2026-04-27')
})

test('a table is read by its rows, and a figure of another line is the share', () => {
  const text =
    '| 10:02 PM | Customers see 504 Gateway Timeout |\n| 11:40 PM | Resolved |\nAbout 12% of requests failed.'
  const { faults, timeline } = scenarioOf(text).scenario
  expect(faults.map(({ name, share }) => [name, share])).toEqual([['gateway-errors', 0.12]])
  expect(timeline.map(({ fact }) => fact)).toEqual(['Customers see 504 Gateway Timeout', 'Resolved'])
})

test('two components that are hit alike are two faults, each written out', () => {
  const at = (status: string, created_at: string) => ({
    status,
    created_at,
    affected_components: ['Articles', 'Tickets'].map((name) => ({
      name,
      new_status: status === 'resolved' ? 'operational' : 'major_outage',
    })),
  })
  const updates = [at('resolved', '2026-04-27T12:00:00Z'), at('investigating', '2026-04-27T11:00:00Z')]
  const document = { name: 'Trouble', created_at: '2026-04-27T11:00:00Z', incident_updates: updates }
  const { text } = importScenario('statuspage', JSON.stringify(document), 'incident.json')
  expect(parseScenario(text, 'a.yaml').faults.map(({ where }) => where.route)).toEqual(['/articles*', '/tickets*'])
})

test('an end that nobody says is assumed, and said to be', () => {
  const { assumed, scenario } = scenarioOf('11:00 - Time-outs begin')
  expect(assumed.join('\n')).toContain('ends at 2026-04-27 11:30Z, which nobody says')
  expect(scenario.evidence.assumed).toContain('phases')
})

test('an incident that would last for years has a wrong date', () => {
  const far = {
    name: 'n',
    created_at: '2026-04-27T11:14:00Z',
    started_at: '2100-12-31T10:00:00Z',
    incident_updates: [{ status: 'investigating', body: '503', created_at: '2026-04-27T11:14:00Z' }],
  }
  expect(told('statuspage', JSON.stringify(far))).toMatch(/go from 2026-04-27 to 2100-12-31, which is no incident/u)
  expect(told('text', '2019-01-01 10:00 - Errors begin\n2026-01-01 10:00 - Errors have stopped')).toMatch(
    /the incident would last 2557 days, from 2019-01-01 to 2026-01-01\nIs one of the dates wrong\?/u,
  )
})

test('a line that is too long is a mistake of the user', () => {
  expect(told('text', `Errors\n${'x'.repeat(10_001)}`)).toContain(
    'incident.json:2: this line has 10001 characters, and may have 10000',
  )
})

test('what is too long for a scenario is a mistake of the user', () => {
  const lines = Array.from({ length: 3_000 }, (_, index) => `11:00 - time-out number ${index}`).join('\n')
  expect(lines.length).toBeLessThan(limits.accountCharacters)
  expect(told('text', lines, dated)).toContain('the document is too long')
})

test.for<[format: Format, text: string, says: string]>([
  ['statuspage', '{\n  "name": "x",\n}', 'incident.json:3:1: a name in double quotes is missing here'],
  ['statuspage', '[]', 'incident.json:1:1: an incident of statuspage is a JSON object'],
  ['statuspage', '', 'incident.json:1:1: the file ends too early\nAn incident of Statuspage is JSON'],
  ['statuspage', '{\n  "name": 4 }', 'incident.json:2:11: `name` must be a text'],
  ['statuspage', '{ "name": "x" }', 'incident.json:1:1: `created_at` is missing'],
  [
    'statuspage',
    '{ "name": "x", "created_at": "2026-04-27T11:37:00Z",\n "incident_updates": [{}, { "created_at": "soon" }] }',
    'incident.json:2:23: `incident_updates[0].created_at` is missing',
  ],
  [
    'statuspage',
    '{ "name": "x", "created_at": "yesterday" }',
    '`created_at` must be a time such as 2026-04-27T11:37:00Z',
  ],
  ['statuspage', '{ "incidents": [] }', '`incidents` has no incident'],
  [
    'statuspage',
    '{ "incidents": [{ "name": "one" }, { "name": "two" }] }',
    '`incidents` has 2 incidents, and a scenario is about one\nKeep one of them: "one", "two".',
  ],
  [
    'incident-io',
    '{ "ongoing_incidents": [{ "name": "x" }] }',
    '`ongoing_incidents` is what a page shows at this moment',
  ],
  [
    'incident-io',
    '{ "name": "x", "published_at": "2026-04-27T11:37:00Z", "component_impacts": [{ "component_id": "a", "component_status": "bad", "start_at": "2026-04-27T11:37:00Z" }] }',
    '`component_impacts[0].component_status` must be one of operational,',
  ],
  ['text', 'nothing of note', 'the document has no time and no word that a fault could be proposed for'],
])('%s: %s', ([format, text, says]) => {
  expect(told(format, text)).toContain(says)
})
