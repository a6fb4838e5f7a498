import { expect, test } from 'vitest'
import { compareWithStore, missingFrom } from './compare.ts'
import type { Fields } from './compare.ts'
import { Store } from './store.ts'

const store = new Store<Fields>('thing')
store.commit('a', { id: 'a', colour: 'red', size: 1, tags: { x: 1, y: 2 }, since: 1 }, { change: 'made' })
store.commit('a', { id: 'a', colour: 'blue', size: 1, tags: { x: 1, y: 2 } }, { change: 'painted' })
store.commit(
  'a',
  { id: 'a', colour: 'red', size: 2, tags: {}, more: { z: 1 }, seen: 1_777_287_600 },
  { change: 'painted' },
)

const compare = (shown: Fields) => compareWithStore(store, 'a', shown, (value) => value)

test.for<[string, Fields, { matched: number | null; invented: string[] }]>([
  ['the newest version that explains everything is the match', { colour: 'red' }, { matched: 3, invented: [] }],
  ['an older one is found by the other fields', { colour: 'red', size: 1 }, { matched: 1, invented: [] }],
  [
    'a mixture of versions matches none but invents nothing',
    { colour: 'blue', size: 2 },
    { matched: null, invented: [] },
  ],
  ['a value no version had is invented', { colour: 'green', size: 2 }, { matched: null, invented: ['colour'] }],
  ['null is a value', { colour: null }, { matched: null, invented: ['colour'] }],
  ['undefined is not', { colour: undefined, size: 2 }, { matched: 3, invented: [] }],
  ['a number and its text are the same', { size: '2' }, { matched: 3, invented: [] }],
  ['structures are compared whatever the order of their keys', { tags: { y: 2, x: 1 } }, { matched: 2, invented: [] }],
  ['a Date is the same as its Unix seconds', { seen: new Date(1_777_287_600_000) }, { matched: 3, invented: [] }],
  ['of an older version, too', { size: 1, since: new Date(1_000) }, { matched: 1, invented: [] }],
  ['another Date is not', { seen: new Date(0) }, { matched: null, invented: ['seen'] }],
  ['what an API adds to an object is not invented', { more: { z: 1, extra: [] } }, { matched: 3, invented: [] }],
  [
    'what an older version has in an object is not what an API adds',
    { size: 2, tags: { x: 1, y: 2 } },
    { matched: null, invented: [] },
  ],
  ['an object with another value is', { more: { z: 2, extra: [] } }, { matched: null, invented: ['more'] }],
  ['so is one that lacks a value', { more: { extra: [] } }, { matched: null, invented: ['more'] }],
  ['fields of the client are left alone', { size: 1, fetchedAt: 12 }, { matched: 2, invented: [] }],
])('%s', ([, shown, wanted]) => {
  expect(compare(shown)).toEqual({ entity: 'thing:a', current: 3, foreign: false, ...wanted })
})

test.for<Fields>([{}, { fetchedAt: 12 }, { colour: undefined }])('%o names nothing that can be compared', (shown) => {
  expect(compare(shown)).toBeUndefined()
})

test('a list lacks what was there before the run and has not changed since', () => {
  const all = new Store<string>('contact')
  for (const id of ['a', 'b', 'c']) all.commit(id, id, { change: 'there' })
  all.moment.advance(5)
  all.commit('c', 'changed', { change: 'changed' })
  all.commit('d', 'new', { change: 'new' })
  const lacks = (...ids: unknown[]) =>
    missingFrom(
      all,
      ids.map((id) => ({ id })),
    )
  expect([lacks('a', 'b'), lacks('a'), lacks(), lacks('c', 'd'), lacks('a', undefined)]).toEqual([0, 1, 2, 2, 0])
})
