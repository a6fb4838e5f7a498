import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Header } from '#history/header.ts'
import type { Verdict } from './verdict.ts'
import { createStory, type End, type Story } from '../../test/history-builder.ts'
import { checkLaws, promises } from '../../test/judging.ts'
import type { ArmingJudgement } from './arming.ts'
import { oracles } from './catalog.ts'
import { defineOracle } from './oracle.ts'
import { judge, judgeSafely, outcomeOf, resolveThresholds, settingsFor } from './panel.ts'

const armed: ArmingJudgement = { armed: true, faultHits: 1, unanswered: true, detail: '' }
const unarmed: ArmingJudgement = { ...armed, armed: false, detail: 'The incident did not happen.' }

const threshold = resolveThresholds('default', [])[0]
const measure = { armed: 1, observed: 0, margin: 0, unit: 'count' as const, threshold: threshold! }
const who = (required: boolean, oracle: string) => ({ oracle, family: 'safety' as const, required, hint: '' })
const pass = (required = false): Verdict => ({ verdict: 'pass', ...measure, ...who(required, 'p') })
const fail: Verdict = { verdict: 'fail', ...measure, witness: [0], violations: 1, sentence: 'x.', ...who(false, 'f') }
const error: Verdict = { verdict: 'error', message: 'x', ...who(false, 'e') }
const unproven = (required: boolean): Verdict => ({
  verdict: 'inconclusive',
  armed: 0,
  reason: 'not-armed',
  detail: 'Nothing.',
  ...who(required, 'i'),
})
const absent = (required: boolean): Verdict => ({ verdict: 'not-applicable', needs: 'x', ...who(required, 'n') })

test.for<[string, Verdict[], ArmingJudgement, string]>([
  ['a pass beside what was not armed', [pass(), unproven(false), absent(false)], armed, 'pass'],
  ['a failure stands whatever else is unknown', [pass(), fail, error, unproven(true)], unarmed, 'fail'],
  ['an oracle that threw', [pass(), error, unproven(true)], armed, 'error'],
  ['the incident did not happen', [pass()], unarmed, 'inconclusive'],
  ['a required oracle was not armed', [pass(), unproven(true)], armed, 'inconclusive'],
  ['an operation that is not offered is not required', [pass(), absent(true)], armed, 'pass'],
  ['no oracle had anything to judge', [unproven(false), absent(false)], armed, 'inconclusive'],
  ['no oracle at all', [], armed, 'inconclusive'],
])('%s', ([, verdicts, arming, outcome]) => {
  const judged = outcomeOf(verdicts, arming)
  expect(judged.outcome).toBe(outcome)
  expect(judged.because).toMatch(/^[A-Z\d].*\.$/u)
})

test.for<[string, Verdict[]]>([
  ['1 of 2 oracles failed: f.', [pass(), fail, unproven(false)]],
  ['2 of 2 oracles failed: f, f.', [fail, fail]],
  ['1 of 1 oracle failed: f.', [fail, absent(false)]],
  ['All 2 oracles that had enough to judge passed.', [pass(), pass()]],
  ['The one oracle that had enough to judge passed; 1 had too little.', [unproven(false), pass(), absent(false)]],
])('%s', ([because, verdicts]) => {
  expect(outcomeOf(verdicts, armed).because).toBe(because)
})

test('an oracle that throws never passes', () => {
  const broken = defineOracle({
    name: 'broken',
    family: 'safety',
    verified: '',
    notVerified: '',
    hint: '',
    params: {},
    selectors: {},
    judge: () => {
      throw new Error('of all things')
    },
  })
  expect(judgeSafely(broken, createStory().history())).toEqual({
    verdict: 'error',
    message: 'The oracle broken failed: of all things',
  })
})

test('numbers come from the header, else from the profile; texts from what is expected', () => {
  const expected = [{ oracle: 'recovers', settings: { within: 7, after: 'onset' } }]
  const oracle = oracles.get('recovers')!
  const { header } = createStory({ expect: expected, profile: 'strict' }).history()
  expect(settingsFor(oracle, header)).toMatchObject({ number: { within: 7, drop: 0 }, text: { after: 'onset' } })
  expect(settingsFor(oracle, { ...header, thresholds: [] }).number['within']).toBe(120_000)
})

