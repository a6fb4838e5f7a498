// The laws that every kind of fault obeys. A new kind adds a row of samples; the first test fails until it does.

import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { usualLimitHeaders } from '#history/limit-headers.ts'
import { createPrng } from '#random/prng.ts'
import { faultKinds, kindNames } from './catalog.ts'
import type { ExchangeView, FaultKind, FaultReply, NotificationView } from './fault.ts'
import { createPlan, type FaultPlan, type Hit } from './plan.ts'
import { possibleEffects, specProblem } from './problem.ts'
import type { FaultSpec, Shape } from './spec.ts'
import { samples } from './test-samples.ts'

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
    effect: possibleEffects(kind, params)[0] ?? 'none',
    params,
    ...fields,
  }
}

function exchangesLike(about: Partial<ExchangeView> = {}): readonly ExchangeView[] {
  return Array.from({ length: 200 }, (_, index) => ({
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
    url: new URL('https://api.au.intercom.io/contacts/1'),
    body: '',
    ...about,
  }))
}

const notifications: readonly NotificationView[] = Array.from({ length: 200 }, (_, index) => ({
  notification: `notif_${index}`,
  topic: 'conversation.user.replied',
  workspace: 'ours',
  region: 'au',
  shard: 'a',
  nth: index + 1,
}))

const place = { name: 'ours', region: 'au', shard: 'a' }

/** Everything a plan says at one moment, as comparable data. */
function answers(plan: FaultPlan, at: number, about?: Partial<ExchangeView>, random = seed): readonly unknown[] {
  return everyAnswer(plan, at, about, random).filter((answer) => answer.length > 0)
}

/** Functions are compared by what they do. */
function everyAnswer(plan: FaultPlan, at: number, about: Partial<ExchangeView> = {}, random = seed) {
  return [
    ...exchangesLike(about).map((exchange) => plan.decide(exchange, at, random).map(shown)),
    ...notifications.map((notification) => plan.disturb(notification, at, random)),
    plan.conditions('au-rest', at),
    plan.workspaceConditions(place, at),
    plan.clientConditions(at),
    plan.cacheConditions(at),
  ]
}

const reply: FaultReply = {
  status: 200,
  headers: [
    ['x-ratelimit-remaining', '7'],
    ['x-ratelimit-reset', '1000'],
  ],
  body: '{"type":"list","data":[],"pages":{"type":"pages","per_page":20}}',
}

function shown({ fault, decision }: Hit): unknown {
  const became =
    decision.kind === 'rewrite'
      ? [reply, { ...reply, status: 429 }].map((one) => decision.edit(one, 0, usualLimitHeaders))
      : []
  return { fault, decision: { ...decision, edit: became } }
}

const cases = kindNames.flatMap((name) => {
  const kind = faultKinds.get(name)
  return kind === undefined ? [] : [{ name, kind, ...(samples[name] ?? { good: [], bad: [] }) }]
})
const forms = cases.flatMap(({ name, kind, good, about, partial = [] }) =>
  [...good, ...partial].map((input) => ({
    name,
    input,
    kind,
    about,
    params: kind.schema.parse(input),
    isPartial: partial.includes(input),
  })),
)
const moments = [0, 59_999, 60_000, 60_001, 90_000, 119_999, 120_000, 500_000]

