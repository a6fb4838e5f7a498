// Goal: time passes only when nothing else can run, in the order Node would show, and every way a run can end has its name.
// Method: small clients on the real event loop; the wall clock appears in no expectation.

import { AsyncLocalStorage } from 'node:async_hooks'
import crypto from 'node:crypto'
import timers from 'node:timers'
import timersPromises from 'node:timers/promises'
import * as fc from 'fast-check'
import { LRUCache } from 'lru-cache'
import { afterEach, expect, test } from 'vitest'
import { limits } from '#context/limits.ts'
import { currentOwner, runAs, type Life, type Owner } from '#context/owner.ts'
import type { RunOptions } from './run-clock.ts'
import { createVirtualClock } from './virtual-clock.ts'

const startMs = Date.parse('2026-04-27T11:00:00Z')
const clock = createVirtualClock()
const forever = Number.MAX_SAFE_INTEGER

function run(options: Partial<RunOptions> = {}) {
  const onClientError = (error: unknown): never => {
    throw error
  }
  return clock.run({ until: () => false, horizon: forever, onClientError, ...options })
}

const owner = (operation: number | null): Owner => ({ instance: 0, workspace: 'ours', operation, random: () => 0.5 })

afterEach(() => clock.uninstall())

test('microtasks and ticks of one timer run before the next timer of the same instant, ticks first', async () => {
  clock.install(startMs)
  const order: string[] = []
  for (const name of ['one', 'two']) {
    setTimeout(() => {
      order.push(name)
      void Promise.resolve().then(() => order.push(`${name} microtask`))
      process.nextTick(() => order.push(`${name} tick`))
    }, 10)
  }
  expect(await run()).toEqual({ end: 'deadlock' })
  expect(order).toEqual(['one', 'one tick', 'one microtask', 'two', 'two tick', 'two microtask'])
})

test('timers fire by due time and then by creation, those of the harness and of the client alike', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.record({ due: fc.nat(20), isClient: fc.boolean() }), { maxLength: 40 }),
      async (plan) => {
        clock.install(startMs)
        try {
          const fired: number[] = []
          for (const [index, { due, isClient }] of plan.entries()) {
            if (isClient) setTimeout(() => fired.push(index), due)
            else clock.schedule(due, () => fired.push(index))
          }
          const dueOf = (index: number) => Math.max(plan[index]?.due ?? 0, plan[index]?.isClient ? 1 : 0)
          await run()
          expect(fired).toEqual([...plan.keys()].toSorted((one, other) => dueOf(one) - dueOf(other) || one - other))
        } finally {
          clock.uninstall()
        }
      },
    ),
    { numRuns: 60 },
  )
})

test('a harness timer fires at its exact instant, a past one at once, a cancelled one never', async () => {
  clock.install(startMs)
  const seen: number[] = []
  clock.schedule(10.25, () => {
    seen.push(clock.now())
    clock.schedule(3, () => seen.push(clock.now()))
  })
  clock.schedule(10.75, () => seen.push(clock.now()))
  clock.schedule(11, () => seen.push(clock.now())).cancel()
  await run()
  expect(seen).toEqual([10.25, 10.25, 10.75])
})

test('a chain of a thousand promises costs no virtual time', async () => {
  clock.install(startMs)
  let isDone = false
  setInterval(() => {}, 1_000)
  const hop = async () => {
    for (let index = 0; index < 1_000; index += 1) await Promise.resolve()
    await new Response('x'.repeat(1_000_000)).text()
    isDone = true
  }
  void hop()
  expect(await run({ until: () => isDone })).toEqual({ end: 'done' })
  expect(clock.now()).toBe(0)
})

test('two days pass in one step', async () => {
  clock.install(startMs)
  let isDone = false
  setTimeout(() => (isDone = true), 2 * 86_400_000)
  expect(await run({ until: () => isDone })).toEqual({ end: 'done' })
  expect(clock.now()).toBe(2 * 86_400_000)
})

test('nothing left to wait for is a deadlock', async () => {
  clock.install(startMs)
  void new Promise(() => {}).then(() => {})
  expect(await run()).toEqual({ end: 'deadlock' })
})

test('time stops at the horizon, and a later run goes on from there', async () => {
  clock.install(startMs)
  let fired = 0
  setInterval(() => (fired += 1), 1_000)
  expect(await run({ horizon: 4_500 })).toEqual({ end: 'horizon' })
  expect([fired, clock.now()]).toEqual([4, 4_500])
  expect(await run({ until: () => fired === 6, horizon: 10_000 })).toEqual({ end: 'done' })
  expect(clock.now()).toBe(6_000)
})

