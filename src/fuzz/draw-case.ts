// New cases. `any`: the whole catalogue, as a swarm (a few kinds are on for one case, so that a loud one does not drown the
// others). `around`: the incident itself, changed in a few places.

import * as fc from 'fast-check'
import type { FaultKind } from '#fault/fault.ts'
import type { Prng } from '#random/prng.ts'
import type { Case, Window, Workload } from './case.ts'
import { draw } from './draw.ts'
import { givenCase, type Ground } from './ground.ts'
import { mutateCase } from './mutate.ts'
import { windowOf } from './windows.ts'

export type Mode = 'around' | 'any'

const mostKinds = 4
const mostWindows = 5

export function drawCase(mode: Mode, workload: Workload, ground: Ground, random: Prng): Case {
  if (mode === 'any') return { windows: swarm(ground, random), workload }
  const changes = draw(fc.constantFrom(1, 1, 2, 2, 3, 4, 6), random.fork('changes'))
  let found: Case = { ...givenCase(ground), workload }
  for (let nth = 0; nth < changes; nth += 1) found = mutateCase(found, ground, random.fork('change', nth))
  return found
}

function swarm(ground: Ground, random: Prng): readonly Window[] {
  const kinds = draw(
    fc.shuffledSubarray([...ground.kinds], { minLength: 1, maxLength: Math.min(mostKinds, ground.kinds.length) }),
    random.fork('kinds'),
  )
  const count = draw(fc.constantFrom(1, 1, 2, 2, 3, mostWindows), random.fork('count'))
  return Array.from({ length: count }, (_, index) => {
    const own = random.fork('window', index)
    const kind = own.pick(kinds) as FaultKind
    return draw(windowOf(kind, ground, `${kind.kind}-${index + 1}`), own)
  })
}
