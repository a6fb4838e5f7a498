// Every kind of fault there is. A new kind is one file, its test, and one line here.

import { capacityLoss } from './capacity-loss.ts'
import { connectionRefused } from './connection-refused.ts'
import { connectionReset } from './connection-reset.ts'
import { crashLoop } from './crash-loop.ts'
import { demand } from './demand.ts'
import type { FaultKind } from './fault.ts'
import { hang } from './hang.ts'
import { latency } from './latency.ts'
import { status } from './status.ts'

const kinds: readonly FaultKind[] = [
  capacityLoss,
  connectionRefused,
  connectionReset,
  crashLoop,
  demand,
  hang,
  latency,
  status,
]

export const faultKinds: ReadonlyMap<string, FaultKind> = new Map(kinds.map((kind) => [kind.kind, kind]))

export const kindNames: readonly string[] = kinds.map((kind) => kind.kind)
