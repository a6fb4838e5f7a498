// Goal: the figures of `npm run bench` are what was measured, and a loss is told as one. Method: made-up figures; nothing is timed.

import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { figureInWords, figuresInWords, isReached, numberInWords, type Figure } from '../bench/speed/figure.ts'
import { betterOf, complaintsOf, readSaved, worsening } from '../bench/speed/guard.ts'
import { machineInWords } from '../bench/speed/machine.ts'
import { decodeHistory } from '#history/codec.ts'
import { madeHistory } from '../bench/speed/made-history.ts'
import { median, turnsOf } from '../bench/speed/statistics.ts'

test.for<[readonly number[], number]>([
  [[3], 3],
  [[9, 1, 5], 5],
  [[4, 1, 3, 2], 2.5],
  [[10, 9, 1_000], 10],
])('of %s the middle is %s', ([values, middle]) => {
  expect(median(values)).toBe(middle)
})

test('nothing has no middle', () => {
  expect(() => median([])).toThrow('There is no median of nothing.')
})

test('one long round does not move the middle out of what the others measured', () => {
  const costs = fc.array(fc.double({ min: 1, max: 2, noNaN: true }), { minLength: 2, maxLength: 9 })
  fc.assert(
    fc.property(costs, fc.double({ min: 100, max: 1e6, noNaN: true }), (quiet, late) => {
      expect(median([...quiet, late])).toBeLessThanOrEqual(2)
    }),
  )
})

test('everybody plays once in each round, and no two rounds in a row begin with the same', () => {
  expect(turnsOf(['a', 'b', 'c'], 4)).toEqual([
    ['a', 'b', 'c'],
    ['b', 'c', 'a'],
    ['c', 'a', 'b'],
    ['a', 'b', 'c'],
  ])
  expect(turnsOf([], 1)).toEqual([[]])
})

test.for<[number, string]>([
  [0.5, '0.50'],
  [2.456, '2.46'],
  [24.56, '24.6'],
  [245.6, '246'],
  [1_234_567.8, '1,234,568'],
])('%s is shown as %s', ([value, shown]) => {
  expect(numberInWords(value)).toBe(shown)
})

const atMost: Figure = { name: 'ours / stub', value: 2, unit: 'x', aim: { bound: 'at-most', value: 2 } }
const atLeast: Figure = { name: 'theirs / ours', value: 5, unit: 'x', aim: { bound: 'at-least', value: 6 } }

test('an aim is reached on its good side and at its bound', () => {
  expect(isReached(atMost)).toBe(true)
  expect(isReached({ ...atMost, value: 2.01 })).toBe(false)
  expect(isReached(atLeast)).toBe(false)
  expect(isReached({ ...atLeast, value: 6 })).toBe(true)
  expect(isReached({ ...atLeast, value: Number.NaN })).toBe(false)
})

test('a figure says its unit, and of its aim whether it is reached', () => {
  expect(figureInWords({ name: 'cost', value: 12.34, unit: 'us' }, 6)).toBe('cost         12.3 us')
  expect(figuresInWords([atMost, atLeast]).split('\n')).toEqual([
    'ours / stub           2.00x   aim: at most 2.00, reached',
    'theirs / ours         5.00x   aim: at least 6.00, NOT reached',
  ])
})

const low: Figure = { name: 'ours / stub', value: 2, unit: 'x', guarded: 'at-most' }
const high: Figure = { name: 'theirs / ours', value: 8, unit: 'x', guarded: 'at-least' }
const saved = { 'ours / stub': 2, 'theirs / ours': 8 }

test.for<[string, Partial<Figure>, Partial<Figure>, readonly string[]]>([
  ['as before', {}, {}, []],
  ['better', { value: 1 }, { value: 80 }, []],
  ['worse by just a quarter', { value: 2.5 }, { value: 6.4 }, []],
  ['a low one that has risen', { value: 2.6 }, {}, ['ours / stub']],
  ['a high one that has fallen', {}, { value: 6 }, ['theirs / ours']],
  ['no number', { value: Number.NaN }, {}, ['ours / stub']],
])('of ratios that are %s it complains as it should', ([, one, other, names]) => {
  const complaints = complaintsOf(
    [
      { ...low, ...one },
      { ...high, ...other },
    ],
    saved,
  )
  expect(complaints.map((text) => /"(.*?)"/u.exec(text)?.[1])).toEqual(names)
})

test('a complaint says what it was, what it is, which way is good and by how much it is worse', () => {
  expect(complaintsOf([{ ...low, value: 3 }], { 'ours / stub': 2 })).toEqual([
    '"ours / stub" is 3.00 and was 2.00: it should be low, and got worse by 50 %, where 25 % are allowed.',
  ])
})

test('a ratio that only one side knows is no pass', () => {
  expect(complaintsOf([low], {})).toEqual(['"ours / stub" was measured and is not saved. Save the ratios anew.'])
  expect(complaintsOf([], { gone: 1 })).toEqual(['"gone" is saved and was not measured. Save the ratios anew.'])
})

test('figures that are no ratios are not compared', () => {
  expect(complaintsOf([{ name: 'cost', value: 9, unit: 'us' }], {})).toEqual([])
})

test('of two measurements the better one of each ratio counts, whichever way is better', () => {
  const cost: Figure = { name: 'cost', value: 9, unit: 'us' }
  const first = [cost, low, { ...high, value: 4 }]
  const second = [{ ...cost, value: 1 }, { ...low, value: 7 }, high]
  expect(betterOf(first, second)).toEqual([cost, low, high])
  expect(betterOf(second, first)).toEqual([{ ...cost, value: 1 }, low, high])
})

test('to be worse is above one, whichever way that is', () => {
  expect(worsening({ value: 3, guarded: 'at-most' }, 2)).toBe(1.5)
  expect(worsening({ value: 2, guarded: 'at-least' }, 3)).toBe(1.5)
})

test('the saved ratios are of the harness against every other that stands in for the API, with both clients', () => {
  const others = ['setupServer', 'nock', 'loopback', 'MockAgent'].map((name) => `${name} / harness`)
  const names = ['fetch', 'SDK'].flatMap((client) => others.map((name) => `${client}: ${name}`))
  expect(Object.keys(readSaved()).toSorted()).toEqual(names.toSorted())
})

test('a machine is told with what the figures depend on', () => {
  const machine = { date: '2026-01-02', cpu: 'Some CPU', cores: 2, memoryGB: 8, system: 'linux 6.1', load: 0.4 }
  expect(machineInWords({ ...machine, node: 'v24.0.0', packages: { msw: '3.0.5', nock: '15.0.6' } })).toBe(
    '2026-01-02, Some CPU, 2 cores, 8 GB, linux 6.1, load 0.4\nNode v24.0.0, msw 3.0.5, nock 15.0.6',
  )
})

test('the history that is made up is a history: in order, whole, and as long as was asked', () => {
  const history = decodeHistory([...madeHistory(12_000)].join(''))
  const times = Array.from(history, ({ at }) => at)
  expect(times).toEqual(times.toSorted((one, other) => one - other))
  expect(history.all('exchange.sent').length).toBe(12_000)
  expect(history.all('exchange.ended').length).toBe(12_000)
  const settled = history.all('operation.ok').length + history.all('operation.error').length
  expect(settled).toBe(history.all('operation.invoked').length)
  expect(history.all('run.ended').length).toBe(1)
})
