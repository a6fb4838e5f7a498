import { expect, test } from 'vitest'
import { createPrng } from '#random/prng.ts'
import type { Load } from '#scenario/scenario.ts'
import type { Intent } from '#server/intent.ts'
import { drawWorkload } from './workload.ts'

const intent = (name: string): Intent => ({
  name,
  effect: 'read',
  draw: (workspace, rank, nth) => ({ input: { workspace, rank, nth }, entity: `thing:${rank}` }),
  truth: () => undefined,
})
const intents = new Map(['contact.read', 'me.read'].map((name) => [name, intent(name)]))
const reads: Load = {
  name: 'reads',
  do: 'contact.read',
  workspace: 'ours',
  gapMs: 5_000,
  fromMs: 0,
  untilMs: 36_000_000,
  regular: false,
  pick: { kind: 'zipf', of: 400 },
}
const control: Load = { ...reads, name: 'control', do: 'me.read', gapMs: 30_000, regular: true }
const hour = 3_600_000

test('the same seed draws the same workload', () => {
  const draw = () =>
    drawWorkload([reads, control], intents, hour, createPrng('seed')).map(({ at, load, nth, ask }) => [
      at,
      load.name,
      nth,
      ask,
    ])
  expect(draw()).toEqual(draw())
})

test('another load changes nothing about the first', () => {
  const alone = drawWorkload([reads], intents, hour, createPrng('seed'))
  const together = drawWorkload([control, reads], intents, hour, createPrng('seed'))
  expect(together.filter(({ load }) => load.name === 'reads').map(({ at, ask }) => [at, ask])).toEqual(
    alone.map(({ at, ask }) => [at, ask]),
  )
})

test('people come at random with the mean gap, and machines come regularly', () => {
  const people = drawWorkload([reads], intents, 10 * hour, createPrng('seed'))
  expect(people.length).toBeGreaterThan(7_200 * 0.9)
  expect(people.length).toBeLessThan(7_200 * 1.1)
  const machine = drawWorkload([control], intents, 120_000, createPrng('seed'))
  expect(machine.map(({ at }) => at)).toEqual([15_000, 45_000, 75_000, 105_000])
})

test('requests are in order of time and inside the run', () => {
  const times = drawWorkload([reads, control], intents, hour, createPrng('seed')).map(({ at }) => at)
  expect(times).toEqual(times.toSorted((one, other) => one - other))
  expect(times.at(-1)).toBeLessThan(hour)
})

test('popular things are asked for more often, and rank stays below its bound', () => {
  const ranks = drawWorkload([reads], intents, 10 * hour, createPrng('seed')).map(
    ({ ask }) => (ask.input as { rank: number }).rank,
  )
  const first = ranks.filter((rank) => rank === 0).length
  expect(first / ranks.length).toBeGreaterThan(0.12)
  expect(first / ranks.length).toBeLessThan(0.18)
  expect(Math.max(...ranks)).toBeLessThan(400)
})
