import { expect, test } from 'vitest'
import { createDurableStore, storeOf } from './durable-store.ts'

test('what is changed after it was stored, or after it was read, is not stored', () => {
  const store = createDurableStore()
  const outbox = ['first']
  store.set('outbox', outbox)
  outbox.push('second')
  const read = store.get('outbox') as string[]
  read.push('third')
  expect(store.get('outbox')).toEqual(['first'])
})

test('lists its keys in the order in which they came, without those deleted', () => {
  const store = createDurableStore()
  for (const key of ['b', 'a', 'c']) store.set(key, key)
  store.delete('a')
  expect(store.keys()).toEqual(['b', 'c'])
  expect(store.get('a')).toBeUndefined()
})

test('refuses what cannot be written to a disk', () => {
  expect(() => createDurableStore().set('callback', () => 1)).toThrow('could not be cloned')
})

test('a process that is over changes nothing any more, and the next one finds what it left', () => {
  const store = createDurableStore()
  let isOver = false
  const first = storeOf(store, () => isOver)
  first.set('outbox', ['a'])
  first.set('draft', 1)
  first.delete('draft')
  isOver = true
  first.set('outbox', ['b'])
  first.delete('outbox')
  const second = storeOf(store, () => false)
  expect([second.keys(), second.get('outbox'), first.get('outbox')]).toEqual([['outbox'], ['a'], ['a']])
})
