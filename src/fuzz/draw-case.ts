// New cases. `any`: the whole catalogue, as a swarm (a few kinds are on for one case, so that a loud one does not drown the
// others). `around`: the incident itself, changed in a few places.

import * as fc from 'fast-check'
import { faultKinds } from '#fault/catalog.ts'
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
/** What most incidents are made of comes three times as often as the rest. */
const frequent: ReadonlySet<string> = new Set([
  'status',
  'rate-limit',
  'retry-after',
  'hang',
  'latency',
  'connection-reset',
])

export function drawCase(mode: Mode, workload: Workload, ground: Ground, random: Prng): Case {
  if (mode === 'any') return { windows: swarm(ground, random), workload }
  const changes = draw(fc.constantFrom(1, 1, 2, 2, 3, 4, 6), random.fork('changes'))
  let found: Case = { ...givenCase(ground), workload }
  for (let nth = 0; nth < changes; nth += 1) found = mutateCase(found, ground, random.fork('change', nth))
  return found
}

function swarm(ground: Ground, random: Prng): readonly Window[] {
  const weighted = ground.kinds.flatMap((kind) => (frequent.has(kind.kind) ? [kind, kind, kind] : [kind]))
  const kinds = draw(
    fc.shuffledSubarray(weighted, { minLength: 1, maxLength: Math.min(mostKinds, weighted.length) }),
    random.fork('kinds'),
  )
  const count = draw(fc.constantFrom(1, 1, 2, 2, 3, mostWindows), random.fork('count'))
  const windows = Array.from({ length: count }, (_, index) => {
    const own = random.fork('window', index)
    const kind = own.pick(kinds) as FaultKind
    return draw(windowOf(kind, ground, `${kind.kind}-${index + 1}`), own)
  })
  return [
    ...windows,
    ...windows.flatMap((window, index) => accomplice(window, ground, random.fork('accomplice', index))),
  ]
}

/** What changes refusals needs refusals to change, at the same time and place. Both are tried without the other when the case is
 * made smaller. */
function accomplice(window: Window, ground: Ground, random: Prng): readonly Window[] {
  const { changes } = faultKinds.get(window.kind) ?? {}
  const [status] = ground.kinds.filter(({ kind }) => kind === 'status')
  if (!changes || !status) return []
  const refusal = draw(windowOf(status, ground, `${window.name}-refusals`), random)
  const { nth: _, ...rest } = refusal
  const code = random.pick(changes as readonly [number, ...number[]])
  const { where, fromMs, untilMs, shape } = window
  return [
    { ...rest, where: { ...where }, fromMs, untilMs, shape: { ...shape }, share: 1, effect: 'none', with: { code } },
  ]
}
