import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { createPrng } from '#random/prng.ts'
import { capacityLoss } from './capacity-loss.ts'
import { crashLoop } from './crash-loop.ts'
import { defineFault, type Decision, type ExchangeView, type FaultKind } from './fault.ts'
import { hang } from './hang.ts'
import { latency } from './latency.ts'
import { createPlan, type FaultPlan } from './plan.ts'
import type { FaultSpec } from './spec.ts'
import { status } from './status.ts'

const root = createPrng('plan')

function exchangeOf(fields: Partial<ExchangeView> = {}): ExchangeView {
  return {
    exchange: 0,
    operation: 0,
    instance: 0,
    nth: 1,
    method: 'GET',
    route: '/contacts/{id}',
    host: 'api.au.intercom.io',
    region: 'au',
    product: 'rest',
    fleet: 'au-rest',
    workspace: 'ours',
    shard: 'a',
    tokenGeneration: 0,
    customer: null,
    url: new URL('https://api.au.intercom.io/contacts/1'),
    body: '',
    ...fields,
  }
}

function specOf(kind: FaultKind, input: unknown, fields: Partial<FaultSpec> = {}): FaultSpec {
  return {
    name: kind.kind,
    kind,
    where: {},
    from: 1_000,
    until: 2_000,
    shape: { kind: 'constant' },
    share: 1,
    effect: 'none',
    params: kind.schema.parse(input),
    ...fields,
  }
}

const slow = specOf(latency, { delay: '100ms' })
const down = specOf(status, { code: 503 })

const rewrite = defineFault({
  kind: 'rewrite',
  schema: z.strictObject({}),
  acts: 'decides',
  shapes: 'share',
  explain: () => 'The answer is changed.',
  decide: (): Decision => ({ kind: 'rewrite', edit: (reply) => reply }),
})

test('a fault decides within [from, until) only', () => {
  const plan = createPlan([down])
  const hitsAt = (at: number) => plan.decide(exchangeOf(), at, root).length
  expect([999, 1_000, 1_999, 2_000].map(hitsAt)).toEqual([0, 1, 1, 0])
})

test('delays and rewrites are collected in the order of the file until a decision ends the exchange', () => {
  const plan = createPlan([
    slow,
    specOf(rewrite, {}),
    specOf(latency, { delay: '50ms' }, { name: 'slower' }),
    down,
    specOf(hang, {}, { name: 'never asked' }),
  ])
  const hits = plan.decide(exchangeOf(), 1_500, root)
  expect(hits.map(({ fault, decision }) => [fault, decision.kind])).toEqual([
    ['latency', 'delay'],
    ['rewrite', 'rewrite'],
    ['slower', 'delay'],
    ['status', 'respond'],
  ])
})

test('an exchange outside the scope is left alone', () => {
  const plan = createPlan([{ ...down, where: { region: 'us' } }])
  expect(plan.decide(exchangeOf(), 1_500, root)).toEqual([])
})

test('nth picks that exchange of each operation, and never background work', () => {
  const plan = createPlan([{ ...down, nth: 2 }])
  const hits = (fields: Partial<ExchangeView>) => plan.decide(exchangeOf(fields), 1_500, root).length
  expect(hits({ nth: 1 })).toBe(0)
  expect(hits({ nth: 2 })).toBe(1)
  expect(hits({ nth: 3 })).toBe(0)
  expect(hits({ operation: 9, nth: 2 })).toBe(1)
  expect(hits({ operation: null, nth: 2 })).toBe(0)
})

test('the effect of the spec reaches the decision', () => {
  const [hit] = createPlan([{ ...down, effect: 'committed' }]).decide(exchangeOf(), 1_500, root)
  expect(hit?.decision).toMatchObject({ kind: 'respond', effect: 'committed' })
})

test('a share hits that part of the exchanges', () => {
  const plan = createPlan([{ ...down, share: 0.25 }])
  const hits = operations(4_000).filter((exchange) => plan.decide(exchange, 1_500, root).length > 0).length
  expect(hits / 4_000).toBeGreaterThan(0.22)
  expect(hits / 4_000).toBeLessThan(0.28)
})