test('work that begets work at the same instant for ever is a livelock', async () => {
  clock.install(startMs)
  let steps = 0
  const again = () => {
    steps += 1
    clock.schedule(clock.now(), again)
  }
  clock.schedule(5, again)
  expect(await run()).toEqual({ end: 'livelock' })
  expect(steps).toBe(limits.idleTimerSteps)
})

test('polling with sleep(0) and an interval of 0 let time pass', async () => {
  clock.install(startMs)
  const due = Date.now() + 500
  let isDone = false
  let ticks = 0
  const interval = setInterval(() => (ticks += 1), 0)
  const poll = async () => {
    while (Date.now() < due) await timersPromises.setTimeout(0)
    clearInterval(interval)
    isDone = true
  }
  void poll()
  expect(await run({ until: () => isDone })).toEqual({ end: 'done' })
  expect([clock.now(), ticks]).toEqual([500, 500])
})

test('hops over setImmediate cost no virtual time, and spinning on them does not stop it', async () => {
  clock.install(startMs)
  let hopped = -1
  let isDone = false
  setInterval(() => {}, 1_000)
  const hop = async () => {
    for (let index = 0; index < 20; index += 1) await new Promise((resolve) => setImmediate(resolve))
    hopped = clock.now()
    const due = Date.now() + 5_000
    while (Date.now() < due) await new Promise((resolve) => setImmediate(resolve))
    isDone = true
  }
  void hop()
  expect(await run({ until: () => isDone })).toEqual({ end: 'done' })
  expect([hopped, clock.now()]).toEqual([0, 5_000])
})

test('a client callback that throws is told with its owner, and time goes on', async () => {
  clock.install(startMs)
  const told: unknown[] = []
  let ticks = 0
  runAs(owner(7), () => {
    setInterval(() => {
      ticks += 1
      throw new Error(`tick ${ticks}`)
    }, 10)
  })
  const onClientError = (error: unknown, by: Owner | undefined) => told.push([(error as Error).message, by?.operation])
  await run({ until: () => ticks === 2, onClientError })
  expect(told).toEqual([
    ['tick 1', 7],
    ['tick 2', 7],
  ])
})

test('harness work that throws rejects the run', async () => {
  clock.install(startMs)
  clock.schedule(1, () => {
    throw new Error('ours')
  })
  await expect(run({ onClientError: () => {} })).rejects.toThrow('ours')
})

test('harness work runs on behalf of nobody in particular, client timers on behalf of who set them', async () => {
  clock.install(startMs)
  const context = new AsyncLocalStorage<string>()
  const seen: unknown[] = []
  context.run('setter', () => {
    setTimeout(() => seen.push(['timer', context.getStore()]), 1)
    const interval = setInterval(() => {
      seen.push(['interval', context.getStore()])
      clearInterval(interval)
    }, 2)
    clock.schedule(3, () => seen.push(['harness', context.getStore()]))
    AbortSignal.timeout(4).addEventListener('abort', () => seen.push(['abort listener', context.getStore()]))
    const controller = new AbortController()
    controller.signal.addEventListener('abort', () => seen.push(['own abort', context.getStore()]))
    setTimeout(() => controller.abort(), 5)
  })
  await run()
  expect(seen).toEqual([
    ['timer', 'setter'],
    ['interval', 'setter'],
    ['harness', undefined],
    ['abort listener', 'setter'],
    ['own abort', 'setter'],
  ])
})

test('scheduled work is never charged to the owner who scheduled it or who runs the clock', async () => {
  clock.install(startMs)
  const seen: unknown[] = []
  runAs(owner(1), () => clock.schedule(1, () => seen.push(currentOwner())))
  await runAs(owner(2), () => run())
  expect(seen).toEqual([undefined])
})

test('pending timers are counted per operation, without those of the harness and those that hold nothing open', () => {
  clock.install(startMs)
  setTimeout(() => {}, 10)
  clock.schedule(10, () => {})
  runAs(owner(1), () => {
    setTimeout(() => {}, 10)
    setInterval(() => {}, 10)
    setTimeout(() => {}, 10).unref()
    AbortSignal.timeout(10)
    clearTimeout(setTimeout(() => {}, 10))
  })
  runAs(owner(null), () => setTimeout(() => {}, 10))
  expect([clock.clientTimers(), clock.clientTimers(1), clock.clientTimers(2), clock.clientTimers(null)]).toEqual([
    4, 2, 0, 1,
  ])
})

