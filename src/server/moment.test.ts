import { expect, test } from 'vitest'
import { Moment } from './moment.ts'
import { Store } from './store.ts'

const present = { asOf: Infinity, attachmentsUntil: Infinity }

function paintings() {
  const moment = new Moment()
  const store = new Store<string>('painting', moment)
  const paint = (at: number, id: string, colour: string) => {
    moment.advance(at)
    return store.commit(id, colour, { change: 'painted' })
  }
  const seenAsOf = (asOf: number) =>
    moment.during({ ...present, now: 1_000, asOf }, () => ({
      a: store.current('a')?.value,
      has: store.has('a'),
      ids: [...store.ids()],
      all: [...store.all()].map(({ value, number }) => `${value} ${number}`),
    }))
  return { moment, store, paint, seenAsOf }
}

test('what was there before the run is there at every moment', () => {
  const { store, seenAsOf } = paintings()
  store.commit('a', 'red', { change: 'seeded' })
  expect(store.current('a')?.at).toBe(-Infinity)
  expect(seenAsOf(-1e15)).toEqual({
    value: { a: 'red', has: true, ids: ['a'], all: ['red 1'] },
    passed: { versions: false, attachments: false },
  })
})

test.for<[number, unknown, boolean]>([
  [99, { a: undefined, has: false, ids: [], all: [] }, true],
  [100, { a: 'red', has: true, ids: ['a'], all: ['red 1'] }, true],
  [299, { a: 'red', has: true, ids: ['a', 'b'], all: ['red 1', 'grey 1'] }, true],
  [300, { a: 'blue', has: true, ids: ['a', 'b'], all: ['blue 2', 'grey 1'] }, false],
])('as of %i one sees %o', ([asOf, value, versions]) => {
  const { paint, seenAsOf } = paintings()
  paint(100, 'a', 'red')
  paint(200, 'b', 'grey')
  paint(300, 'a', 'blue')
  expect(seenAsOf(asOf)).toEqual({ value, passed: { versions, attachments: false } })
})

test('afterwards, and after a throw, everybody sees the present again', () => {
  const { moment, store, paint } = paintings()
  paint(100, 'a', 'red')
  const view = { now: 500, asOf: 50, attachmentsUntil: 50 }
  expect(() =>
    moment.during(view, () => {
      throw new Error('oops')
    }),
  ).toThrow('oops')
  expect(moment).toMatchObject({ isLate: false, delaysAttachments: false, now: 500 })
  expect(store.current('a')?.value).toBe('red')
})

test('writes in the past are written now', () => {
  const { moment, store } = paintings()
  moment.during({ ...present, now: 500, asOf: 50 }, () => store.commit('a', 'red', { change: 'painted' }))
  expect(store.current('a')).toEqual({ number: 1, at: 500, value: 'red' })
})

test('of an entity whose past is forgotten the oldest remembered version shows', () => {
  const { store, paint, seenAsOf } = paintings()
  for (let at = 1; at <= 300; at += 1) paint(at, 'a', String(at))
  const oldest = store.versions('a')[0]?.value
  expect(seenAsOf(10).value.a).toBe(oldest)
})

test('an attachment hides until its time has come', () => {
  const { moment } = paintings()
  const hidden = (at: number) =>
    moment.during({ ...present, now: 500, attachmentsUntil: 100 }, () => moment.hidesAttachment(at))
  expect(hidden(100)).toEqual({ value: false, passed: { versions: false, attachments: false } })
  expect(hidden(101)).toEqual({ value: true, passed: { versions: false, attachments: true } })
  expect(moment.hidesAttachment(101)).toBe(false)
})
