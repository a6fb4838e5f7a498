// Whatever a client says of itself, and however: the record stays small, and nothing it hands over breaks the harness.

import { expect, onTestFinished, test } from 'vitest'
import { limits } from '#context/limits.ts'
import { runAs, type Owner } from '#context/owner.ts'
import { always, reachable, sometimes } from '#client/properties.ts'
import type { Unstamped } from '#history/event.ts'
import { Properties } from './properties.ts'

function listening() {
  const events: Unstamped[] = []
  const properties = new Properties({ record: (event) => void events.push(event) })
  onTestFinished(properties.listen())
  return { events, properties }
}

const seen = (events: readonly Unstamped[]) => events.filter((event) => event.kind === 'property.seen')

test('the first time of each is recorded, the rest is counted', () => {
  const { events, properties } = listening()
  const holds = always('it holds')
  for (const condition of [true, true, false, false, true]) holds(condition)
  properties.count()
  expect(events).toEqual([
    { kind: 'property.declared', property: 'it holds', type: 'always', by: 'client' },
    { kind: 'property.seen', property: 'it holds', holds: true, instance: 0, operation: null },
    { kind: 'property.seen', property: 'it holds', holds: false, instance: 0, operation: null },
    { kind: 'property.counted', property: 'it holds', held: 3, broken: 2 },
  ])
})

test('it is said on behalf of an instance and an operation, and by nobody who has died', () => {
  const { events } = listening()
  const owner = (over: boolean): Owner => ({
    instance: 2,
    life: { number: 0, over },
    workspace: 'ours',
    operation: 7,
    random: () => 0,
  })
  const reached = reachable('here')
  runAs(owner(true), () => reached())
  runAs(owner(true), () => sometimes('after death'))
  runAs(owner(false), () => reached())
  expect(events).toHaveLength(2)
  expect(seen(events)).toMatchObject([{ instance: 2, operation: 7, holds: true }])
})

test('what is said in the handling of a notification names its delivery', () => {
  const { events } = listening()
  const owner: Owner = { instance: 0, workspace: 'ours', operation: null, delivery: 9, random: () => 0 }
  runAs(owner, () => reachable('told')())
  expect(seen(events)).toMatchObject([{ operation: null, delivery: 9 }])
})

const circle: { self?: unknown } = {}
circle.self = circle
test.for<[string, unknown, string]>([
  ['a text on several lines', 'a\n  b', 'a b'],
  ['plain data', { size: 3, of: [1, 'x'] }, '{"size":3,"of":[1,"x"]}'],
  ['a long text', 'x'.repeat(1_000), `${'x'.repeat(limits.foreignText)}…`],
  ['a secret', { token: 'Bearer abcdefghijkl' }, '{"token":"Bearer [redacted]"}'],
  ['a circle', circle, '(details that cannot be shown)'],
  [
    'a getter that throws',
    {
      get x(): never {
        throw new Error('no')
      },
    },
    '(details that cannot be shown)',
  ],
  [
    'what is no JSON',
    { big: 10n, call: () => 1, sign: Symbol('x') },
    '{"big":"10","call":"(function)","sign":"(symbol)"}',
  ],
  ['an error, without its stack', new TypeError('it broke'), '"TypeError: it broke"'],
  ['null', null, 'null'],
  ['no number', Number.NaN, 'null'],
])('details: %s', ([, details, shown]) => {
  const { events } = listening()
  always('x')(false, details)
  expect(seen(events)).toMatchObject([{ details: shown }])
})

test('a name is one line, and has one kind', () => {
  const { events } = listening()
  always('on\ntwo  lines')
  expect(events).toMatchObject([{ property: 'on two lines' }])
  expect(() => sometimes('on two lines')).toThrow('"on two lines" is declared as always and as sometimes')
  expect(() => always(' ')).toThrow('A property needs a name')
  expect(() => always(undefined as never)).toThrow('A property needs a name')
})

test('more names than the limit are one event, and nothing else', () => {
  const { events, properties } = listening()
  for (let index = 0; index < limits.properties + 50; index += 1) sometimes(`property ${index}`)(true)
  properties.count()
  const kinds = Map.groupBy(events, ({ kind }) => kind)
  expect(kinds.get('property.declared')).toHaveLength(limits.properties)
  expect(kinds.get('property.counted')).toHaveLength(limits.properties)
  expect(kinds.get('limit.reached')).toEqual([{ kind: 'limit.reached', limit: 'properties', operation: null }])
})

test('when nobody listens any more, nothing is heard', () => {
  const events: Unstamped[] = []
  const stop = new Properties({ record: (event) => void events.push(event) }).listen()
  const holds = always('x')
  stop()
  holds(false)
  expect(events).toHaveLength(1)
})
