// A scenario for a replay in real time: compressed, and begun now. What real time cannot do is told before anything starts.

import { epochMs } from '#clock/real-clock.ts'
import { formatDuration } from '#clock/instant.ts'
import { limits } from '#context/limits.ts'
import { UserError } from '#context/user-error.ts'
import type { ClientDefinition } from '#client/client.ts'
import { resolveDeclared } from '#client/declared.ts'
import { resolvePromises } from '#client/promises.ts'
import { isDriver, isOwned, type ClientLocation } from '#client/resolve-client.ts'
import { resolveThresholds } from '#oracle/panel.ts'
import { compress, shortestPhase } from '#scenario/compress.ts'
import type { Scenario } from '#scenario/scenario.ts'
import type { FaultSpec } from '#fault/spec.ts'
import { keysOfRequests } from '#fault/matching.ts'

/** `auto`: as much as phases and load allow. */
export type TimeScale = number | 'auto'

export type RealTime = {
  readonly scenario: Scenario
  readonly scale: number
  /** Times that the incident allows are not divided below this. */
  readonly floorMs: number
  /** How often the client is asked how it is. */
  readonly healthEveryMs: number
}

/** In a phase that is shorter nothing shows of a client that is only waiting for its time-outs. Source: the design's rule. */
const deadlinesPerPhase = 3
/** Who waits as asked is refused again meanwhile, and must be seen to wait once more. Source: as above. */
const waitsPerFault = 3
/** A monitor that asks more often would be load. */
const leastHealthMs = 1_000
/** Of a client that promises none. Source: the time after which people leave (Nielsen). */
const usualDeadlineMs = 10_000
/** Requests per second of ours that no limit and no fleet takes notice of: a tenth of what an app may send (10,000 a minute). */
const unnoticed = 16
/** Of what a fleet has to spare, likewise. */
const unnoticedShare = 0.1

/** How much a scenario may be compressed for a client, and why no more. */
type Most = { readonly scale: number; readonly because: string }

/** Throws UserError when the scale is too large, or the scenario needs virtual time. */
export function inRealTime(
  written: Scenario,
  definition: ClientDefinition,
  wanted: TimeScale,
  client: ClientLocation,
): RealTime {
  checkPossible(written, client)
  const deadlineMs = longestDeadline(written, definition)
  const restMs = resolveDeclared(definition).breaker?.restMs ?? 0
  // Who was asked to wait by the last refusal of a fault still does so when it is over.
  const waitMs = Math.max(0, ...waitsOf(written).map(({ ms }) => ms))
  const floorMs = deadlinesPerPhase * Math.max(deadlineMs, restMs) + waitMs
  const all = [
    mostByPhase(written, deadlineMs),
    mostByLoad(written),
    mostByExpectation(written, floorMs),
    ...mostByWaits(written),
  ]
  const most = all.reduce((one, other) => (other.scale < one.scale ? other : one))
  if (wanted !== 'auto' && wanted > Math.max(1, most.scale)) throw tooFast(wanted, most)
  const scale = wanted === 'auto' ? Math.max(1, Math.floor(most.scale)) : wanted
  const scenario = { ...compress(written, scale), startMs: epochMs() }
  return { scenario, scale, floorMs, healthEveryMs: healthEveryMs(scale, deadlineMs) }
}

/** A monitor that is as dense as the timeline, and never asks again while the client may still be waiting for its time-outs. */
function healthEveryMs(scale: number, deadlineMs: number): number {
  const least = Math.max(leastHealthMs, deadlineMs)
  return Math.min(limits.healthEveryMs, Math.max(least, limits.healthEveryMs / scale))
}

/** Of the operations that are asked for. */
function longestDeadline({ loads }: Scenario, definition: ClientDefinition): number {
  const promises = resolvePromises(definition)
  const deadlines = loads.flatMap((load) => promises[load.do]?.withinMs ?? [])
  return deadlines.length === 0 ? usualDeadlineMs : Math.max(...deadlines)
}

function mostByPhase(scenario: Scenario, deadlineMs: number): Most {
  const { name, ms } = shortestPhase(scenario)
  const needed = deadlinesPerPhase * deadlineMs
  return {
    scale: ms / needed,
    because:
      `the phase "${name}" lasts ${formatDuration(ms)}, and needs ${deadlinesPerPhase} deadlines of this client ` +
      `(${formatDuration(deadlineMs)} each) to show anything`,
  }
}

/** The same is asked in less time, and must not become a load that the scenario does not speak of. */
function mostByLoad({ loads, fleets }: Scenario): Most {
  const perSecond = loads.reduce((sum, { gapMs }) => sum + 1_000 / gapMs, 0)
  const spare = Object.values(fleets).map(
    ({ workers, serviceTimeMs, otherTenantsPerSecond }) => (workers * 1_000) / serviceTimeMs - otherTenantsPerSecond,
  )
  const bearable = Math.min(unnoticed, ...spare.map((each) => Math.max(0, each) * unnoticedShare))
  return {
    scale: perSecond === 0 ? Number.POSITIVE_INFINITY : bearable / perSecond,
    because: `${perSecond.toPrecision(2)} operations per second in less time would be a load of their own`,
  }
}

