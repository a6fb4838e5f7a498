// A recorded history judged again: what of it is kept, what is resolved anew, and what cannot be judged.

import { expect, test } from 'vitest'
import { encodeHistory } from '#history/codec.ts'
import type { Header } from '#history/header.ts'
import { resolveThresholds } from '#oracle/panel.ts'
import { readHistory } from '#history/read-history.ts'
import { outcomeOf } from '#report/outcome.ts'
import { createHeader, createStory } from '../../test/history-builder.ts'
import { promises } from '../../test/judging.ts'
import { rejudge, type Rejudging } from './rejudge.ts'
import type { RunResult } from './run-result.ts'

type JudgedResult = Extract<RunResult, { kind: 'judged' }>

/** One read that goes through three attempts, and is recorded, read and judged as `judge` does it. */
function judgeAgain(
  header: Partial<Header>,
  rejudging: Partial<Rejudging> = {},
  edit: (text: string) => string = (text) => text,
): JudgedResult {
  const story = createStory({ promises, ...header })
  const read = story.ask('contact.read', { at: '20m', entity: 'contact:1' })
  for (const second of [0, 1, 3]) story.attempt(read, { at: 20 * 60_000 + second * 1_000, ends: 503 })
  story.error(read, { at: '20m4s' })
  const text = edit(encodeHistory(story.history()))
  const result = rejudge(readHistory(text, 'h.ndjson'), text, 'h.ndjson', { overrides: [], ...rejudging })
  if (result.kind !== 'judged') throw new Error(`It ended ${result.kind}.`)
  return result
}

const attempts = ({ verdicts }: JudgedResult) => verdicts.find(({ oracle }) => oracle === 'bounded-attempts')
const set = (value: number) => ({ oracle: 'bounded-attempts', name: 'attempts', value, cite: '--set x' })

test('by the same thresholds it says the same', () => {
  const result = judgeAgain({})
  expect(attempts(result)).toMatchObject({ verdict: 'pass', observed: 3, threshold: { source: 'profile' } })
  expect(result).toMatchObject({ scenario: 'story', client: 'subject', seed: '1', rejudged: { changedThresholds: 0 } })
  expect(result.historySha256).toMatch(/^[0-9a-f]{64}$/u)
})

test('a threshold that is set wins, and says so', () => {
  const result = judgeAgain({}, { overrides: [set(2)] })
  const threshold = { value: 2, source: 'config', cite: '--set x' }
  expect(attempts(result)).toMatchObject({ verdict: 'fail', observed: 3, threshold })
  expect(result.outcome).toBe('fail')
  expect(result.rejudged).toEqual({ changedThresholds: 1 })
})

test('what was replayed in real time is judged by divided thresholds once more', () => {
  const real = { scale: 30, floorMs: 3_000 }
  const expected = [{ oracle: 'recovers', settings: { within: 90_000 } }]
  const thresholds = resolveThresholds('default', expected, [], real)
  const header = { transport: 'loopback', scale: 30, expect: expected, thresholds } as const
  const result = judgeAgain({ ...header, floorMs: 3_000 })
  expect(result.rejudged).toEqual({ changedThresholds: 0 })
  const within = result.header.thresholds.find(({ oracle, name }) => oracle === 'recovers' && name === 'within')
  expect(within?.value).toBe(3_000)
  // Of old, the floor was not written down.
  expect(judgeAgain(header).rejudged?.changedThresholds).toBeGreaterThan(0)
})

test('the profile is the recorded one, unless another is asked for', () => {
  expect(judgeAgain({ profile: 'strict' }).header.profile).toBe('strict')
  const other = judgeAgain({ profile: 'strict' }, { profile: 'lenient' })
  expect(other.header.profile).toBe('lenient')
  expect(other.rejudged?.changedThresholds).toBeGreaterThan(0)
})

test('what the scenario expects stays, whatever the profile', () => {
  const expect_ = [{ oracle: 'bounded-attempts', settings: { attempts: 2 } }]
  const result = judgeAgain({ expect: expect_ }, { profile: 'lenient' })
  expect(attempts(result)).toMatchObject({
    verdict: 'fail',
    required: true,
    threshold: { source: 'scenario', value: 2 },
  })
})

test('thresholds in the file do not count: they are resolved anew', () => {
  const { thresholds } = createHeader()
  const forged = thresholds.map((threshold) => ({ ...threshold, value: 1e9 }))
  const result = judgeAgain({ thresholds: forged }, { overrides: [set(2)] })
  expect(attempts(result)?.verdict).toBe('fail')
})

test('the figures of the twin are kept, and without them it cannot be judged', () => {
  expect(judgeAgain({}).header.baseline).toEqual(createHeader().baseline)
  expect(() => judgeAgain({ baseline: null })).toThrow('the history has no baseline')
})

test('the history of a twin that was not healthy is judged as that', () => {
  const twin = { baseline: null, firstFaultAt: null, lastLiftAt: null }
  const result = judgeAgain(twin)
  expect(result).toMatchObject({ withoutFaults: true, outcome: 'inconclusive' })
  expect(outcomeOf(result)).toBe('inconclusive')
})

test.for([
  ['an oracle', '{"oracle":"no-such-thing","settings":{}}', 'expects the oracle no-such-thing'],
  ['a setting', '{"oracle":"recovers","settings":{"soon":1}}', 'expects the setting `soon` of recovers'],
  ['a setting of the prototype', '{"oracle":"recovers","settings":{"toString":1}}', 'expects the setting `toString`'],
])('%s that this version does not know is said', ([, expectation, says]) => {
  const edit = (text: string): string => text.replace('"expect":[]', `"expect":[${expectation}]`)
  expect(() => judgeAgain({}, {}, edit)).toThrow(says)
})

test('an oracle that throws names itself and is an error, never a pass', () => {
  const broken = [{ oracle: 'keeps-serving', settings: { load: 'reads', during: 'no such phase' } }]
  const result = judgeAgain({ expect: broken })
  expect(result.verdicts.find(({ oracle }) => oracle === 'keeps-serving')).toMatchObject({
    verdict: 'error',
    message: 'The oracle keeps-serving failed: The history has no phase "no such phase".',
  })
  expect(outcomeOf(result)).toBe('error')
})

test('what the client does not offer is told again', () => {
  expect(judgeAgain({ notOffered: ['conversation.open'] }).notOffered).toEqual(['conversation.open'])
  expect(judgeAgain({}).notOffered).toEqual([])
})
