// Windows: any kind of fault that can hit this client, anywhere between the baseline and the recovery, in any shape.

import * as fc from 'fast-check'
import type { FaultKind } from '#fault/fault.ts'
import { possibleEffects } from '#fault/problem.ts'
import type { Shape } from '#fault/spec.ts'
import type { Window } from './case.ts'
import { durationAround } from './durations.ts'
import type { Ground } from './ground.ts'
import { parametersOf } from './parameters.ts'

const shortestMs = 100

type Stretch = { readonly fromMs: number; readonly untilMs: number; readonly shape: Shape }

/** `name`: what it is to be called. */
export function windowOf(kind: FaultKind, ground: Ground, name: string): fc.Arbitrary<Window> {
  const decides = kind.acts === 'decides'
  return fc
    .record({
      where: scopeOf(kind, ground),
      stretch: stretchIn(ground),
      share: sharesOf(kind) ? shareOf : fc.constant(1),
      nth: decides ? fc.option(fc.integer({ min: 1, max: 4 }), { nil: undefined, freq: 7 }) : fc.constant(undefined),
      with: parametersOf(kind, ground.moments),
      committed: fc.boolean(),
    })
    .map(({ where, stretch, share, nth, with: parameters, committed }) => {
      const effects = possibleEffects(kind, kind.schema.parse(parameters, { jitless: true }))
      const effect = committed ? effects.at(-1) : effects[0]
      return {
        name,
        kind: kind.kind,
        where,
        ...stretch,
        share,
        ...(nth !== undefined && { nth }),
        ...(decides && effect !== undefined && { effect }),
        with: parameters,
      }
    })
}

/** Conditions on workspaces and processes are on or off. */
function sharesOf({ acts, on = 'fleet' }: FaultKind): boolean {
  return acts !== 'imposes' || on === 'fleet'
}

/** Mostly everything, as an outage; otherwise a part of it. */
const shareOf: fc.Arbitrary<number> = fc.oneof(
  { weight: 3, arbitrary: fc.constant(1) },
  { weight: 2, arbitrary: fc.constantFrom(0.9, 0.75, 0.5, 0.25, 0.1, 0.05) },
)

/** Everything, or what requests of the fault-free run had in common. */
function scopeOf({ acts, on = 'fleet' }: FaultKind, { sites, scenario }: Ground): fc.Arbitrary<Window['where']> {
  const all = fc.constant<Window['where']>({})
  const pick = (key: string, values: readonly string[]) =>
    values.length > 1 ? [fc.constantFrom(...values).map((value) => ({ [key]: value }))] : []
  const workspaces = pick('workspace', scenario.workspaces.map(({ name }) => name))
  if (acts === 'imposes' && on === 'client') return all
  if (acts === 'imposes' && on === 'fleet')
    return fc.constantFrom(...Object.keys(scenario.fleets)).map((fleet) => ({ fleet }))
  if (acts !== 'decides') return fc.oneof(all, ...workspaces)
  const routes = fc.constantFrom(...sites).map(({ method, route }) => ({ route, method }))
  const methods = pick('method', [...new Set(sites.map(({ method }) => method))])
  return fc.oneof({ weight: 3, arbitrary: all }, { weight: 3, arbitrary: routes }, ...workspaces, ...methods)
}

function stretchIn({ fromMs, untilMs, moments }: Ground): fc.Arbitrary<Stretch> {
  const longest = untilMs - fromMs
  return durationAround(shortestMs, longest, moments).chain((lastsMs) =>
    fc
      .record({ begins: fc.integer({ min: 0, max: 1_000 }), shape: shapeIn(lastsMs) })
      .map(({ begins, shape }) => {
        const from = Math.round(fromMs + ((longest - lastsMs) * begins) / 1_000)
        return { fromMs: from, untilMs: from + lastsMs, shape }
      }),
  )
}

/** Shapes of short windows are windows of their own. */
function shapeIn(lastsMs: number): fc.Arbitrary<Shape> {
  const constant = fc.constant<Shape>({ kind: 'constant' })
  if (lastsMs < 10_000) return constant
  const part = durationAround(1_000, lastsMs, [])
  return fc.oneof(
    { weight: 7, arbitrary: constant },
    { weight: 1, arbitrary: part.map((overMs): Shape => ({ kind: 'ramp', overMs })) },
    {
      weight: 1,
      arbitrary: fc
        .tuple(part, fc.constantFrom(0.5, 0.1, 0.9))
        .map(([periodMs, on]): Shape => ({ kind: 'square', periodMs, on })),
    },
    {
      weight: 1,
      arbitrary: fc.tuple(part, part).map(([onMs, offMs]): Shape => ({ kind: 'flap', onMs, offMs, seed: '' })),
    },
    { weight: 1, arbitrary: part.map((periodMs): Shape => ({ kind: 'sawtooth', periodMs })) },
  )
}
