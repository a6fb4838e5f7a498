// Goal: a scenario is compressed as much as it can bear and no more, and what cannot be done in real time is said at once.

import { expect, test } from 'vitest'
import { faultKinds } from '#fault/catalog.ts'
import type { FaultKind } from '#fault/fault.ts'
import type { FaultSpec } from '#fault/spec.ts'
import { defineClient, type ClientDefinition } from '#client/client.ts'
import { parseScenario } from '#scenario/parse.ts'
import { edited, rich, sample } from '#scenario/sample.ts'
import type { Scenario } from '#scenario/scenario.ts'
import type { ClientLocation } from '#client/resolve-client.ts'
import { checkVirtual, inRealTime } from './in-real-time.ts'

const desk = (within: '1s' | '1m', more: Partial<ClientDefinition> = {}): ClientDefinition => ({
  ...defineClient({
    name: 'desk',
    promises: { 'contact.read': { within, degrade: ['error'] } },
    create: () => ({ operations: { 'contact.read': () => undefined } }),
  }),
  ...more,
})

const url = import.meta.url
const module: ClientLocation = { name: 'desk.ts', url }
const program: ClientLocation = { name: 'desk.client.yaml', url, command: ['./desk'], cwd: '/', env: {} }
const container = { image: 'desk', env: {}, memoryBytes: 1, cpus: 1 }
const inContainer: ClientLocation = { name: 'desk.client.yaml', url, container }
const servesInContainer = { ...inContainer, container: { ...container, serves: { port: 80, path: '/' } } }

const scenario = parseScenario(sample, 'sample.yaml')
const quietly = (given: Scenario): Scenario => ({
  ...given,
  fleets: {},
  loads: given.loads.map((load) => ({ ...load, gapMs: 60_000 })),
})
const withoutFleets = quietly(scenario)
const recoversWithin = (value: number): Scenario => ({
  ...withoutFleets,
  expect: [{ oracle: 'recovers', settings: { after: 'recovery', within: value }, line: 1 }],
})

/** All faults of the sample last ten minutes. */
const faulty = (fault: string): Scenario =>
  quietly(
    parseScenario(
      edited(['{ kind: latency, where: { region: au }', fault], [', with: { delay: 2s }', '']),
      'sample.yaml',
    ),
  )
const askedToWait = (wait: string) => faulty(`{ kind: retry-after, with: { form: date, wait: ${wait} }`)
const refusing = (seconds: string) => faulty(`{ kind: status, with: { code: 503, retryAfter: '${seconds}' }`)
const limited = faulty('{ kind: other-apps, where: { region: au }, with: { calls: 9000/min }')

test.for([
  {
    what: 'three deadlines fit into the shortest phase of ten minutes',
    scenario: withoutFleets,
    within: '1m',
    scale: 3,
  },
  { what: 'a tenth of what is to spare bears the load', scenario, within: '1s', scale: 20 },
  { what: 'the scenario leaves the client two minutes', scenario: recoversWithin(120_000), within: '1s', scale: 40 },
  { what: 'never less than the incident itself', scenario: recoversWithin(1_000), within: '1s', scale: 1 },
  { what: 'a fault holds three of the waits it asks for', scenario: askedToWait('40s'), within: '1s', scale: 5 },
  { what: 'a status asks too', scenario: refusing('25'), within: '1s', scale: 8 },
  {
    what: 'a wait that is longer than the run is over at no scale',
    scenario: askedToWait('2h'),
    within: '1s',
    scale: 200,
  },
  { what: 'who is refused by a limit waits for its next window', scenario: limited, within: '1s', scale: 20 },
] as const)('auto: $what', ({ scenario: given, within, scale }) => {
  expect(inRealTime(given, desk(within), 'auto', module).scale).toBe(scale)
})

test('a breaker that rests longer than the deadline needs its rests', () => {
  const declares = { breaker: { failures: 5, rest: '10s' } } as const
  const { floorMs, scale } = inRealTime(recoversWithin(120_000), desk('1s', { declares }), 'auto', module)
  expect({ floorMs, scale }).toEqual({ floorMs: 30_000, scale: 4 })
})

test('who was told to wait when a fault ended still has that time to recover', () => {
  const { expect: expected } = recoversWithin(120_000)
  const { floorMs, scale } = inRealTime({ ...limited, expect: expected }, desk('1s'), 'auto', module)
  expect({ floorMs, scale }).toEqual({ floorMs: 13_000, scale: 9 })
})

