import { expect, test } from 'vitest'
import { createStory } from '../../test/history-builder.ts'
import * as knowledge from './knowledge.ts'

test('finds commits by workspace and key, and by entity', () => {
  const story = createStory()
  const commits = { entity: 'conversation:7', key: 'a' }
  story.attempt(null, { at: '1m', ends: 200, commits })
  story.attempt(null, { at: '2m', ends: 200, commits: { ...commits, version: 2 } })
  story.attempt(null, { at: '3m', ends: 200, commits, workspace: 'theirs' })
  story.event('4m', { kind: 'effect.committed', effect: 9, exchange: null, ...commits, version: 3, change: 'theirs' })
  const history = story.history()
  expect(knowledge.commitsOf(history, 'ours', 'a').map(({ effect }) => effect.version)).toEqual([1, 2])
  expect(knowledge.commitsOf(history, 'theirs', 'a')).toHaveLength(1)
  expect(knowledge.commitsOf(history, 'ours', 'b')).toEqual([])
  expect(knowledge.commitsByEntity(history).get('conversation:7 a')).toHaveLength(3)
})

test('remembers what responses taught each instance', () => {
  const story = createStory()
  story.read({ at: '1m', entity: 'contact:1', version: 1 })
  story.read({ at: '2m', entity: 'contact:1', version: 4 })
  story.read({ at: '3m', entity: 'contact:1', version: 5, instance: 1 })
  const history = story.history()
  expect(knowledge.receipts(history, 0, 'contact:1').map(({ at, version }) => [at, version])).toEqual([
    [60_100, 1],
    [120_100, 4],
  ])
  expect(knowledge.receipts(history, 1, 'contact:1')).toHaveLength(1)
  expect(knowledge.receipts(history, 0, 'contact:2')).toEqual([])
})

test('the last receipt before an event, of those that fit', () => {
  const story = createStory()
  for (const [at, version] of [
    ['1m', 1],
    ['2m', 4],
    ['3m', 2],
  ] as const)
    story.read({ at, entity: 'contact:1', version })
  const history = story.history()
  const all = knowledge.receipts(history, 0, 'contact:1')
  const versionBefore = (seq: number, fits?: (receipt: knowledge.Receipt) => boolean) =>
    knowledge.lastReceipt(history, 0, 'contact:1', seq, fits)?.version
  expect(all.map(({ seq }) => versionBefore(seq))).toEqual([undefined, 1, 4])
  expect(versionBefore(Infinity)).toBe(2)
  expect(versionBefore(Infinity, ({ version }) => version === 1)).toBe(1)
  expect(versionBefore(Infinity, ({ version }) => version > 4)).toBeUndefined()
  expect(knowledge.lastReceipt(history, 0, 'contact:2', Infinity)).toBeUndefined()
})

test('a process was born where the last restart of its instance says so', () => {
  const story = createStory()
  story.event('1m', { kind: 'client.restarted', instance: 0, orderly: false })
  story.event('2m', { kind: 'client.restarted', instance: 1, orderly: true })
  story.event('3m', { kind: 'client.restarted', instance: 0, orderly: true })
  const history = story.history()
  const born = (instance: number, seq: number) => knowledge.bornAt(history, instance, seq)
  expect([born(0, 1), born(0, 2), born(0, 3), born(0, 4), born(1, 4), born(2, 4)]).toEqual([0, 1, 1, 3, 2, 0])
})

test('what was received before the cache lost it, or while it serves nobody, is not known to be at hand', () => {
  const story = createStory()
  story.event('1m', { kind: 'cache.changed', state: 'paused', emptied: false })
  story.event('2m', { kind: 'cache.changed', state: 'serving', emptied: false })
  story.event('3m', { kind: 'cache.changed', state: 'serving', emptied: true })
  const history = story.history()
  const [first, ...changes] = history.all('cache.changed')
  const seqs = [first, ...changes].map((event) => event?.seq ?? 0)
  const never = Number.POSITIVE_INFINITY
  expect(seqs.map((seq) => knowledge.cacheLoss(history, seq + 1))).toEqual([
    { seq: never, backAt: never },
    { seq: seqs[1], backAt: 120_000 },
    { seq: seqs[2], backAt: 120_000 },
  ])
  expect(knowledge.cacheLoss(history, seqs[0] ?? 0)).toEqual({ seq: 0, backAt: 0 })
})

test('remembers where an instance was told that a thing is gone', () => {
  const story = createStory()
  const entity = 'contact:1'
  story.attempt(null, { at: '1m', method: 'GET', entity, ends: 404 })
  story.attempt(null, { at: '2m', method: 'DELETE', entity, ends: 200 })
  // None of these is about the whole thing, or says that it is gone.
  story.attempt(null, { at: '3m', method: 'POST', route: '/conversations', entity, ends: 404 })
  story.attempt(null, { at: '4m', method: 'DELETE', route: '/contacts/{id}/tags/{tag_id}', entity, ends: 404 })
  story.attempt(null, { at: '5m', method: 'DELETE', entity, ends: 503 })
  story.attempt(null, { at: '6m', method: 'GET', entity, ends: 200 })
  story.attempt(null, { at: '7m', method: 'GET', entity, ends: 410, instance: 1 })
  const history = story.history()
  const told = (instance: number, before: number): number | null => {
    const seq = knowledge.toldGone(history, instance, entity, before)
    return seq === null ? null : history.at(seq).at
  }
  expect([told(0, 0), told(0, 4), told(0, 1_000), told(1, 1_000)]).toEqual([null, 60_100, 120_100, 420_100])
  expect(knowledge.toldGone(history, 0, 'contact:2', 1_000)).toBeNull()
})