test('every number of every oracle is resolved with its origin', () => {
  const thresholds = resolveThresholds('lenient', [{ oracle: 'unaffected', settings: { load: 'x', success: 0.5 } }])
  const expected = Array.from(oracles.values()).flatMap(({ name, params }) =>
    Object.keys(params).map((key) => `${name} ${key}`),
  )
  expect(thresholds.map(({ oracle, name }) => `${oracle} ${name}`)).toEqual(expected)
  expect(thresholds.find(({ name }) => name === 'success')).toMatchObject({
    value: 0.5,
    source: 'scenario',
    unit: 'share',
    bound: 'at-least',
  })
  expect(thresholds.find(({ name }) => name === 'attempts')).toMatchObject({
    value: 10,
    source: 'profile',
    bound: 'at-most',
  })
})

test.for<[string, Record<string, number>]>([
  ['no-such-oracle', {}],
  ['recovers', { withni: 1 }],
])('a setting that no oracle has is refused: %s', ([oracle, settings]) => {
  expect(() => resolveThresholds('default', [{ oracle, settings }])).toThrow(/There is no oracle|has no setting/u)
})

test('each oracle says who it is', () => {
  for (const [name, oracle] of oracles) {
    expect(oracle.name).toBe(name)
    expect(oracle.hint).toMatch(/^[A-Z][^.!]*\.$|^[A-Z].*\.$/u)
    expect(oracle.verified).toMatch(/\.$/u)
    expect(oracle.notVerified).toMatch(/\.$/u)
    for (const { defaults, cite } of Object.values(oracle.params)) {
      expect(cite.length).toBeGreaterThan(10)
      expect(Object.values(defaults).every(Number.isFinite)).toBe(true)
    }
  }
})

const end = fc.oneof(
  fc.constantFrom<End>(200, 401, 404, 409, 422, 429, 500, 503, 'ECONNRESET', 'ECONNREFUSED', 'abort', 'never'),
)
const attempt = fc.record({
  after: fc.nat(5_000),
  took: fc.nat(20_000),
  ends: end,
  certain: fc.boolean(),
  commits: fc.boolean(),
})
const operation = fc.record({
  at: fc.nat(3_600_000),
  read: fc.boolean(),
  entity: fc.nat(3),
  attempts: fc.array(attempt, { maxLength: 8 }),
  took: fc.nat(30_000),
  cancelAfter: fc.option(fc.nat(10_000)),
  ends: fc.constantFrom('fresh', 'stale', 'queued', 'fallback', 'dropped', 'error', 'unsettled', 'crashed', 'none'),
})

function tellAnything(
  story: Story,
  asked: readonly (typeof operation extends fc.Arbitrary<infer T> ? T : never)[],
): void {
  for (const { at, read, entity: number, attempts, took, cancelAfter, ends } of asked) {
    const entity = `${read ? 'contact' : 'conversation'}:${number}`
    const facts = read ? { at, entity } : { at, entity, key: `key-${number}` }
    const id = story.ask(read ? 'contact.read' : 'conversation.reply', facts)
    for (const { after, commits, ends: how, ...more } of attempts)
      story.attempt(id, {
        ...more,
        at: at + after,
        ends: how,
        ...(how === 200 && { contains: { [entity]: 1 } }),
        ...(commits && !read && { commits: { entity, key: `key-${number}` } }),
      })
    if (cancelAfter !== null && cancelAfter < took) story.cancel(id, { at: at + cancelAfter })
    const settledAt = at + took
    if (ends === 'error') story.error(id, { at: settledAt })
    else if (ends === 'unsettled' || ends === 'crashed') story.unknown(id, { at: settledAt, reason: ends })
    else if (ends !== 'none')
      story.ok(id, {
        at: settledAt,
        result: ends,
        ...(ends === 'stale' && { ageMs: took }),
        ...(read && { truth: { entity } }),
      })
  }
}