test('what is asked for is done, and begins now', () => {
  const { scenario: compressed, scale } = inRealTime(withoutFleets, desk('1s'), 2.5, module)
  expect({ scale, spanMs: compressed.spanMs }).toEqual({ scale: 2.5, spanMs: scenario.spanMs / 2.5 })
  expect(compressed.startMs).toBeGreaterThan(scenario.startMs)
})

test.for([
  {
    what: 'a phase',
    scenario: withoutFleets,
    says: /phase "baseline" lasts 10m, and needs 3 deadlines .* \(1s each\)/u,
  },
  { what: 'the load', scenario, says: /operations per second in less time would be a load of their own/u },
  {
    what: 'a wait',
    scenario: askedToWait('40s'),
    says: /fault "slow" lasts 10m, and asks for waits of 40s, of which 3/u,
  },
  { what: 'an expectation', scenario: recoversWithin(120_000), says: /allows 2m for recovers/u },
] as const)('too much for $what is a mistake, told with the most there can be', ({ scenario: given, says }) => {
  expect(() => inRealTime(given, desk('1s'), 1_000, module)).toThrow(says)
})

test.for([
  { scale: 1, within: '1s', everyMs: 60_000 },
  { scale: 20, within: '1s', everyMs: 3_000 },
  { scale: 120, within: '1s', everyMs: 1_000 },
  { scale: 3, within: '1m', everyMs: 60_000 },
] as const)(
  'at $scale with a deadline of $within its health is asked every $everyMs ms',
  ({ scale, within, everyMs }) => {
    expect(inRealTime(withoutFleets, desk(within), scale, module).healthEveryMs).toBe(everyMs)
  },
)

test('what ends processes needs a process', () => {
  const restarting = parseScenario(rich, 'rich.yaml', 'harsher')
  expect(() => inRealTime(restarting, desk('1s'), 1, module)).toThrow(/which is a module here/u)
  expect(inRealTime(restarting, desk('1s'), 1, program).scale).toBe(1)
})

test.for([
  [
    'client-pause',
    module,
    /^The fault "odd" freezes the process of the client, which is a module or a server here\.$/u,
  ],
  ['client-pause', program, undefined],
  ['client-pause', inContainer, undefined],
  ['network-cut', program, /^The fault "odd" takes the network away, and this client is in no container\.$/u],
  ['network-cut', servesInContainer, /takes the network away over which this client is asked\.$/u],
  ['network-cut', inContainer, undefined],
] as const)('%s of %j', ([kind, client, says]) => {
  const spec = { ...(scenario.faults[0] as FaultSpec), name: 'odd', kind: faultKinds.get(kind) as FaultKind }
  const odd: Scenario = { ...scenario, faults: [spec] }
  expect(wordsOf(() => inRealTime(odd, desk('1s'), 1, client))).toMatch(says ?? /^nothing$/u)
  expect(() => checkVirtual(odd, module)).toThrow(/^The fault "odd" /u)
  expect(() => checkVirtual(scenario, inContainer)).toThrow(/runs in real time, and this run is in virtual time\.$/u)
})

function wordsOf(work: () => unknown): string {
  try {
    work()
    return 'nothing'
  } catch (error) {
    return (error as Error).message
  }
}

test('what shuffles instants needs virtual time', () => {
  expect(() => inRealTime({ ...scenario, shuffled: true }, desk('1s'), 1, program)).toThrow(/needs virtual time/u)
})

test.for([
  ['{ kind: tls-failure, where: { workspace: ours }, with: { reason: expired }', /about some requests \(workspace\)/u],
  ['{ kind: tls-failure, where: { method: GET }, nth: 2, with: { reason: cut }', /\(method and nth\)/u],
] as const)('a handshake comes before any request, so this is a mistake: %s', ([fault, says]) => {
  expect(() => inRealTime(faulty(fault), desk('1s'), 1, program)).toThrow(says)
})

test('a handshake with all of a fleet is one that can be broken', () => {
  const broken = faulty('{ kind: tls-failure, where: { region: au }, with: { reason: expired }')
  expect(inRealTime(broken, desk('1s'), 1, program).scale).toBe(1)
})