test('a ramp changes how many exchanges are hit where the kind shapes its share', () => {
  const plan = createPlan([{ ...down, shape: { kind: 'ramp', overMs: 1_000 } }])
  const hitsAt = (at: number) =>
    operations(2_000).filter((exchange) => plan.decide(exchange, at, root).length > 0).length
  expect(hitsAt(1_000)).toBe(0)
  expect(hitsAt(1_250) / 2_000).toBeCloseTo(0.25, 1)
  expect(hitsAt(1_750) / 2_000).toBeCloseTo(0.75, 1)
})

test('a ramp changes how hard each exchange is hit where the kind shapes its magnitude', () => {
  const plan = createPlan([{ ...slow, shape: { kind: 'ramp', overMs: 1_000 } }])
  const delayAt = (at: number) => plan.decide(exchangeOf(), at, root).map(({ decision }) => decision)
  expect(delayAt(1_000)).toEqual([])
  expect(delayAt(1_250)).toEqual([{ kind: 'delay', ms: 25 }])
  expect(delayAt(1_999)).toEqual([{ kind: 'delay', ms: 99.9 }])
})

test('a kind that shapes its share is asked at full force', () => {
  const asked: number[] = []
  const curious = defineFault({
    ...rewrite,
    kind: 'curious',
    decide: (_params, _exchange, _effect, force): Decision => {
      asked.push(force)
      return { kind: 'pass' }
    },
  })
  const plan = createPlan([specOf(curious, {}, { shape: { kind: 'ramp', overMs: 1_000 } })])
  expect(operations(100).flatMap((exchange) => plan.decide(exchange, 1_500, root))).toEqual([])
  expect(new Set(asked)).toEqual(new Set([1]))
})

test('which exchanges are hit says nothing about how', () => {
  const plan = createPlan([specOf(latency, { delay: '1s', jitter: '1s' }, { share: 0.3 })])
  const delays = operations(4_000).flatMap((exchange) =>
    plan.decide(exchange, 1_500, root).map(({ decision }) => (decision.kind === 'delay' ? decision.ms : Number.NaN)),
  )
  const mean = delays.reduce((sum, delay) => sum + delay, 0) / delays.length
  expect(Math.abs(mean - 1_000)).toBeLessThan(60)
})

test('lowering a share only takes hits away and changes nothing about the others', () => {
  fc.assert(
    fc.property(fc.double({ min: 0, max: 1, noNaN: true }), fc.double({ min: 0, max: 1, noNaN: true }), (a, b) => {
      const spec = specOf(latency, { delay: { median: '100ms', p99: '2s' } })
      const low = createPlan([{ ...spec, share: Math.min(a, b) }])
      const high = createPlan([{ ...spec, share: Math.max(a, b) }])
      const hitsOf = (plan: FaultPlan) => operations(20).map((exchange) => plan.decide(exchange, 1_500, root))
      const many = hitsOf(high)
      const kept = hitsOf(low).map((hits, index) => (hits.length === 0 ? many[index] : hits))
      expect(kept).toEqual(many)
    }),
  )
})

test('the answer does not depend on what was asked before, nor on the number of the exchange', () => {
  const plan = createPlan([{ ...down, share: 0.5 }])
  const ask = (exchange: ExchangeView) => plan.decide(exchange, 1_500, root)
  const forwards = operations(200).map(ask)
  const backwards = operations(200).toReversed().map(ask).toReversed()
  const renumbered = operations(200).map((exchange) => ask({ ...exchange, exchange: exchange.exchange + 1_000 }))
  expect(backwards).toEqual(forwards)
  expect(renumbered).toEqual(forwards)
})

test('an unrelated fault changes no decision of the others in 1000 exchanges', () => {
  const tail = specOf(latency, { delay: { median: '100ms', p99: '2s' } }, { share: 0.5 })
  const flaky = { ...down, share: 0.3 }
  const other = specOf(latency, { delay: '1s', jitter: '500ms' }, { name: 'other', share: 0.5 })
  const without = createPlan([tail, flaky])
  for (const order of [
    [other, tail, flaky],
    [tail, other, flaky],
  ]) {
    const withOther = createPlan(order)
    let disturbed = 0
    for (const exchange of operations(1_000)) {
      const hits = withOther.decide(exchange, 1_500, root)
      const kept = hits.filter(({ fault }) => fault !== 'other')
      if (kept.length < hits.length) disturbed += 1
      expect(kept).toEqual(without.decide(exchange, 1_500, root))
    }
    expect(disturbed).toBeGreaterThan(400)
  }
})