/** What a fault asks the client to wait for is never divided, and several such waits must fit into its time. One that is longer than
 * the run is over at no scale. */
function mostByWaits(scenario: Scenario): Most[] {
  return waitsOf(scenario).map(({ fault: { name, from, until }, ms }) => ({
    scale: (until - from) / (waitsPerFault * ms),
    because:
      `the fault "${name}" lasts ${formatDuration(until - from)}, and asks for waits of ${formatDuration(ms)}, of which ` +
      `${waitsPerFault} must fit into it`,
  }))
}

function waitsOf({ faults, spanMs }: Scenario): { readonly fault: FaultSpec; readonly ms: number }[] {
  return faults
    .map((fault) => ({ fault, ms: fault.kind.asksMs?.(fault.params) ?? 0 }))
    .filter(({ ms }) => ms > 0 && ms < spanMs)
}

/** What the scenario allows in time must leave the client its own constants. */
function mostByExpectation({ expect }: Scenario, floorMs: number): Most {
  const allowed = resolveThresholds('default', expect).filter(
    ({ source, domain, unit }) => source === 'scenario' && domain === 'incident' && unit === 'ms',
  )
  const [least] = allowed.toSorted((one, other) => one.value - other.value)
  if (!least) return { scale: Number.POSITIVE_INFINITY, because: '' }
  return {
    scale: least.value / floorMs,
    because:
      `the scenario allows ${formatDuration(least.value)} for ${least.oracle}, and this client needs ` +
      `${formatDuration(floorMs)} to show it`,
  }
}

function tooFast(wanted: number, { scale, because }: Most): UserError {
  return new UserError(`--time-scale ${wanted} is too much: ${because}.`, {
    hint: `The most for this scenario and client is --time-scale ${Math.max(1, Math.floor(scale * 10) / 10)}.`,
  })
}

function checkPossible({ faults, actions, shuffled }: Scenario, client: ClientLocation): void {
  const clock = faults.find(({ kind }) => kind.kind.startsWith('clock-'))
  if (clock) throw needsVirtual(`The fault "${clock.name}" sets the clock of the client`)
  const greeter = faults.find(
    ({ kind, where, nth }) => kind.handshake && (nth !== undefined || keysOfRequests(where).length > 0),
  )
  if (greeter) throw partOfHandshakes(greeter)
  if (shuffled) throw needsVirtual('This scenario shuffles what happens at the same instant')
  const held = faults.find(({ kind }) => kind.kind === 'client-pause')
  if (held && !isOwned(client)) throw needsProcess(held.name, 'freezes the process of the client')
  checkNetwork(faults, client)
  const ends =
    faults.some(({ kind }) => kind.kind === 'client-restart') || actions.some((action) => action.do === 'restart')
  if (ends && !isOwned(client))
    throw needsVirtual('This scenario ends the process of the client, which is a module here')
}

/** In virtual time a client is a module, whose process is ours. */
export function checkVirtual({ faults }: Scenario, client: ClientLocation): void {
  if (isDriver(client))
    throw new UserError(
      `The driver of the client ${client.name} cannot be used: it runs in real time, and this run is in virtual time.`,
      { hint: 'Add --transport loopback.' },
    )
  for (const { name, kind } of faults) {
    if (kind.kind === 'client-pause') throw needsProcess(name, 'freezes the process of the client')
    if (kind.kind === 'network-cut') throw needsContainer(name)
  }
}

function checkNetwork(faults: Scenario['faults'], client: ClientLocation): void {
  const cut = faults.find(({ kind }) => kind.kind === 'network-cut')
  if (!cut) return
  if (!('container' in client)) throw needsContainer(cut.name)
  if (client.container.serves === undefined) return
  throw new UserError(`The fault "${cut.name}" takes the network away over which this client is asked.`, {
    hint: 'Leave `port` out of its file, and let the driver speak over its standard input and output.',
  })
}

function needsProcess(fault: string, does: string): UserError {
  return new UserError(`The fault "${fault}" ${does}, which is a module or a server here.`, {
    hint: 'Name a client that is a program or a container: a file such as ./desk.client.yaml (docs/drivers.md).',
  })
}

function needsContainer(fault: string): UserError {
  return new UserError(`The fault "${fault}" takes the network away, and this client is in no container.`, {
    hint: 'Use connection-reset or connection-refused, or let the client be a container (docs/containers.md).',
  })
}

function partOfHandshakes({ name, where, nth }: FaultSpec): UserError {
  const keys = [...keysOfRequests(where), ...(nth === undefined ? [] : ['nth'])].join(' and ')
  return new UserError(
    `The fault "${name}" is about some requests (${keys}), and on sockets the handshake that it breaks comes before any request.`,
    { hint: 'Scope it by region, product or fleet, or leave out --transport loopback.' },
  )
}

function needsVirtual(what: string): UserError {
  return new UserError(`${what}, which needs virtual time.`, { hint: 'Leave out --transport loopback.' })
}
