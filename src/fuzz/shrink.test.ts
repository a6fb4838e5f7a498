// Goal: what is left of a failing case still fails, is as small as it can be, and is the same on every machine.

import { expect, test } from 'vitest'
import type { Case, Window } from './case.ts'
import { shrink } from './shrink-search.ts'
import { smaller } from './shrink.ts'

const minute = 60_000

function window(over: Partial<Window> = {}): Window {
  return {
    name: 'hang-1',
    kind: 'hang',
    where: { route: '/contacts/{id}', method: 'GET' },
    fromMs: 10 * minute,
    untilMs: 20 * minute,
    shape: { kind: 'ramp', overMs: minute },
    share: 0.5,
    nth: 2,
    effect: 'committed',
    with: { phase: 'body' },
    ...over,
  }
}

const workload = {
  loads: {
    reads: { do: 'contact.read', rate: '12/min', impatient: '5s' },
    replies: { do: 'conversation.reply', every: '20s' },
  },
  instances: 3,
  shuffled: true,
  fromMs: 0,
  untilMs: 120 * minute,
}

const large: Case = {
  windows: [
    window(),
    window({ name: 'status-2', kind: 'status', with: { code: 502 }, effect: 'none' }),
    window({ name: 'latency-3', kind: 'latency', with: { delay: '4s', jitter: '1s' }, effect: 'none' }),
    window({ name: 'reset-4', kind: 'connection-reset', with: {} }),
  ],
  workload,
}

const always = { fails: async () => true, goOn: () => true }

test('where everything fails, one plain window of a second and one rare load are left', async () => {
  const { found, complete } = await shrink(large, always)
  expect(complete).toBe(true)
  expect(found.windows).toHaveLength(1)
  const [left] = found.windows
  expect(left).toMatchObject({ kind: 'status', with: { code: 503 }, where: {}, share: 1, shape: { kind: 'constant' } })
  expect(left).not.toHaveProperty('nth')
  expect((left?.untilMs ?? 0) - (left?.fromMs ?? 0)).toBeLessThanOrEqual(2_000)
  expect(Object.keys(found.workload.loads)).toHaveLength(1)
  expect(found.workload).toMatchObject({ instances: 1, shuffled: false })
  expect(found.workload.untilMs).toBeLessThan(40 * minute)
})

test('what the failure needs stays', async () => {
  const fails = async ({ windows, workload: { loads } }: Case) =>
    'replies' in loads && windows.some(({ kind, share }) => kind === 'latency' && share < 1)
  const { found } = await shrink(large, { fails, goOn: () => true })
  expect(found.windows.map(({ kind, share }) => [kind, share])).toEqual([['latency', 0.5]])
  expect(Object.keys(found.workload.loads)).toEqual(['replies'])
})

test('what became another kind is called by it in the end, where it fails under that name too', async () => {
  const misnamed: Case = { ...large, windows: [{ ...(large.windows[0] as Window), name: 'latency-2' }] }
  const fails = async ({ windows }: Case) => windows.some(({ kind }) => kind === 'hang')
  const { found } = await shrink(misnamed, { fails, goOn: () => true })
  expect(found.windows.map(({ name }) => name)).toEqual(['hang-2'])
  const failsByName = async ({ windows }: Case) => windows.some(({ name }) => name === 'latency-2')
  const { found: kept } = await shrink(misnamed, { fails: failsByName, goOn: () => true })
  expect(kept.windows.map(({ name }) => name)).toEqual(['latency-2'])
})

test('two windows that are needed together stay together', async () => {
  const fails = async ({ windows }: Case) =>
    windows.some(({ name }) => name === 'hang-1') && windows.some(({ name }) => name === 'reset-4')
  const { found } = await shrink(large, { fails, goOn: () => true })
  expect(found.windows.map(({ name }) => name)).toEqual(['hang-1', 'reset-4'])
})

test('it ends although nothing smaller fails, when it is told to, and when the trials are used up', async () => {
  const never = await shrink(large, { fails: async () => false, goOn: () => true })
  expect(never).toMatchObject({ found: large, complete: true })
  const stopped = await shrink(large, { fails: async () => true, goOn: () => false })
  expect(stopped).toMatchObject({ found: large, trials: 0, complete: false })
  let count = 0
  const endless = await shrink(large, { fails: async () => count++ % 7 === 0, goOn: () => true })
  expect(endless.trials).toBeLessThanOrEqual(304)
})

test('the order in which trials come back does not change the result', async () => {
  const fails = ({ windows }: Case) => windows.some(({ kind }) => kind === 'latency')
  const late = async (found: Case) => {
    for (let turn = 0; turn < JSON.stringify(found).length % 5; turn += 1) await Promise.resolve()
    return fails(found)
  }
  const one = await shrink(large, { fails: async (found) => fails(found), goOn: () => true })
  const other = await shrink(large, { fails: late, goOn: () => true })
  expect(other).toEqual(one)
})

test('no step takes more windows, loads or processes, or lengthens the run', () => {
  for (const step of smaller(large)) {
    expect(step.windows.length).toBeLessThanOrEqual(large.windows.length)
    expect(Object.keys(step.workload.loads).length).toBeLessThanOrEqual(2)
    expect(step.workload.instances).toBeLessThanOrEqual(3)
    expect(step.workload.untilMs - step.workload.fromMs).toBeLessThanOrEqual(120 * minute)
    expect(JSON.stringify(step)).not.toBe(JSON.stringify(large))
  }
})
