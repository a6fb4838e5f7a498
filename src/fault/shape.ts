// How hard a fault is felt over its window: the shape's intensity, 0..1, a pure function of time.

import { formatDuration } from '#clock/instant.ts'
import type { Shape } from './spec.ts'

/** 0 outside [from, until); inside it, what the shape says for `at`. All in ms since the run's start. */
export function intensity(shape: Shape, from: number, until: number, at: number): number {
  if (at < from || at >= until) return 0
  switch (shape.kind) {
    case 'constant':
      return 1
    case 'ramp':
      // Compared first, so that a ramp over nothing does not divide by it.
      return at - from >= shape.overMs ? 1 : (at - from) / shape.overMs
    case 'square':
      return (at - from) % shape.periodMs < shape.on * shape.periodMs ? 1 : 0
    case 'sawtooth':
      return 1 - ((at - from) % shape.periodMs) / shape.periodMs
    case 'false-recovery':
      return at - from >= shape.quietFromMs && at - from < shape.quietUntilMs ? 0 : 1
    case 'relapse':
      return at - from < shape.firstMs || at - from >= shape.againMs ? 1 : 0
    case 'flap':
      return 1
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
    default:
      return shape.kind
  }
}
