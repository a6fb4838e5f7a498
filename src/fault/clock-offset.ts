// How far and in which direction the client's system clock is wrong: what a step and a skew have in common.

import { z } from 'zod'
import { formatDuration } from '#clock/instant.ts'
import type { ClientCondition } from './fault.ts'
import { positiveMs } from './units.ts'

const off = positiveMs('a clock that is off by nothing is right')

export const offsetSchema = z
  .strictObject({
    ahead: off.optional().describe('How far it gets ahead of the time, as in "5m".'),
    behind: off.optional().describe('How far it falls behind the time, as in "5m".'),
  })
  .refine(({ ahead, behind }) => (ahead === undefined) !== (behind === undefined), {
    error: 'write either ahead or behind',
  })

type Offset = z.infer<typeof offsetSchema>

export function offsetOf({ ahead = 0, behind = 0 }: Offset, intensity: number): ClientCondition {
  return { kind: 'clock-offset', ms: Math.round((ahead - behind) * intensity) }
}

export function offsetText({ ahead = 0, behind = 0 }: Offset): string {
  return ahead > 0 ? `${formatDuration(ahead)} ahead` : `${formatDuration(behind)} behind`
}
