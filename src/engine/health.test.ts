import { expect, test } from 'vitest'
import { reportIn, scheduleHealth } from './health.ts'

const nothing = { status: 'unknown', problem: null, cause: null }
const said = (intercom: unknown) => reportIn({ kind: 'returned', value: { services: { intercom } } })

test('a report is recorded as it is', () => {
  expect(said({ status: 'down', problem: 'ours', cause: 'token', why: 'a 401' })).toEqual({
    status: 'down',
    problem: 'ours',
    cause: 'token',
    why: 'a 401',
  })
  expect(said({ status: 'ok' })).toEqual({ status: 'ok', problem: null, cause: null, why: '' })
})

test.for<[unknown]>([
  [undefined],
  [null],
  [7],
  ['ok'],
  [[]],
  [{}],
  [{ services: null }],
  [{ services: { intercom: 'ok' } }],
])('%j is no report', ([value]) => expect(reportIn({ kind: 'returned', value })).toMatchObject(nothing))

test('what a report says wrongly is left out, and secrets are not repeated', () => {
  expect(said({ status: 'ill' })).toMatchObject(nothing)
  expect(said({ status: 'down', problem: 'mine', cause: 7, why: 'Bearer dG9rOjEyMzQ1Njc4OTA refused' })).toEqual({
    status: 'down',
    problem: null,
    cause: null,
    why: 'Bearer [redacted] refused',
  })
})

test('a report that throws when it is read, an error and silence are unknown', () => {
  const hostile = {
    get services(): never {
      throw new Error('do not look')
    },
  }
  expect(reportIn({ kind: 'returned', value: hostile })).toEqual({ ...nothing, why: 'do not look' })
  expect(reportIn({ kind: 'failed', error: new TypeError('no idea') })).toEqual({
    ...nothing,
    why: 'TypeError: no idea',
  })
  expect(reportIn({ kind: 'overdue' })).toEqual({ ...nothing, why: 'no answer within 10 s' })
})

test('a process that is away is asked again when the next turn comes', () => {
  const turns: number[] = []
  const asked: number[] = []
  const due: (() => void)[] = []
  const clock = {
    now: () => 0,
    schedule: (at: number, work: () => void) => {
      turns.push(at)
      due.push(work)
      return { cancel() {} }
    },
  }
  const away = { index: 0, alive: null, background: (_purpose: string, nth: number) => void asked.push(nth) }
  const instances = [away] as unknown as Parameters<typeof scheduleHealth>[0]['instances']
  scheduleHealth({ clock, recorder: { record: () => 0 }, spanMs: 10_000, instances, everyMs: 3_000 })
  for (const work of due) work()
  expect({ turns, asked }).toEqual({ turns: [3_000, 6_000, 9_000], asked: [1, 2, 3] })
})
