import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { WaitingLine } from './waiting-line.ts'

test('counts those who have not left, as a plain list does', () => {
  const steps = fc.array(fc.tuple(fc.nat(20), fc.nat(40), fc.integer({ min: 1, max: 300 })), { maxLength: 60 })
  fc.assert(
    fc.property(steps, (script) => {
      const line = new WaitingLine()
      const all: number[] = []
      let now = 0
      let last = 0
      for (const [later, wait, many] of script) {
        now += later
        for (let joined = 0; joined < many; joined += 1) {
          last = Math.max(last, now + wait)
          line.join(last)
          all.push(last)
        }
        expect(line.countAt(now)).toBe(all.filter((leavesAt) => leavesAt > now).length)
      }
    }),
  )
})
