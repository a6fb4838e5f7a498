// The laws that every kind of fault obeys. A new kind adds a row of samples; the first test fails until it does.

import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { createPrng } from '#random/prng.ts'
import { faultKinds, kindNames } from './catalog.ts'
import type { ExchangeView, FaultKind } from './fault.ts'
import { createPlan, type FaultPlan } from './plan.ts'
import { specProblem } from './problem.ts'
import type { FaultSpec } from './spec.ts'

/** What a scenario may write under `with:`, and what it may not. */
const samples: Readonly<Record<string, { readonly good: readonly unknown[]; readonly bad: readonly unknown[] }>> = {
  'capacity-loss': { good: [{}], bad: [{ share: '25%' }] },
  'connection-refused': {
    good: [{}, { code: 'ECONNREFUSED' }, { code: 'ENOTFOUND' }, { code: 'UND_ERR_CONNECT_TIMEOUT' }],
    bad: [{ code: 'ECONNRESET' }, { phase: 'body' }],
  },
  'connection-reset': {
    good: [{}, { phase: 'headers' }, { phase: 'body', code: 'UND_ERR_SOCKET' }],
    bad: [{ phase: 'connect' }, { code: 'ECONNREFUSED' }],
  },
  'crash-loop': {
    good: [{ coldRequests: '1/s', restart: '20s' }],
    bad: [{}, { coldRequests: 1, restart: '20s' }, { coldRequests: '1/s', restart: '20' }, { coldRequests: '1/s' }],
  },
  demand: { good: [{ requests: '120/s' }], bad: [{}, { requests: '120' }, { requests: 120 }] },
  hang: { good: [{}, { phase: 'headers' }, { phase: 'body' }], bad: [{ phase: 'connect' }, { fase: 'body' }] },
  latency: {
    good: [{ delay: '2s' }, { delay: '2s', jitter: '500ms' }, { delay: { median: '300ms', p99: '4s' } }],
    bad: [{}, { delay: 2 }, { delay: '2' }, { delay: { median: '300ms' } }, { delay: '2s', jiter: '1s' }],
  },
  status: {
    good: [
      { code: 503 },
      { code: 504, body: 'html' },
      { code: 204, body: 'empty' },
      { code: 429, retryAfter: '30' },
      { code: 200, body: { text: 'not json', type: 'application/json' } },
    ],
    bad: [{}, { code: 100 }, { code: 503, body: 'htlm' }, { code: '503' }, { code: 429, retryAfter: 30 }],
  },
}

test('every kind has samples, and every sample a kind', () => {
  expect(Object.keys(samples).toSorted()).toEqual(kindNames.toSorted())
})

const window = { from: 60_000, until: 120_000 }
const seed = createPrng('laws')

function specOf(kind: FaultKind, params: unknown, fields: Partial<FaultSpec> = {}): FaultSpec {
  return {
    name: 'sample',
    kind,
    where: {},
    ...window,
    shape: { kind: 'constant' },
    share: 1,
    effect: 'none',
    params,
    ...fields,
  }
}

const exchanges: readonly ExchangeView[] = Array.from({ length: 200 }, (_, index) => ({
  exchange: index,
  operation: index % 10 === 9 ? null : Math.floor(index / 2),
  instance: 0,
  nth: (index % 2) + 1,
  method: index % 3 === 0 ? 'POST' : 'GET',
  route: '/contacts/{id}',
  host: 'api.au.intercom.io',
  region: 'au',
  product: 'rest',
  fleet: 'au-rest',
  workspace: 'ours',
  shard: 'a',
  tokenGeneration: 0,
  customer: null,
}))

/** Everything a plan says at one moment, as comparable data. */
function answers(plan: FaultPlan, at: number, random = seed): readonly unknown[] {
  const decisions = exchanges.map((exchange) => plan.decide(exchange, at, random))
  return [...decisions, plan.conditions('au-rest', at)].filter((answer) => answer.length > 0)
}

const cases = kindNames.flatMap((name) => {
  const kind = faultKinds.get(name)
  return kind === undefined ? [] : [{ name, kind, ...(samples[name] ?? { good: [], bad: [] }) }]
})
const forms = cases.flatMap(({ name, kind, good }) =>
  good.map((input) => ({ name, input, kind, params: kind.schema.parse(input) })),
)
const moments = [0, 59_999, 60_000, 60_001, 90_000, 119_999, 120_000, 500_000]

