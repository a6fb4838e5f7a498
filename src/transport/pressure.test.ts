import { array, assert, double, property } from 'fast-check'
import { expect, test } from 'vitest'
import { noPressure } from '#server/fleet.ts'
import { sumPressure } from './pressure.ts'

const share = double({ min: 0, max: 1, noNaN: true })
const lost = (value: number) => ({ fault: 'loss', condition: { kind: 'workers-lost' as const, share: value } })

test('no conditions are no pressure', () => {
  expect(sumPressure([])).toEqual(noPressure)
})

test('losses overlap by chance, demands add up, the slowest restart counts', () => {
  expect(
    sumPressure([
      lost(0.5),
      lost(0.5),
      { fault: 'a', condition: { kind: 'demand', perSecond: 10 } },
      { fault: 'b', condition: { kind: 'demand', perSecond: 5 } },
      { fault: 'c', condition: { kind: 'deadly-demand', perSecond: 1, restartMs: 20_000 } },
      { fault: 'd', condition: { kind: 'deadly-demand', perSecond: 2, restartMs: 5_000 } },
    ]),
  ).toEqual({ lostShare: 0.75, extraPerSecond: 15, deadlyPerSecond: 3, restartMs: 20_000 })
})

test('the share that is lost stays a share and never shrinks with another loss', () => {
  assert(
    property(array(share), share, (shares, more) => {
      const before = sumPressure(shares.map(lost)).lostShare
      const after = sumPressure([...shares, more].map(lost)).lostShare
      expect(after).toBeLessThanOrEqual(1)
      expect(after).toBeGreaterThanOrEqual(before - 1e-12)
    }),
  )
})
