// How hard a fault is felt over its window: the shape's intensity, 0..1, a pure function of time.

import { formatDuration } from '#clock/instant.ts'
import { isFlappedOn } from './flapping.ts'
import type { Shape } from './spec.ts'

/** 0 outside [from, until); inside it, what the shape says for `at`. All in ms since the run's start. */
export function intensity(shape: Shape, from: number, until: number, at: number): number {
  if (at < from || at >= until) return 0
  const since = at - from
  switch (shape.kind) {
    case 'constant':
      return 1
    case 'ramp':
      // Compared first, so that a ramp over nothing does not divide by it.
      return since >= shape.overMs ? 1 : since / shape.overMs
    case 'square':
      return since % shape.periodMs < shape.on * shape.periodMs ? 1 : 0
    case 'flap':
      return isFlappedOn(shape, since) ? 1 : 0
    case 'sawtooth':
      return 1 - (since % shape.periodMs) / shape.periodMs
    case 'false-recovery':
      return since >= shape.quietFromMs && since < shape.quietUntilMs ? 0 : 1
    case 'relapse':
      return since < shape.firstMs || since >= shape.againMs ? 1 : 0
  }
}

/** The shape in plain words, to follow a time window; empty when there is nothing to say. */
export function describe(shape: Shape): string {
  switch (shape.kind) {
    case 'constant':
      return ''
    case 'ramp':
      return `rising to full force over ${formatDuration(shape.overMs)}`
    case 'square':
      return `on for ${formatDuration(shape.on * shape.periodMs)} of every ${formatDuration(shape.periodMs)}`
    case 'flap':
      return `on for about ${formatDuration(shape.onMs)} and off for about ${formatDuration(shape.offMs)} by turns`
    case 'sawtooth':
      return `easing off over ${formatDuration(shape.periodMs)} and back at full force, again and again`
    case 'false-recovery':
      return `with a false recovery of ${formatDuration(shape.quietUntilMs - shape.quietFromMs)} after ${formatDuration(shape.quietFromMs)}`
    case 'relapse':
      return `over after ${formatDuration(shape.firstMs)} and back ${formatDuration(shape.againMs - shape.firstMs)} later`
  }
}

/** Why a shape makes no sense in a window of `windowMs`, as a sentence. */
export function shapeProblem(shape: Shape, windowMs: number): string | undefined {
  switch (shape.kind) {
    case 'constant':
    case 'ramp':
      return undefined
    case 'square':
      return shape.periodMs <= 0 || shape.on <= 0 ? 'The fault is never on.' : undefined
    case 'flap':
      return shape.onMs <= 0 || shape.offMs <= 0
        ? 'A fault that flaps is on for some time and off for some.'
        : undefined
    case 'sawtooth':
      return shape.periodMs <= 0 ? 'A sawtooth over nothing is no shape.' : undefined
    case 'false-recovery':
      return shape.quietFromMs > 0 && shape.quietFromMs < shape.quietUntilMs && shape.quietUntilMs < windowMs
        ? undefined
        : 'A false recovery begins and ends while the fault is on.'
    case 'relapse':
      return shape.firstMs > 0 && shape.firstMs < shape.againMs && shape.againMs < windowMs
        ? undefined
        : 'A relapse comes after the first end and before the last.'
  }
}
