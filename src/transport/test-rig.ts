// For the tests of this folder: a clock that is stepped by hand, a service of a few routes, and a plan made of functions.

import type { Clock } from '#clock/clock.ts'
import type { Decision, ExchangeView } from '#fault/fault.ts'
import type { FaultPlan, Imposed } from '#fault/plan.ts'
import type { HistoryEvent, Unstamped } from '#history/event.ts'
import { createPrng } from '#random/prng.ts'
import type { Fleet } from '#server/fleet.ts'
import type { Reply, Service, ServiceRequest } from '#server/service.ts'
import type { Opened, TransportOptions } from './transport.ts'
import { virtualTransport } from './virtual.ts'

interface ManualClock extends Clock {
  /** Fires what is due, in order, until nothing is left or the time is reached. */
  run(until?: number): Promise<void>
}

function manualClock(turn: () => Promise<void>): ManualClock {
  let now = 0
  let order = 0
  let queue: { at: number; order: number; work: () => void }[] = []
  return {
    now: () => now,
    schedule: (at, work) => {
      const entry = { at: Math.max(at, now), order: (order += 1), work }
      queue.push(entry)
      return {
        cancel: () => {
          queue = queue.filter((each) => each !== entry)
        },
      }
    },
    run: async (until = Infinity) => {
      for (;;) {
        await turn()
        const next = queue.toSorted((a, b) => a.at - b.at || a.order - b.order)[0]
        if (!next || next.at > until) break
        queue = queue.filter((each) => each !== next)
        now = next.at
        next.work()
      }
      if (until !== Infinity) now = until
    },
  }
}

export type Route = (request: ServiceRequest, at: number) => Partial<Reply>

/** Answers `/contacts/{id}` with a body that names it, commits on POST, and any further routes by path. */
export function tinyService(host = 'api.test', routes: Readonly<Record<string, Route>> = {}): Service {
  let version = 0
  return {
    name: 'tiny',
    hosts: [{ host, region: 'au', product: 'rest' }],
    facts: ({ url, body }) => {
      const id = /^\/contacts\/(\w+)$/u.exec(url.pathname)?.[1]
      return {
        route: id ? '/contacts/{id}' : url.pathname,
        region: 'au',
        product: 'rest',
        workspace: 'ours',
        ...(id && { entity: `contact:${id}` }),
        ...(body !== '' && { key: 'k' }),
      }
    },
    handle: (request, at) => {
      const reply = routes[request.url.pathname]?.(request, at)
      const entity = `contact:${request.url.pathname.split('/').at(-1)}`
      const isWrite = request.method === 'POST'
      if (isWrite) version += 1
      return {
        status: 200,
        headers: [['content-type', 'application/json']],
        body: JSON.stringify({ entity }),
        contains: { [entity]: version },
        effects: isWrite ? [{ entity, version, change: 'updated' }] : [],
        ...reply,
      }
    },
  }
}

/** What the faults of a test do: a decision for each exchange, or several. */
export type Decide = (exchange: ExchangeView, at: number) => Decision | readonly Decision[] | undefined

export function planOf(
  decide: Decide,
  conditions: readonly Imposed[] = [],
  workspaceConditions: readonly Imposed[] = [],
): FaultPlan {
  return {
    specs: [],
    edges: [],
    conditions: () => conditions,
    workspaceConditions: () => workspaceConditions,
    clientConditions: () => [],
    cacheConditions: () => [],
    handshake: () => undefined,
    breaksHandshakes: () => false,
    disturb: () => [],
    decide: (exchange, at) =>
      [decide(exchange, at) ?? []]
        .flat()
        .flatMap((decision, index) => (decision.kind === 'pass' ? [] : [{ fault: `fault-${index + 1}`, decision }])),
  }
}

export type Rig = Opened & {
  readonly clock: ManualClock
  readonly events: readonly HistoryEvent[]
  kinds(): string[]
  find<K extends HistoryEvent['kind']>(kind: K): Extract<HistoryEvent, { kind: K }>[]
  /** Lets time pass until the promise settles. */
  settle<T>(promise: Promise<T>): Promise<T>
}

export type RigOptions = {
  readonly service?: Service
  readonly services?: readonly Service[]
  readonly decide?: Decide
  readonly conditions?: readonly Imposed[]
  readonly workspaceConditions?: readonly Imposed[]
  readonly fleet?: Fleet
  readonly options?: Partial<TransportOptions>
  readonly turn: () => Promise<void>
}

export function openRig(given: RigOptions): Rig {
  const { service, services, decide, conditions, workspaceConditions, fleet, options, turn } = given
  const clock = manualClock(turn)
  const events: HistoryEvent[] = []
  const opened = virtualTransport.open({
    world: { services: services ?? [service ?? tinyService()], fleets: new Map(fleet ? [['au-rest', fleet]] : []) },
    plan: planOf(decide ?? (() => undefined), conditions, workspaceConditions),
    recorder: {
      record: (event: Unstamped) => events.push({ seq: events.length, at: clock.now(), ...event }) - 1,
    },
    clock,
    startMs: 0,
    random: createPrng('test'),
    entityOf: () => undefined,
    isOpen: () => true,
    dropHosts: new Set(),
    ...options,
  })
  return {
    ...opened,
    clock,
    events,
    kinds: () => events.map(({ kind }) => kind),
    find: <K extends HistoryEvent['kind']>(kind: K) =>
      events.filter((event): event is Extract<HistoryEvent, { kind: K }> => event.kind === kind),
    settle: async (promise) => {
      promise.catch(() => {})
      await clock.run()
      return promise
    },
  }
}
