// All faults of a scenario as one thing that can be asked. Pure: the same exchange at the same time gets the same answer.
// Scope, window, shape, share and nth are applied here, once, so that a kind of fault only says what goes wrong.
// Each draw comes from a stream named after the fault and the exchange's place in its operation, so that one more fault, or
// another operation, changes no decision of the rest; lowering a share only takes hits away.

import assert from 'node:assert/strict'
import type { Prng } from '#random/prng.ts'
import type { Condition, Decision, Disturbance, ExchangeView, FaultKind, Handshake, NotificationView } from './fault.ts'
import { exchangeMatcher, matchesFleet, matchesNotification, matchesWorkspace } from './matching.ts'
import type { WorkspacePlace } from './matching.ts'
import { intensity } from './shape.ts'
import type { FaultSpec } from './spec.ts'

export type Hit = { readonly fault: string; readonly decision: Exclude<Decision, { kind: 'pass' }> }
export type Imposed = { readonly fault: string; readonly condition: Condition }

export type Disturbed = { readonly fault: string; readonly disturbance: Disturbance }

type Greeting = { readonly fault: string; readonly handshake: Handshake }

export interface FaultPlan {
  readonly specs: readonly FaultSpec[]
  /** Decisions for this exchange at `at`, in order; at most the last one ends it. `random` is the run's root stream. */
  decide(exchange: ExchangeView, at: number, random: Prng): readonly Hit[]
  /** Conditions on a fleet at `at`. */
  conditions(fleet: string, at: number): readonly Imposed[]
  /** Conditions on a workspace at `at`. */
  workspaceConditions(workspace: WorkspacePlace, at: number): readonly Imposed[]
  /** Conditions on the process of the client at `at`. */
  clientConditions(at: number): readonly Imposed[]
  /** Conditions on the cache of the client at `at`. */
  cacheConditions(at: number): readonly Imposed[]
  /** What becomes of a notification that is about to be delivered, in the order of the file. `random` is the run's root
   * stream. */
  disturb(notification: NotificationView, at: number, random: Prng): readonly Disturbed[]
  /** How the handshake of a new connection to a fleet goes at `at`, if it goes wrong. `nth` counts the connections to it. */
  handshake(fleet: string, nth: number, at: number, random: Prng): Greeting | undefined
  /** Whether handshakes with a fleet may go wrong at `at`: then no connection should outlive its request. */
  breaksHandshakes(fleet: string, at: number): boolean
  /** When faults start and are lifted, in order. */
  readonly edges: readonly {
    readonly at: number
    readonly kind: 'fault.started' | 'fault.lifted'
    readonly fault: string
  }[]
}

/** `onSockets`: connections are real, so what goes wrong with a handshake is no decision about an exchange. The specs must be sound (see problem.ts): here a fault without a window, or a second one of a name, is our bug. */
export function createPlan(specs: readonly FaultSpec[], onSockets = false): FaultPlan {
  for (const spec of specs) assert(spec.from < spec.until, `The fault "${spec.name}" has no window.`)
  assert(new Set(specs.map((spec) => spec.name)).size === specs.length, 'Two faults have the same name.')
  const isGreeter = ({ kind }: FaultSpec): boolean => onSockets && kind.handshake !== undefined
  const deciders = specs.filter((spec) => spec.kind.acts === 'decides' && !isGreeter(spec)).map(createDecider)
  const greeters = specs.filter(isGreeter)
  const imposers = (on: FaultKind['on']) =>
    specs.filter(({ kind }) => kind.acts === 'imposes' && (kind.on ?? 'fleet') === on)
  const [onFleets, onWorkspaces] = [imposers('fleet'), imposers('workspace')]
  const [onClient, onCache] = [imposers('client'), imposers('cache')]
  const disturbers = specs.filter((spec) => spec.kind.acts === 'disturbs')
  const onFleet = new Map<string, readonly FaultSpec[]>()
  const onWorkspace = new Map<string, readonly FaultSpec[]>()
  return {
    specs,
    decide: (exchange, at, random) => decideAll(deciders, exchange, at, random),
    conditions: (fleet, at) => {
      const known = onFleet.get(fleet) ?? onFleets.filter((spec) => matchesFleet(spec.where, fleet))
      onFleet.set(fleet, known)
      return imposeAll(known, at)
    },
    workspaceConditions: (workspace, at) => {
      if (onWorkspaces.length === 0) return noConditions
      const { name } = workspace
      const known = onWorkspace.get(name) ?? onWorkspaces.filter((spec) => matchesWorkspace(spec.where, workspace))
      onWorkspace.set(name, known)
      return imposeAll(known, at)
    },
    clientConditions: (at) => imposeAll(onClient, at),
    cacheConditions: (at) => imposeAll(onCache, at),
    disturb: (notification, at, random) =>
      disturbers.length === 0 ? noDisturbances : disturbAll(disturbers, notification, at, random),
    breaksHandshakes: (fleet, at) => greeters.some((spec) => isGreeting(spec, fleet, at)),
    handshake: (fleet, nth, at, random) => greetingOf(greeters, fleet, nth, at, random),
    edges: edgesOf(specs),
  }
}

