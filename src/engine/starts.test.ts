// Goal: only so many runs start at the same moment, and whoever is under way, or gone, makes room for the next.

import { expect, test } from 'vitest'
import type { Watch } from './cell.ts'
import { createStarts, type Start } from './starts.ts'

const watch: Watch = { signal: new AbortController().signal, onBeat: () => {} }

/** Asks for as many starts; `begun` are those that have theirs. */
async function queue(places: number, asked: number) {
  const begin = createStarts(places)
  const begun: Start[] = []
  for (let nth = 0; nth < asked; nth += 1) void begin(watch).then((start) => begun.push(start))
  await turned()
  return begun
}

const turned = () => new Promise<void>((resolve) => void setImmediate(resolve))

test('as many start at once as there are places', async () => {
  expect(await queue(2, 5)).toHaveLength(2)
})

test('time that passes in a run makes room for the next, once', async () => {
  const begun = await queue(2, 5)
  const beat = (at: number) => begun[0]?.watch.onBeat({ at, phase: 'baseline' })
  beat(0)
  await turned()
  expect(begun).toHaveLength(2)
  beat(1)
  beat(2)
  begun[0]?.over()
  await turned()
  expect(begun).toHaveLength(3)
})

test('a run that ends before its time begins makes room as well', async () => {
  const begun = await queue(1, 3)
  begun[0]?.over()
  await turned()
  begun[1]?.over()
  await turned()
  expect(begun).toHaveLength(3)
})

test('places that nobody waits for are kept', async () => {
  const begin = createStarts(1)
  const first = await begin(watch)
  first.over()
  const second = await begin(watch)
  let third: Start | undefined
  void begin(watch).then((start) => (third = start))
  await turned()
  expect(third).toBeUndefined()
  second.over()
  await turned()
  expect(third).toBeDefined()
})

test('what the run says of itself is still heard', async () => {
  const heard: number[] = []
  const start = await createStarts(1)({ ...watch, onBeat: ({ at }) => heard.push(at) })
  start.watch.onBeat({ at: 0, phase: 'start' })
  start.watch.onBeat({ at: 7, phase: 'baseline' })
  expect(heard).toEqual([0, 7])
})
