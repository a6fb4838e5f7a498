// Windows: any kind of fault that can hit this client, anywhere between the baseline and the recovery, in any shape.

import * as fc from 'fast-check'
import type { FaultKind } from '#fault/fault.ts'
import { possibleEffects } from '#fault/problem.ts'
import type { Shape } from '#fault/spec.ts'
import type { Window } from './case.ts'
import { durationAround } from './durations.ts'
import type { Ground, Send } from './ground.ts'
import { parametersOf } from './parameters.ts'

/** Shorter ones, which mostly meet one request or none, are one in five. */
const [shortestMs, shortMs] = [100, 2_000]

type Stretch = { readonly fromMs: number; readonly untilMs: number; readonly shape: Shape }

/** `name`: what it is to be called. */
export function windowOf(kind: FaultKind, ground: Ground, name: string): fc.Arbitrary<Window> {
  const decides = kind.acts === 'decides'
  return fc.constantFrom(...ground.sends).chain((send) =>
    fc
      .record({
        where: scopeOf(kind, ground, send),
        stretch: stretchIn(ground, send),
        share: sharesOf(kind) ? shareOf : fc.constant(1),
        nth: decides ? nthOf : fc.constant(undefined),
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
      }),
  )
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

/** Mostly whichever comes; sometimes one exchange of each operation. Only clients that try again send a second. */
const nthOf: fc.Arbitrary<number | undefined> = fc.oneof(
  { weight: 6, arbitrary: fc.constant(undefined) },
  { weight: 2, arbitrary: fc.constantFrom(1, 1, 2, 3) },
)

/** Everything, or what has something in common with one request of the fault-free run. */
function scopeOf(kind: FaultKind, { scenario }: Ground, send: Send): fc.Arbitrary<Window['where']> {
  const { acts, on = 'fleet' } = kind
  const all = fc.constant<Window['where']>({})
  if (acts === 'imposes' && on === 'client') return all
  if (acts === 'imposes' && on === 'fleet')
    return fc.constantFrom(...Object.keys(scenario.fleets)).map((fleet) => ({ fleet }))
  const { method, route, workspace } = send
  const isOneOfMany = workspace !== null && scenario.workspaces.length > 1
  const workspaces = isOneOfMany ? [fc.constant<Window['where']>({ workspace })] : []
  if (acts !== 'decides') return fc.oneof(all, ...workspaces)
  const oneRoute = fc.constant<Window['where']>({ route, method })
  return fc.oneof(
    { weight: 4, arbitrary: all },
    { weight: 4, arbitrary: oneRoute },
    fc.constant({ method }),
    ...workspaces,
  )
}

/** Mostly around the moment of that request, so that it meets something; sometimes anywhere. */
function stretchIn({ fromMs, untilMs, moments }: Ground, send: Send): fc.Arbitrary<Stretch> {
  const longest = untilMs - fromMs
  const lasting = (least: number, most: number) => durationAround(Math.min(least, longest), most, moments)
  const lasts = fc.oneof(
    { weight: 4, arbitrary: lasting(shortMs, longest) },
    { weight: 1, arbitrary: lasting(shortestMs, Math.min(shortMs, longest)) },
  )
  return lasts.chain((lastsMs) =>
    fc
      .record({
        begins: fc.oneof(
          { weight: 2, arbitrary: fc.constant(send.at - fromMs) },
          {
            weight: 1,
            arbitrary: fc.integer({ min: 0, max: 1_000 }).map((part) => send.at - fromMs - (lastsMs * part) / 1_000),
          },
          {
            weight: 1,
            arbitrary: fc.integer({ min: 0, max: 1_000 }).map((part) => ((longest - lastsMs) * part) / 1_000),
          },
        ),
        shape: shapeIn(lastsMs),
      })
      .map(({ begins, shape }) => {
        const from = Math.round(fromMs + Math.min(Math.max(0, begins), longest - lastsMs))
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