describe.for(forms)('$name with $input', ({ input, kind, params }) => {
  const everything = kind.acts === 'decides' ? exchanges.length : 1

  test('the same seed gives the same answers, twice and from another plan', () => {
    for (const share of [1, 0.5]) {
      const plan = createPlan([specOf(kind, params, { share })])
      const first = answers(plan, 90_000, createPrng('one'))
      expect(answers(plan, 90_000, createPrng('one'))).toEqual(first)
      expect(answers(createPlan([specOf(kind, params, { share })]), 90_000, createPrng('one'))).toEqual(first)
    }
  })

  test('a share of 0 never fires', () => {
    const plan = createPlan([specOf(kind, params, { share: 0 })])
    expect(moments.flatMap((at) => answers(plan, at))).toEqual([])
  })

  test('a share of 1 always fires inside the window and never outside', () => {
    const plan = createPlan([specOf(kind, params)])
    const counts = moments.map((at) => answers(plan, at).length)
    expect(counts).toEqual([0, 0, everything, everything, everything, everything, 0, 0])
  })

  test('the start of a ramp and the pause of a square wave do nothing', () => {
    const ramp = createPlan([specOf(kind, params, { shape: { kind: 'ramp', overMs: 30_000 } })])
    expect(answers(ramp, 60_000)).toEqual([])
    expect(answers(ramp, 90_000)).toHaveLength(everything)
    const square = createPlan([specOf(kind, params, { shape: { kind: 'square', periodMs: 10_000, on: 0.5 } })])
    expect(answers(square, 74_999)).toHaveLength(everything)
    expect(answers(square, 75_000)).toEqual([])
  })

  test('what does not match is left untouched', () => {
    const plan = createPlan([specOf(kind, params, { where: { region: 'us' } })])
    expect(moments.flatMap((at) => answers(plan, at))).toEqual([])
  })

  test('it either decides or imposes, and can at least have no effect', () => {
    expect([kind.decide !== undefined, kind.impose !== undefined]).toEqual(
      kind.acts === 'decides' ? [true, false] : [false, true],
    )
    expect(specProblem(specOf(kind, params))).toBeUndefined()
  })

  test('a decision has the effect of the fault', () => {
    const effects = (['none', 'committed'] as const).filter(
      (effect) => specProblem(specOf(kind, params, { effect })) === undefined,
    )
    for (const effect of effects) {
      const hits = createPlan([specOf(kind, params, { effect })]).decide(exchanges[0] as ExchangeView, 90_000, seed)
      const told = hits.map(({ decision }) => ('effect' in decision ? decision.effect : effect))
      expect(told).toEqual(hits.map(() => effect))
    }
  })

  test('it is explained in sentences, from the parameters alone', () => {
    const words = kind.explain(params)
    expect(words).toMatch(/^[A-Z][^\n]*[.]$/u)
    expect(words).not.toMatch(/undefined|NaN|\[object|Infinity/u)
    expect(kind.explain(kind.schema.parse(input))).toBe(words)
  })

  test('parameters are plain data, which crosses processes', () => {
    expect(structuredClone(params)).toEqual(params)
    expect(JSON.parse(JSON.stringify(params))).toEqual(params)
  })
})

describe.for(cases)('the JSON Schema of $name', ({ kind, good, bad }) => {
  const published = z.toJSONSchema(kind.schema, { io: 'input' })
  const reread = z.fromJSONSchema(published as Parameters<typeof z.fromJSONSchema>[0])

  test('accepts what the parser accepts and refuses what it refuses', () => {
    expect(good.filter((input) => !kind.schema.safeParse(input).success)).toEqual([])
    expect(good.filter((input) => !reread.safeParse(input).success)).toEqual([])
    expect(bad.filter((input) => kind.schema.safeParse(input).success)).toEqual([])
    expect(bad.filter((input) => reread.safeParse(input).success)).toEqual([])
  })

  test('is closed and describes every parameter', () => {
    expect(published).toMatchObject({ type: 'object', additionalProperties: false })
    const properties = Object.values(published.properties ?? {})
    expect(properties.filter((property) => typeof property !== 'object' || !property.description)).toEqual([])
  })
})
