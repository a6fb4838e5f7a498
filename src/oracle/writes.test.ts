import { expect, test } from 'vitest'
import { operations } from '#history/query.ts'
import { createStory, minute, type Story } from '../../test/history-builder.ts'
import { commitsSince, isWrite, wasAnswered } from './writes.ts'

type Sent = Partial<Parameters<Story['attempt']>[1]>

const entity = 'contact:1'

/** A write is asked for at 20 min with the key `a`; what is sent comes from a queue. */
function asked(sent: readonly Sent[], repeats?: number) {
  const story = createStory()
  const facts = { key: 'a', entity, ...(repeats !== undefined && { repeats }) }
  if (repeats !== undefined) story.ok(story.ask('contact.upsert', { at: 0, key: 'a', entity }), { at: 1 })
  const write = story.ask('contact.upsert', { at: 20 * minute, ...facts })
  story.ok(write, { at: 20 * minute, result: 'queued' })
  for (const one of sent) story.attempt(null, { at: 21 * minute, method: 'POST', key: 'a', ends: 200, ...one })
  const history = story.history()
  const found = operations(history).filter(isWrite).at(-1)
  if (!found) throw new Error('Nothing was written.')
  return { history, found }
}

test.for<[title: string, sent: readonly Sent[], answered: boolean]>([
  ['nothing', [], false],
  ['a success', [{}], true],
  ['the last of the successes', [{ ends: 299 }], true],
  ['a redirect', [{ ends: 300 }], false],
  ['a refusal', [{ ends: 422 }], false],
  ['that it was done already', [{ ends: 409 }], true],
  ['a look that went well', [{ method: 'GET' }], false],
  ['a success of other business', [{ key: 'b' }], false],
  ['a success for another workspace', [{ workspace: 'sibling' }], false],
  ['a success before it was asked for', [{ at: 19 * minute }], false],
  ['a success that broke off', [{ ends: 'ECONNRESET' }], false],
  ['a failure and a success', [{ ends: 503 }, { at: 22 * minute }], true],
])('an API that answered %s', ([, sent, answered]) => {
  const { history, found } = asked(sent)
  expect(wasAnswered(history, found)).toBe(answered)
})

test('what was committed before it was first asked for does not count', () => {
  const commits = { entity, key: 'a' }
  const sent = [{ at: 10 * minute, commits }, { commits }]
  const [once, again] = [asked(sent), asked(sent, 0)]
  expect(commitsSince(once.history, once.found).map(({ exchange }) => exchange.id)).toEqual([1])
  expect(commitsSince(again.history, again.found).map(({ exchange }) => exchange.id)).toEqual([0, 1])
})

test('a write has a key and changes something', () => {
  const story = createStory()
  for (const [name, key] of [
    ['contact.read', 'a'],
    ['contact.upsert', 'a'],
    ['contact.upsert', undefined],
  ] as const)
    story.ask(name, { at: 0, ...(key !== undefined && { key }) })
  expect(operations(story.history()).map(isWrite)).toEqual([false, true, false])
})
