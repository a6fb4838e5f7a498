// The shape of a fault as a scenario writes it: at most one of `ramp`, `square`, `flap`, `sawtooth`, `falseRecovery` and
// `relapse`; without any, the fault is on at full force from its start to its end.

import type { FaultKind } from '#fault/fault.ts'
import type { Shape } from '#fault/spec.ts'
import { durationMs, share } from '#fault/units.ts'
import type { z } from 'zod'
import type { Path, Problems } from './problem.ts'
import type { Calendar } from './run-section.ts'
import { section, time } from './terms.ts'

/** The keys of a fault that say its shape. */
export const shapeFields = {
  ramp: durationMs.optional().describe('It rises to full force over this time.'),
  square: section({
    period: durationMs.describe('How long one turn of on and off takes.'),
    on: share.describe('For how much of each period it is on.'),
  })
    .optional()
    .describe('It comes and goes.'),
  flap: section({
    on: durationMs.describe('How long it is on, on average.'),
    off: durationMs.describe('How long it is off, on average.'),
  })
    .optional()
    .describe('It comes and goes, for stretches of irregular length.'),
  sawtooth: durationMs.optional().describe('It eases off over this time and is back at full force, again and again.'),
  falseRecovery: section({
    from: time.describe('When all seems well.'),
    until: time.describe('When it is back.'),
  })
    .optional()
    .describe('It seems to be over for a while.'),
  relapse: section({
    ends: time.describe('When it is over for the first time.'),
    again: time.describe('When it comes back, to stay until the end.'),
  })
    .optional()
    .describe('It is over, and comes back.'),
} as const

type Fields = typeof shapeFields
type ShapeText = { readonly [K in keyof Fields]?: z.infer<Fields[K]> | undefined }
export type ShapeKey = keyof Fields

const keys = Object.keys(shapeFields) as ShapeKey[]

type Written = ShapeText & { readonly from: string; readonly until: string }

/** The window is that of the fault, in ms since the run's start. */
type Place = {
  readonly fault: string
  readonly kind: FaultKind | undefined
  readonly from: number
  readonly until: number
}

export function resolveShape(written: Written, place: Place, calendar: Calendar, problems: Problems): Shape {
  const path = ['faults', place.fault]
  checkOne(written, path, problems)
  const { ramp, square, flap, sawtooth, falseRecovery, relapse } = written
  const since = (instant: string, ...key: readonly string[]): number =>
    calendar.at(instant, [...path, ...key]) - place.from
  if (ramp !== undefined) return { kind: 'ramp', overMs: ramp }
  if (square) return { kind: 'square', periodMs: square.period, on: square.on }
  if (flap) return { kind: 'flap', onMs: flap.on, offMs: flap.off, seed: place.fault }
  if (sawtooth !== undefined) return { kind: 'sawtooth', periodMs: sawtooth }
  if (falseRecovery)
    return {
      kind: 'false-recovery',
      quietFromMs: since(falseRecovery.from, 'falseRecovery', 'from'),
      quietUntilMs: since(falseRecovery.until, 'falseRecovery', 'until'),
    }
  if (relapse)
    return {
      kind: 'relapse',
      firstMs: since(relapse.ends, 'relapse', 'ends'),
      againMs: since(relapse.again, 'relapse', 'again'),
    }
  return place.kind?.grows ? { kind: 'ramp', overMs: place.until - place.from } : { kind: 'constant' }
}

function checkOne(written: Written, path: Path, problems: Problems): void {
  const [first, second] = shapesIn(written)
  if (first === undefined || second === undefined) return
  problems.key(
    [...path, second],
    `a fault has one shape, but this one has \`${first}\` and \`${second}\``,
    `Remove one of the two, or make two faults of it between ${written.from} and ${written.until}.`,
  )
}

/** The shapes that somebody wrote, in the order in which one of them counts. */
export function shapesIn(written: ShapeText): readonly ShapeKey[] {
  return keys.filter((key) => written[key] !== undefined)
}
