// One small change of a case: how the neighbourhood of an incident, or of a case that was nearly a failure, is explored.

import type { Prng } from '#random/prng.ts'
import { faultKinds } from '#fault/catalog.ts'
import type { FaultKind } from '#fault/fault.ts'
import type { Case, Window } from './case.ts'
import { chance, draw } from './draw.ts'
import { durationAround } from './durations.ts'
import type { Ground } from './ground.ts'
import { windowOf } from './windows.ts'

type Change = (window: Window, ground: Ground, random: Prng) => Window

const mostWindows = 8
const shortestMs = 100

export function mutateCase(found: Case, ground: Ground, random: Prng): Case {
  const { windows } = found
  const what = random.next()
  if (windows.length === 0 || (what < 0.2 && windows.length < mostWindows))
    return { ...found, windows: [...windows, another(windows, ground, random)] }
  if (what < 0.3 && windows.length > 1) {
    const gone = random.integer(0, windows.length - 1)
    return { ...found, windows: windows.filter((_, index) => index !== gone) }
  }
  const index = random.integer(0, windows.length - 1)
  const changed = random.pick(changes)(windows[index] as Window, ground, random.fork('how'))
  return { ...found, windows: windows.with(index, changed) }
}

/** A window of its own kind or of another, under a name that is free. */
function another(windows: readonly Window[], ground: Ground, random: Prng): Window {
  const kind = random.pick(ground.kinds) as FaultKind
  const taken = new Set(windows.map(({ name }) => name))
  let nth = 1
  while (taken.has(`${kind.kind}-${nth}`)) nth += 1
  return draw(windowOf(kind, ground, `${kind.kind}-${nth}`), random)
}

const changes: readonly [Change, ...Change[]] = [move, move, stretch, stretch, rescope, reshape, reparameterize, rekind]

/** Earlier or later by anything up to its own length. */
function move(window: Window, ground: Ground, random: Prng): Window {
  const lasts = window.untilMs - window.fromMs
  const by = draw(durationAround(shortestMs, Math.max(1_000, lasts), ground.moments), random)
  return placed(window, window.fromMs + (chance(0.5, random) ? by : -by), lasts, ground)
}

/** Up to eight times as long, or as short. */
function stretch(window: Window, ground: Ground, random: Prng): Window {
  const lasts = window.untilMs - window.fromMs
  const factor = 2 ** (random.next() * 6 - 3)
  const snapped = chance(0.3, random)
    ? draw(durationAround(shortestMs, 600_000, ground.moments), random)
    : lasts * factor
  return placed(window, window.fromMs, snapped, ground)
}

function placed(window: Window, wanted: number, lasted: number, { fromMs, untilMs }: Ground): Window {
  const lasts = Math.round(Math.min(Math.max(shortestMs, lasted), untilMs - fromMs))
  const from = Math.round(Math.min(Math.max(fromMs, wanted), untilMs - lasts))
  return fitted({ ...window, fromMs: from, untilMs: from + lasts })
}

/** A shape that no longer fits its window is left out. */
function fitted(window: Window): Window {
  const { shape, fromMs, untilMs } = window
  const lasts = untilMs - fromMs
  const fits =
    (shape.kind !== 'ramp' || shape.overMs <= lasts) &&
    (shape.kind !== 'false-recovery' || shape.quietUntilMs < lasts) &&
    (shape.kind !== 'relapse' || shape.againMs < lasts)
  return fits ? window : { ...window, shape: { kind: 'constant' } }
}

/** As another window of its kind would be. */
function sibling(window: Window, ground: Ground, random: Prng): Window {
  return draw(windowOf(kindOf(window), ground, window.name), random)
}

function kindOf({ kind }: Window): FaultKind {
  return faultKinds.get(kind) as FaultKind
}

function rescope(window: Window, ground: Ground, random: Prng): Window {
  const { where, share, nth } = sibling(window, ground, random)
  const { nth: _, ...rest } = window
  return { ...rest, where, share, ...(nth !== undefined && { nth }) }
}

function reshape(window: Window, ground: Ground, random: Prng): Window {
  return fitted({ ...window, shape: sibling(window, ground, random).shape })
}

function reparameterize(window: Window, ground: Ground, random: Prng): Window {
  const { with: parameters, effect } = sibling(window, ground, random)
  return { ...window, with: parameters, ...(effect !== undefined && { effect }) }
}

/** Something else goes wrong at the same time and place. */
function rekind(window: Window, ground: Ground, random: Prng): Window {
  const kind = random.pick(ground.kinds) as FaultKind
  const other = draw(windowOf(kind, ground, window.name), random)
  return fitted({ ...other, fromMs: window.fromMs, untilMs: window.untilMs })
}