test('two faults of one kind, two operations and two background instances draw apart', () => {
  const plan = createPlan([
    { ...down, name: 'a', share: 0.5 },
    { ...down, name: 'b', share: 0.5 },
  ])
  const firedBy = (exchanges: readonly ExchangeView[]) =>
    exchanges.map((exchange) => plan.decide(exchange, 1_500, root)[0]?.fault ?? '-').join('')
  const nths = Array.from({ length: 40 }, (_, index) => index + 1)
  const patterns = [
    firedBy(nths.map((nth) => exchangeOf({ operation: 1, nth }))),
    firedBy(nths.map((nth) => exchangeOf({ operation: 2, nth }))),
    firedBy(nths.map((nth) => exchangeOf({ operation: null, instance: 0, nth }))),
    firedBy(nths.map((nth) => exchangeOf({ operation: null, instance: 1, nth }))),
  ]
  expect(new Set(patterns).size).toBe(4)
  expect(new Set(patterns.join(''))).toEqual(new Set(['a', 'b', '-']))
})

test('conditions apply to the fleets in scope while the fault is on', () => {
  const loop = specOf(crashLoop, { coldRequests: '2/s', restart: '20s' }, { where: { region: 'au' } })
  const plan = createPlan([
    { ...loop, shape: { kind: 'ramp', overMs: 1_000 } },
    specOf(capacityLoss, {}, { where: { fleet: 'au-rest' }, share: 0.25, from: 1_500 }),
  ])
  expect(plan.conditions('au-rest', 999)).toEqual([])
  expect(plan.conditions('au-rest', 1_250)).toEqual([
    { fault: 'crash-loop', condition: { kind: 'deadly-demand', perSecond: 0.5, restartMs: 20_000 } },
  ])
  expect(plan.conditions('au-rest', 1_500).map(({ condition }) => condition)).toEqual([
    { kind: 'deadly-demand', perSecond: 1, restartMs: 20_000 },
    { kind: 'workers-lost', share: 0.25 },
  ])
  expect(plan.conditions('au-messenger', 1_500)).toHaveLength(1)
  expect(plan.conditions('us-rest', 1_500)).toEqual([])
  expect(plan.conditions('au-rest', 2_000)).toEqual([])
})

test('edges come in order of time, and a lift before a start of the same moment', () => {
  const plan = createPlan([
    { ...down, name: 'tail', from: 2_000, until: 2_500 },
    { ...down, name: 'loop', from: 1_000, until: 2_000 },
  ])
  expect(plan.edges).toEqual([
    { at: 1_000, kind: 'fault.started', fault: 'loop' },
    { at: 2_000, kind: 'fault.lifted', fault: 'loop' },
    { at: 2_000, kind: 'fault.started', fault: 'tail' },
    { at: 2_500, kind: 'fault.lifted', fault: 'tail' },
  ])
})

test('a plan without faults decides nothing', () => {
  const plan = createPlan([])
  expect(plan.decide(exchangeOf(), 0, root)).toEqual([])
  expect(plan.conditions('au-rest', 0)).toEqual([])
  expect(plan.workspaceConditions({ name: 'ours', region: 'au', shard: 'a' }, 0)).toEqual([])
  expect(plan.clientConditions(0)).toEqual([])
  expect(plan.edges).toEqual([])
})

test('two faults of one name, or one without a window, are refused', () => {
  expect(() => createPlan([down, down])).toThrow('same name')
  expect(() => createPlan([{ ...down, until: down.from }])).toThrow('no window')
})

function operations(count: number): readonly ExchangeView[] {
  return Array.from({ length: count }, (_, index) => exchangeOf({ exchange: index, operation: index }))
}