test('a second run after reset drives clients that captured setTimeout in the first, and old timers are dead', async () => {
  clock.install(startMs)
  const { setTimeout: captured, setInterval: capturedInterval } = globalThis
  const fired: string[] = []
  const leftover = captured(() => fired.push('leftover'), 50)
  const interval = capturedInterval(() => fired.push('interval'), 50)
  expect(Number(leftover)).toBe(1)
  await run({ horizon: 10 })
  clock.reset(startMs + 1_000)
  expect([clock.now(), Date.now(), clock.clientTimers()]).toEqual([0, startMs + 1_000, 0])
  const fresh = captured(() => fired.push('fresh'), 100)
  expect(Number(fresh)).toBe(1)
  leftover.refresh()
  interval.refresh()
  clearInterval(interval)
  expect(await run()).toEqual({ end: 'deadlock' })
  expect(fired).toEqual(['fresh'])
})

test('lru-cache expires what was set at the first instant of a run', async () => {
  clock.install(startMs)
  const cache = new LRUCache<string, string>({ max: 10, ttl: 1_000 })
  cache.set('contact', 'Ada')
  setInterval(() => {}, 1_000)
  await run({ horizon: 900 })
  expect(cache.get('contact')).toBe('Ada')
  await run({ horizon: 1_200 })
  expect(cache.get('contact')).toBeUndefined()
})

test('the watchdog hears of a long run', async () => {
  clock.install(startMs)
  let beats = 0
  setInterval(() => {}, 1)
  await run({ until: () => beats === 2, beat: () => (beats += 1) })
  expect(beats).toBe(2)
})

test('uninstall puts every patched property back exactly, twice in a row', async () => {
  const scheduler = Object.getPrototypeOf(timersPromises.scheduler) as object
  const objects = [
    globalThis,
    timers,
    timersPromises,
    scheduler,
    timersPromises.scheduler,
    AbortSignal,
    Date,
    Date.prototype,
  ]
  const more = [performance, Performance.prototype, process, crypto, Math, Intl, Intl.DateTimeFormat.prototype]
  // Every own property as [holder, key, value, getter, flags], to be compared by identity.
  const properties = () =>
    [...objects, ...more].flatMap((holder, index) =>
      Reflect.ownKeys(holder).map((key) => {
        const { value, get, enumerable, writable, configurable } = Object.getOwnPropertyDescriptor(holder, key) ?? {}
        return [index, key, value as unknown, get, enumerable, writable, configurable]
      }),
    )
  const named = async () => ({ ...(await import('node:timers')), ...(await import('node:timers/promises')) })
  const changes = (before: unknown[][], after: unknown[][]) =>
    before
      .filter((each, index) => each.some((part, place) => !Object.is(part, after[index]?.[place])))
      .map((each) => each[1])
  const before = properties()
  const namedBefore = await named()
  for (let round = 0; round < 2; round += 1) {
    clock.install(startMs)
    expect(changes(before, properties())).toEqual(
      expect.arrayContaining(['setTimeout', 'Date', 'timeout', 'hrtime', 'format']),
    )
    clock.uninstall()
    const after = properties()
    expect(changes(before, after)).toEqual([])
    expect(after.length).toBe(before.length)
    expect(await named()).toEqual(namedBefore)
  }
})

test('a clock is installed once, and moved by one loop at a time', async () => {
  clock.install(startMs)
  expect(() => clock.install(startMs)).toThrow('installed already')
  clock.schedule(5, () => {})
  const first = run()
  await expect(run()).rejects.toThrow('one loop at a time')
  expect(() => clock.reset(startMs)).toThrow('between runs')
  await first
})

test('a process that died hears of none of its timers, and sets none', async () => {
  clock.install(startMs)
  const fired: string[] = []
  const life: Life = { number: 0, over: false }
  const living = (one: Life): Owner => ({ ...owner(null), life: one })
  runAs(living(life), () => {
    setTimeout(() => fired.push('dead'), 10)
    setInterval(() => fired.push('dead'), 20)
    AbortSignal.timeout(15).addEventListener('abort', () => fired.push('dead'))
  })
  runAs(living({ number: 1, over: false }), () => setTimeout(() => fired.push('another'), 10))
  runAs(owner(null), () => setTimeout(() => fired.push('nobody in particular'), 10))
  clock.schedule(5, () => {
    life.over = true
    clock.dropTimers(life)
    runAs(living(life), () => setTimeout(() => fired.push('dead'), 10))
  })
  await run()
  expect(fired).toEqual(['another', 'nobody in particular'])
  expect(clock.clientTimers()).toBe(0)
})

test('a system clock may be off; monotonic clocks and the next run are not', async () => {
  clock.install(startMs)
  const monotonicMs = performance.now()
  clock.offset(3_600_000)
  expect([Date.now() - startMs, new Date().getTime() - startMs]).toEqual([3_600_000, 3_600_000])
  expect(performance.now()).toBe(monotonicMs)
  clock.offset(-1)
  expect(Date.now() - startMs).toBe(-1)
  clock.reset(startMs)
  expect(Date.now()).toBe(startMs)
})
