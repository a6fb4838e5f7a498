import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { describe as describeShape, intensity } from './shape.ts'
import type { Shape } from './spec.ts'

const ramp: Shape = { kind: 'ramp', overMs: 100 }
const sawtooth: Shape = { kind: 'sawtooth', periodMs: 100 }
const falseRecovery: Shape = { kind: 'false-recovery', quietFromMs: 300, quietUntilMs: 400 }
const relapse: Shape = { kind: 'relapse', firstMs: 200, againMs: 800 }
const square: Shape = { kind: 'square', periodMs: 100, on: 0.25 }

test.for([
  [{ kind: 'constant' }, 1_000, 1],
  [{ kind: 'constant' }, 1_999, 1],
  [ramp, 1_000, 0],
  [ramp, 1_050, 0.5],
  [ramp, 1_100, 1],
  [ramp, 1_900, 1],
  [{ kind: 'ramp', overMs: 0 }, 1_000, 1],
  [{ kind: 'ramp', overMs: 2_000 }, 1_500, 0.25],
  [square, 1_000, 1],
  [square, 1_024, 1],
  [square, 1_025, 0],
  [square, 1_099, 0],
  [square, 1_100, 1],
  [sawtooth, 1_000, 1],
  [sawtooth, 1_050, 0.5],
  [sawtooth, 1_100, 1],
  [falseRecovery, 1_299, 1],
  [falseRecovery, 1_300, 0],
  [falseRecovery, 1_399, 0],
  [falseRecovery, 1_400, 1],
  [relapse, 1_199, 1],
  [relapse, 1_200, 0],
  [relapse, 1_799, 0],
  [relapse, 1_800, 1],
] as const)('%j has at %d the intensity %d', ([shape, at, expected]) => {
  expect(intensity(shape, 1_000, 2_000, at)).toBe(expected)
})

const shapes: fc.Arbitrary<Shape> = fc.oneof(
  fc.constant<Shape>({ kind: 'constant' }),
  fc.record({ kind: fc.constant('ramp' as const), overMs: fc.nat(10_000) }),
  fc.record({
    kind: fc.constant('square' as const),
    periodMs: fc.integer({ min: 1, max: 10_000 }),
    on: fc.double({ min: 0, max: 1, noNaN: true }),
  }),
  fc.record({
    kind: fc.constant('flap' as const),
    onMs: fc.integer({ min: 10, max: 10_000 }),
    offMs: fc.integer({ min: 10, max: 10_000 }),
    seed: fc.string(),
  }),
  fc.record({ kind: fc.constant('sawtooth' as const), periodMs: fc.integer({ min: 1, max: 10_000 }) }),
  fc.record({
    kind: fc.constant('false-recovery' as const),
    quietFromMs: fc.nat(10_000),
    quietUntilMs: fc.nat(10_000),
  }),
  fc.record({ kind: fc.constant('relapse' as const), firstMs: fc.nat(10_000), againMs: fc.nat(10_000) }),
)

test('intensity is 0 outside the window and within 0..1 inside it', () => {
  fc.assert(
    fc.property(
      shapes,
      fc.nat(5_000),
      fc.integer({ min: 1, max: 5_000 }),
      fc.nat(20_000),
      (shape, from, length, at) => {
        const value = intensity(shape, from, from + length, at)
        const inside = at >= from && at < from + length
        expect(value >= 0 && value <= (inside ? 1 : 0)).toBe(true)
      },
    ),
  )
})

test('a ramp never falls inside its window', () => {
  fc.assert(
    fc.property(fc.nat(2_000), fc.nat(999), fc.nat(999), (overMs, a, b) => {
      const at = (time: number) => intensity({ kind: 'ramp', overMs }, 0, 1_000, time)
      expect(at(Math.min(a, b))).toBeLessThanOrEqual(at(Math.max(a, b)))
    }),
  )
})

test.for([
  [{ kind: 'constant' }, ''],
  [{ kind: 'ramp', overMs: 1_080_000 }, 'rising to full force over 18m'],
  [{ kind: 'square', periodMs: 30_000, on: 0.5 }, 'on for 15s of every 30s'],
  [{ kind: 'flap', onMs: 40_000, offMs: 240_000, seed: '' }, 'on for about 40s and off for about 4m by turns'],
  [{ kind: 'sawtooth', periodMs: 300_000 }, 'easing off over 5m and back at full force, again and again'],
  [{ kind: 'false-recovery', quietFromMs: 540_000, quietUntilMs: 780_000 }, 'with a false recovery of 4m after 9m'],
  [{ kind: 'relapse', firstMs: 600_000, againMs: 86_400_000 }, 'over after 10m and back 23h50m later'],
] as const)('%j is described as "%s"', ([shape, words]) => {
  expect(describeShape(shape)).toBe(words)
})
