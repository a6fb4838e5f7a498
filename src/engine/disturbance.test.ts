import { expect, test } from 'vitest'
import type { Disturbance } from '#fault/fault.ts'
import { sumOf } from './disturbance.ts'

const repeat = { kind: 'repeat', times: 2, afterMs: 30 } as const
const forge = { kind: 'forge', signature: 'missing' } as const

test.for<[Disturbance[], number[], number[]]>([
  [[], [100], []],
  [
    [
      { kind: 'delay', ms: 5 },
      { kind: 'delay', ms: 2 },
    ],
    [107],
    [],
  ],
  [[{ kind: 'drop' }], [], []],
  [[repeat], [100, 130, 160], []],
  [[repeat, { kind: 'delay', ms: 7 }], [107, 137, 167], []],
  [[repeat, { kind: 'drop' }], [], []],
  [[forge], [100], [100]],
  [[{ kind: 'delay', ms: 7 }, forge, { kind: 'drop' }], [], [107]],
])('%j sends at %j and forges at %j', ([disturbances, sendAt, forgedAt]) => {
  const disturbed = disturbances.map((disturbance) => ({ fault: 'fault', disturbance }))
  const { sendAt: sent, forgeries } = sumOf(disturbed, 100)
  expect([sent, forgeries.map(({ at }) => at)]).toEqual([sendAt, forgedAt])
})
