import { expect, test } from 'vitest'
import type { Header } from '#history/header.ts'
import type { PromiseOf } from '#history/promises.ts'
import { judgeBy, sentenceBy, storyOf, testOracle, type Case } from '../../test/judging.ts'

const minuteMs = 60_000
const dayMs = 1_440 * minuteMs

function row(title: string, says: Case['says'], promise: Partial<PromiseOf>, header: Partial<Header> = {}): Case {
  const own = { degrade: [], ...promise }
  return {
    title,
    says,
    header: { profile: 'strict', promises: { 'contact.read': own, 'conversation.reply': own }, ...header },
    tell: (story) => void story.read({ at: '1m' }),
  }
}

function written(title: string, says: Case['says'], promise: Partial<PromiseOf>): Case {
  return {
    ...row(title, says, promise),
    tell: (story) => {
      const reply = story.ask('conversation.reply', { at: '1m', key: 'a' })
      story.attempt(reply, { at: '1m', ends: 200 })
      story.ok(reply, { at: '1m1s' })
    },
  }
}

testOracle('promises-are-worth-something', [
  row('a read at the ceiling', 'pass', { withinMs: 3 * minuteMs }),
  row('a read beyond it', 'fail', { withinMs: 3 * minuteMs + 1 }),
  written('a write at the ceiling', 'pass', { withinMs: 30_000 }),
  written('a write beyond it', 'fail', { withinMs: 30_001 }),
  row('a fresh value too old', 'fail', { freshMs: 6 * minuteMs }),
  row('a copy too old', 'fail', { degrade: [{ kind: 'stale', maxAgeMs: 2 * dayMs }] }),
  written('a queue too long', 'fail', { degrade: [{ kind: 'queue', maxDelayMs: 4 * dayMs }] }),
  row('a fresh value that is a millisecond old', 'pass', { freshMs: 1 }),
  row('a fresh value that has no age', 'not-applicable', { freshMs: 0 }),
  row('of two weak ones the weakest is told', 'fail', {
    withinMs: 4 * minuteMs,
    degrade: [{ kind: 'stale', maxAgeMs: 3 * dayMs }],
  }),
  row('of two weak ones the first, when it is the weakest', 'fail', {
    withinMs: 30 * minuteMs,
    degrade: [{ kind: 'stale', maxAgeMs: 2 * dayMs }],
  }),
  row(
    'a scenario may ask for it',
    'fail',
    { withinMs: dayMs },
    {
      profile: 'default',
      expect: [{ oracle: 'promises-are-worth-something', settings: {} }],
    },
  ),
  row('no numbers', 'not-applicable', { degrade: [{ kind: 'error' }] }),
  row('what nobody asked for', 'not-applicable', {}, { promises: { 'me.read': { withinMs: dayMs, degrade: [] } } }),
  row('no promise at all', 'not-applicable', {}, { promises: {} }),
  row(
    'by default a weak promise is capped, and who fails on it is told',
    'not-applicable',
    { withinMs: dayMs },
    { profile: 'default' },
  ),
  row('lenient, too', 'not-applicable', { withinMs: dayMs }, { profile: 'lenient' }),
])

test('by default who would fail on it is told', () => {
  const weak = row('', 'not-applicable', { withinMs: dayMs })
  const history = storyOf({ ...weak, header: { ...weak.header, profile: 'default' } })
  expect(judgeBy('promises-are-worth-something', history)).toMatchObject({
    verdict: 'not-applicable',
    needs: expect.stringMatching(/^the profile strict: the client promises for contact\.read to settle within 1d/u),
  })
})

test('the sentence names the weakest promise and what is allowed', () => {
  const weak = row('', 'fail', { withinMs: 10 * minuteMs, degrade: [{ kind: 'stale', maxAgeMs: 2 * dayMs }] })
  expect(sentenceBy('promises-are-worth-something', storyOf(weak))).toMatchInlineSnapshot(
    `"The client promises for contact.read to settle within 10m, and the profile strict allows 3m at most; 2 of the 2 promises that this run asked for are weaker than that allows."`,
  )
})