describe.for(forms)('$name with $input', ({ input, kind, params, about, isPartial }) => {
  const everything = kind.acts === 'imposes' ? 1 : 200
  /** A form that picks exchanges by itself hits some of them, always the same ones. */
  const expected = isPartial ? answers(createPlan([specOf(kind, params)]), 90_000, about).length : everything

  test('the same seed gives the same answers, twice and from another plan', () => {
    for (const share of [1, 0.5]) {
      const plan = createPlan([specOf(kind, params, { share })])
      const first = answers(plan, 90_000, about, createPrng('one'))
      expect(answers(plan, 90_000, about, createPrng('one'))).toEqual(first)
      const another = createPlan([specOf(kind, params, { share })])
      expect(answers(another, 90_000, about, createPrng('one'))).toEqual(first)
    }
  })

  test('a share of 0 never fires', () => {
    const plan = createPlan([specOf(kind, params, { share: 0 })])
    expect(moments.flatMap((at) => answers(plan, at, about))).toEqual([])
  })

  test('a share of 1 always fires inside the window and never outside', () => {
    expect(expected).toBeGreaterThan(0)
    const plan = createPlan([specOf(kind, params)])
    const counts = moments.map((at) => answers(plan, at, about).length)
    expect(counts).toEqual([0, 0, expected, expected, expected, expected, 0, 0])
  })

  // A condition is on or off; how hard it is felt is its own test's business.
  test.skipIf(kind.acts === 'imposes')('a lower share only takes hits away, and changes none that stays', () => {
    const [some, more] = [0.3, 0.7].map((share) =>
      everyAnswer(createPlan([specOf(kind, params, { share })]), 90_000, about),
    )
    const kept = some?.map((answer, index) => (answer.length === 0 ? [] : more?.[index]))
    expect(some).toEqual(kept)
    expect(some).not.toEqual(more)
  })

  test('the start of a ramp and the pauses of a shape do nothing', () => {
    const counts = (shape: Shape, at: number): number =>
      answers(createPlan([specOf(kind, params, { shape })]), at, about).length
    expect(counts({ kind: 'ramp', overMs: 30_000 }, 60_000)).toBe(0)
    expect(counts({ kind: 'ramp', overMs: 30_000 }, 90_000)).toBe(expected)
    const pauses: readonly Shape[] = [
      { kind: 'square', periodMs: 10_000, on: 0.5 },
      { kind: 'false-recovery', quietFromMs: 15_000, quietUntilMs: 20_000 },
      { kind: 'relapse', firstMs: 15_000, againMs: 20_000 },
    ]
    for (const shape of pauses) {
      expect(counts(shape, 74_999)).toBe(expected)
      expect(counts(shape, 75_000)).toBe(0)
      expect(counts(shape, 80_000)).toBe(expected)
    }
  })

  test('what does not match is left untouched', () => {
    const elsewhere = createPlan([specOf(kind, params, { where: { region: 'us' } })])
    // There is one client with one cache only, and they are nowhere.
    const hits =
      kind.on === 'client' || kind.on === 'cache'
        ? moments.map(() => [])
        : moments.map((at) => answers(elsewhere, at, about))
    expect(hits.flat()).toEqual([])
  })

  test('it does one of three things, and makes sense with nothing but its parameters', () => {
    const deeds = { decides: kind.decide, imposes: kind.impose, disturbs: kind.disturb }
    expect(Object.entries(deeds).flatMap(([name, deed]) => (deed ? name : []))).toEqual([kind.acts])
    expect(specProblem(specOf(kind, params))).toBeUndefined()
  })

  test('a decision has the effect of the fault', () => {
    const [exchange] = exchangesLike(about)
    for (const effect of possibleEffects(kind, params)) {
      const hits = createPlan([specOf(kind, params, { effect })]).decide(exchange as ExchangeView, 90_000, seed)
      const told = hits.map(({ decision }) => ('effect' in decision ? decision.effect : effect))
      expect(told).toEqual(hits.map(() => effect))
    }
  })

  test('it is explained in sentences, from the parameters alone', () => {
    const words = kind.explain(params)
    expect(words).toMatch(/^[A-Z0-9][^\n]*[.]$/u)
    expect(words).not.toMatch(/undefined|NaN|\[object|Infinity/u)
    expect(kind.explain(kind.schema.parse(input))).toBe(words)
  })

  test('parameters are plain data, which crosses processes', () => {
    expect(structuredClone(params)).toEqual(params)
    expect(JSON.parse(JSON.stringify(params))).toEqual(params)
  })
})

test('a fault whose edit has nothing to change returns the very same reply', () => {
  const untouched = { status: 404, headers: [], body: null }
  const edits = forms.flatMap(({ name, kind, params, about }) => {
    const [hit] = createPlan([specOf(kind, params)]).decide(exchangesLike(about)[0] as ExchangeView, 90_000, seed)
    return hit?.decision.kind === 'rewrite'
      ? [[name, hit.decision.edit(untouched, 0, usualLimitHeaders) === untouched]]
      : []
  })
  expect(edits.length).toBeGreaterThan(10)
  expect(edits.filter(([, same]) => same !== true)).toEqual([])
})

describe.for(cases)('the JSON Schema of $name', ({ kind, good, partial = [], bad }) => {
  const published = z.toJSONSchema(kind.schema, { io: 'input' })
  const reread = z.fromJSONSchema(published as Parameters<typeof z.fromJSONSchema>[0])

  test('accepts what the parser accepts and refuses what it refuses', () => {
    const right = [...good, ...partial]
    expect(right.filter((input) => !kind.schema.safeParse(input).success)).toEqual([])
    expect(right.filter((input) => !reread.safeParse(input).success)).toEqual([])
    expect(bad.filter((input) => kind.schema.safeParse(input).success)).toEqual([])
    expect(bad.filter((input) => reread.safeParse(input).success)).toEqual([])
  })

  test('is closed and describes every parameter', () => {
    expect(published).toMatchObject({ type: 'object', additionalProperties: false })
    const properties = Object.values(published.properties ?? {})
    expect(properties.filter((property) => typeof property !== 'object' || !property.description)).toEqual([])
  })
})