type Decider = {
  readonly spec: FaultSpec
  readonly matches: (exchange: ExchangeView) => boolean
}

const noHits: readonly Hit[] = []
const noConditions: readonly Imposed[] = []
const noDisturbances: readonly Disturbed[] = []

function createDecider(spec: FaultSpec): Decider {
  return { spec, matches: exchangeMatcher(spec.where) }
}

function decideAll(deciders: readonly Decider[], exchange: ExchangeView, at: number, random: Prng): readonly Hit[] {
  let hits: Hit[] | undefined
  for (const { spec, matches } of deciders) {
    if (at < spec.from || at >= spec.until || !isNth(spec, exchange) || !matches(exchange)) continue
    const decision = decideOne(spec, exchange, at, random)
    if (decision.kind === 'pass') continue
    hits ??= []
    hits.push({ fault: spec.name, decision })
    if (ends(decision)) break
  }
  return hits ?? noHits
}

function ends({ kind }: Decision): boolean {
  return kind === 'respond' || kind === 'abort' || kind === 'hang'
}

/** Background work has no operation, hence no nth exchange of one. */
function isNth({ nth }: FaultSpec, exchange: ExchangeView): boolean {
  return nth === undefined || (exchange.operation !== null && exchange.nth === nth)
}

function decideOne(spec: FaultSpec, exchange: ExchangeView, at: number, random: Prng): Decision {
  const { kind, params, effect } = spec
  const stream = (purpose: string): Prng => streamOf(spec, exchange, random, purpose)
  const force = forceOf(spec, at, stream)
  if (force === 0) return { kind: 'pass' }
  return kind.decide?.(params, exchange, effect, force, stream('decides')) ?? { kind: 'pass' }
}

/** What is left of the shape for a kind to apply: 0 when the fault does not fire. */
function forceOf(
  { kind, shape, share, from, until }: FaultSpec,
  at: number,
  stream: (purpose: string) => Prng,
): number {
  const force = intensity(shape, from, until, at)
  const byShare = kind.shapes === 'share'
  const chance = byShare ? share * force : share
  if (force === 0 || chance === 0) return 0
  // A stream of its own, so that what a fault does to an exchange stays the same when its share changes.
  if (chance < 1 && stream('fires').next() >= chance) return 0
  return byShare ? 1 : force
}

function streamOf(spec: FaultSpec, exchange: ExchangeView, random: Prng, purpose: string): Prng {
  const owner = exchange.operation ?? `background-${exchange.instance}`
  return random.fork('fault', spec.name, owner, exchange.nth, purpose)
}

/** The first that goes wrong; its scope names nothing that only requests have (see `knowsConnections`). */
function greetingOf(
  greeters: readonly FaultSpec[],
  fleet: string,
  nth: number,
  at: number,
  random: Prng,
): Greeting | undefined {
  for (const spec of greeters) {
    if (!isGreeting(spec, fleet, at)) continue
    const { name, kind, params } = spec
    const stream = (purpose: string): Prng => random.fork('fault', name, 'connection', fleet, nth, purpose)
    const handshake = forceOf(spec, at, stream) > 0 ? kind.handshake?.(params) : undefined
    if (handshake) return { fault: name, handshake }
  }
  return undefined
}

function isGreeting({ where, from, until }: FaultSpec, fleet: string, at: number): boolean {
  return at >= from && at < until && matchesFleet(where, fleet)
}

function disturbAll(
  disturbers: readonly FaultSpec[],
  notification: NotificationView,
  at: number,
  random: Prng,
): readonly Disturbed[] {
  const { workspace, nth } = notification
  return disturbers.flatMap((spec) => {
    const { name, kind, where, params } = spec
    if (at < spec.from || at >= spec.until || (spec.nth !== undefined && spec.nth !== nth)) return []
    if (!matchesNotification(where, notification)) return []
    const stream = (purpose: string): Prng => random.fork('fault', name, 'notification', workspace, nth, purpose)
    const force = forceOf(spec, at, stream)
    const disturbance = force > 0 ? kind.disturb?.(params, notification, force, stream('disturbs')) : undefined
    return disturbance ? [{ fault: name, disturbance }] : []
  })
}

function imposeAll(specs: readonly FaultSpec[], at: number): readonly Imposed[] {
  let imposed: Imposed[] | undefined
  for (const { name, kind, params, shape, share, from, until } of specs) {
    const force = intensity(shape, from, until, at)
    if (force === 0 || share === 0) continue
    for (const condition of kind.impose?.(params, force, share) ?? []) {
      imposed ??= []
      imposed.push({ fault: name, condition })
    }
  }
  return imposed ?? noConditions
}

/** Where one fault hands over to another, the first is lifted before the second starts. */
function edgesOf(specs: readonly FaultSpec[]): FaultPlan['edges'] {
  const lifted = specs.map(({ name, until }) => ({ at: until, kind: 'fault.lifted' as const, fault: name }))
  const started = specs.map(({ name, from }) => ({ at: from, kind: 'fault.started' as const, fault: name }))
  return [...lifted, ...started].toSorted((a, b) => a.at - b.at)
}