test('whatever happened, judging is pure, never throws, and proves its failures with events', () => {
  fc.assert(
    fc.property(
      fc.array(operation, { maxLength: 40 }),
      fc.constantFrom('strict', 'default', 'lenient'),
      (asked, profile) => {
        const expected = [{ oracle: 'unaffected', settings: { load: 'reads' } }]
        const tell = () => {
          const story = createStory({ promises, profile, expect: expected })
          tellAnything(story, asked)
          return story.history()
        }
        const history = tell()
        const verdicts = judge(history)
        expect(judge(history)).toEqual(verdicts)
        expect(judge(tell())).toEqual(verdicts)
        for (const verdict of verdicts) checkLaws(verdict, history)
      },
    ),
    { numRuns: 150 },
  )
})

test('an oracle that is expected twice judges twice, each time by its own numbers', () => {
  const expected = [
    { oracle: 'unaffected', settings: { load: 'reads', samples: 2 } },
    { oracle: 'unaffected', settings: { load: 'control', samples: 3 } },
  ]
  const story = createStory({ promises, expect: expected })
  for (const at of ['11m', '12m']) story.read({ at, load: 'reads' })
  for (const at of ['11m', '12m']) story.read({ at, load: 'control' })
  const verdicts = judge(story.history()).filter(({ oracle }) => oracle === 'unaffected')
  expect(verdicts.map(({ about, verdict, required }) => ({ about, verdict, required }))).toEqual([
    { about: 'reads', verdict: 'pass', required: true },
    { about: 'control', verdict: 'inconclusive', required: true },
  ])
  expect(outcomeOf(verdicts, armed).because).toContain('The scenario expects unaffected (control), which')
})

const nothingFinal = [{ oracle: 'permanent-not-retried', settings: {} }]
const fewReads = [{ oracle: 'unaffected', settings: { load: 'reads', samples: 9 } }]

test.for<[string, Partial<Header>, boolean]>([
  ['what the scenario expects', { expect: nothingFinal }, true],
  [
    'what an operation that is not offered may have armed',
    { expect: nothingFinal, notOffered: ['conversation.reply'] },
    false,
  ],
  ['what webhooks may have armed', { expect: nothingFinal, notOffered: ['webhook'] }, false],
  ['what lacks a health check only', { expect: nothingFinal, notOffered: ['health', 'action media.pause'] }, true],
  ['what is about a load that is offered', { expect: fewReads, notOffered: ['conversation.reply'] }, true],
  ['what a scenario without faults expects', { expect: nothingFinal, firstFaultAt: null }, true],
  [
    'what is expected of the incident, in its twin',
    { expect: nothingFinal, firstFaultAt: null, baseline: null },
    false,
  ],
  ['what had few samples there', { expect: fewReads, firstFaultAt: null, baseline: null }, false],
])('%s, and was not armed', ([, header, required]) => {
  const story = createStory({ promises, ...header })
  story.read({ at: '11m', load: 'reads' })
  const [expected] = header.expect ?? []
  const verdict = judge(story.history()).find(({ oracle }) => oracle === expected?.oracle)
  expect(verdict).toMatchObject({ verdict: 'inconclusive', required })
})

test('expectations of one oracle have thresholds of their own, and say where they are from', () => {
  const expected = [
    { oracle: 'recovers', settings: { after: 'onset', within: 7 } },
    { oracle: 'recovers', settings: { after: 'recovery', drop: 0.5 } },
  ]
  const oracle = oracles.get('recovers')!
  const { header } = createStory({ expect: expected }).history()
  expect(settingsFor(oracle, header, 0)).toMatchObject({ number: { within: 7, drop: 0.01 }, text: { after: 'onset' } })
  expect(settingsFor(oracle, header, 1)).toMatchObject({
    number: { within: 300_000, drop: 0.5 },
    text: { after: 'recovery' },
  })
  const cites = header.thresholds.filter(({ source }) => source === 'scenario').map(({ cite }) => cite)
  expect(cites).toEqual(['expect.recovers.0.within', 'expect.recovers.1.drop'])
})

test('expectations that name the same thing are told apart by their place', () => {
  const expected = [
    { oracle: 'recovers', settings: { within: 7 } },
    { oracle: 'recovers', settings: { within: 8 } },
  ]
  const verdicts = judge(createStory({ expect: expected }).history()).filter(({ oracle }) => oracle === 'recovers')
  expect(verdicts.map(({ about }) => about)).toEqual(['#1', '#2'])
})
