// Goal: everything that tells the present tells the same virtual present; dates are otherwise Node's own.

import { hrtime } from 'node:process'
import { performance as hooksPerformance } from 'node:perf_hooks'
import { expect, test } from 'vitest'
import { inVirtualTime } from './in-virtual-time.ts'
import { monotonicStartMs } from './timeline.ts'

const startMs = Date.parse('2026-04-27T11:14:00Z')
const start = { startMs }
const RealDate = Date
const realHrtime = process.hrtime

const sleep = (delayMs: number) => new Promise((resolve) => setTimeout(resolve, delayMs))

test('the date, the formatter and the text of Date() move with virtual time', () =>
  inVirtualTime(async () => {
    await sleep(90_000)
    expect(Date.now()).toBe(startMs + 90_000)
    expect(new Date().toISOString()).toBe('2026-04-27T11:15:30.000Z')
    expect(Date()).toBe(new Date().toString())
    const formatter = new Intl.DateTimeFormat('en', { timeStyle: 'medium', timeZone: 'UTC' })
    expect(formatter.format()).toBe('11:15:30 AM')
    expect([0].map((value) => formatter.format(value))).toEqual(['12:00:00 AM'])
    expect(formatter.formatToParts().find((part) => part.type === 'second')?.value).toBe('30')
  }, start))

test('a date is still a date: instances, subclasses, arguments, clones', () =>
  inVirtualTime(async () => {
    class Birthday extends Date {
      isToday = () => this.toDateString() === new Date().toDateString()
    }
    expect(new Birthday().isToday()).toBe(true)
    expect(new Birthday()).toBeInstanceOf(Date)
    expect(new RealDate(5)).toBeInstanceOf(Date)
    expect(new Date(5)).toBeInstanceOf(RealDate)
    expect(new Date(2_020, 1).getFullYear()).toBe(2_020)
    expect(new Date(undefined as never).getTime()).toBeNaN()
    expect(structuredClone(new Date())).toEqual(new Date())
    expect(new (new Date(5).constructor as DateConstructor)().getTime()).toBe(startMs)
    expect([Date.UTC(2_026), Date.parse('2026-01-01'), Date.length, Date.name]).toEqual([
      RealDate.UTC(2_026),
      RealDate.parse('2026-01-01'),
      7,
      'Date',
    ])
  }, start))

test('the monotonic clocks start an hour up and agree with each other and with the date', () =>
  inVirtualTime(async (clock) => {
    expect(performance.now()).toBe(monotonicStartMs)
    const earlier = hrtime()
    await sleep(1_500)
    expect(performance.now()).toBe(monotonicStartMs + 1_500)
    expect(hooksPerformance.now()).toBe(performance.now())
    expect(performance.timeOrigin + performance.now()).toBe(Date.now())
    expect(hrtime.bigint()).toBe(BigInt(performance.now()) * 1_000_000n)
    expect([hrtime(), hrtime(earlier)]).toEqual([
      [3_601, 500_000_000],
      [1, 500_000_000],
    ])
    expect(process.uptime()).toBe(3_601.5)
    await new Promise<void>((resolve) => void clock.schedule(1_500.25, resolve))
    expect([Date.now(), performance.now() - monotonicStartMs]).toEqual([startMs + 1_500, 1_500.25])
  }, start))

test('hrtime refuses what is no earlier time with the words of Node', () =>
  inVirtualTime(async () => {
    const refusal = (call: () => unknown): string => {
      try {
        return String(call())
      } catch (error) {
        return String(error)
      }
    }
    expect(refusal(() => process.hrtime(3 as never))).toBe(refusal(() => realHrtime(3 as never)))
    expect(refusal(() => process.hrtime([1] as never))).toBe(refusal(() => realHrtime([1] as never)))
  }, start))
