import { expect, test } from 'vitest'
import { methodRejection } from './method-rejection.ts'
import { complaint, decisionOf } from './test-asking.ts'

const post = { method: 'POST' }
const ofGraph = { ...post, product: 'graph', route: '/{media}' }

test('only the methods given are rejected', () => {
  expect(decisionOf(methodRejection, {}, { method: 'GET' })).toEqual({ kind: 'pass' })
  expect(decisionOf(methodRejection, {}, post)).toMatchObject({ kind: 'respond', status: 405, effect: 'none' })
  expect(decisionOf(methodRejection, { methods: ['GET'] }, { method: 'get' })).toMatchObject({ status: 405 })
})

test('a write that is rejected was never done', () => {
  expect(methodRejection.effects?.(methodRejection.schema.parse({}))).toEqual(['none'])
})

test('each exchange reaches a server of its own, and some of them reject', () => {
  const seeds = Array.from({ length: 4_000 }, (_, index) => `exchange ${index}`)
  const rejected = seeds.filter(
    (seed) => decisionOf(methodRejection, { servers: 8, rejecting: 3 }, post, { seed }).kind === 'respond',
  )
  expect(rejected.length / seeds.length).toBeCloseTo(3 / 8, 1)
})

test('a server that rejects goes on rejecting when more of them do', () => {
  const seeds = Array.from({ length: 200 }, (_, index) => `exchange ${index}`)
  const rejectedBy = (rejecting: number) =>
    seeds.filter((seed) => decisionOf(methodRejection, { servers: 8, rejecting }, post, { seed }).kind === 'respond')
  const more = new Set(rejectedBy(5))
  expect(rejectedBy(2).filter((seed) => !more.has(seed))).toEqual([])
})

test('the Graph API answers in its own shape', () => {
  const decision = decisionOf(methodRejection, {}, ofGraph)
  expect(decision).toMatchObject({
    headers: [
      ['content-type', expect.any(String)],
      ['allow', 'GET, DELETE'],
    ],
  })
  const { error } = JSON.parse('body' in decision ? String(decision.body) : '') as { error: object }
  expect(error).toMatchObject({
    type: 'GraphMethodException',
    code: 100,
    fbtrace_id: expect.stringMatching(/^A\w{11}$/u),
  })
})

test('Intercom answers in its own shape', () => {
  const decision = decisionOf(methodRejection, {}, post)
  expect(JSON.parse('body' in decision ? String(decision.body) : '')).toMatchObject({
    type: 'error.list',
    errors: [{ code: 'action_forbidden' }],
  })
})

test.for([
  [{ servers: 2, rejecting: 3 }, 'more servers reject than there are'],
  [{ servers: 1_001 }, 'write how many servers there are, a whole number from 1 to 1000'],
  [{ methods: ['post'] }, 'write methods in capitals, such as "POST"'],
  [{ methods: [] }, 'without a method nothing is rejected'],
] as const)('refuses %j', ([input, words]) => {
  expect(complaint(methodRejection, input)).toBe(words)
})

test.for([
  [{}, 'The service answers POST requests with 405 Method Not Allowed.'],
  [
    { methods: ['POST', 'GET'], servers: 8, rejecting: 3 },
    '3 of 8 upstream servers answer POST and GET requests with 405 Method Not Allowed.',
  ],
] as const)('explains %j', ([input, words]) => {
  expect(methodRejection.explain(methodRejection.schema.parse(input))).toBe(words)
})
