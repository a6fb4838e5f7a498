import { expect, test } from 'vitest'
import { limits } from '#context/limits.ts'
import { Store } from './store.ts'

type Thing = { readonly colour: string }

test('versions count per entity from 1 and each commit tells what it did', () => {
  const store = new Store<Thing>('thing')
  expect(store.commit('a', { colour: 'red' }, { change: 'made', key: 'k' })).toEqual({
    entity: 'thing:a',
    version: 1,
    change: 'made',
    key: 'k',
  })
  expect(store.commit('b', { colour: 'red' }, { change: 'made' })).toEqual({
    entity: 'thing:b',
    version: 1,
    change: 'made',
  })
  expect(store.commit('a', { colour: 'blue' }, { change: 'painted' }).version).toBe(2)
  expect(store.current('a')).toMatchObject({ number: 2, value: { colour: 'blue' } })
  expect(store.versions('a').map(({ value }) => value.colour)).toEqual(['red', 'blue'])
  expect([...store.all()].map(({ number }) => number)).toEqual([2, 1])
})

test('remembers a bounded number of versions and goes on counting', () => {
  const store = new Store<Thing>('thing')
  for (let nth = 0; nth < limits.versionsPerEntity + 10; nth += 1) {
    store.commit('a', { colour: String(nth) }, { change: 'painted' })
  }
  expect(store.versions('a')).toHaveLength(limits.versionsPerEntity)
  expect(store.versions('a')[0]).toMatchObject({ number: 11, value: { colour: '10' } })
})

test('an unknown entity has no version', () => {
  const store = new Store<Thing>('thing')
  expect(store.current('a')).toBeUndefined()
  expect(store.versions('a')).toEqual([])
  expect(store.has('a')).toBe(false)
})
