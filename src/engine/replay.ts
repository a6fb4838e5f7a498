// One run, inside the cell: builds the world, asks the client what the load asks, lets virtual time pass, closes the client
// and ends the history. The control flow of a run is all here; what things *do* is elsewhere.

import { limits } from '#context/limits.ts'
import type { Owner } from '#context/owner.ts'
import { UserError } from '#context/user-error.ts'
import type { ClientDefinition, Operations } from '#client/client.ts'
import { loadClient } from '#client/load-module.ts'
import { createVirtualClock, type LoopEnd, type VirtualClock } from '#clock/virtual-clock.ts'
import { createPlan, type FaultPlan } from '#fault/plan.ts'
import type { EventOf, HistoryEvent } from '#history/event.ts'
import { createRecorder, type Recorder } from '#history/recorder.ts'
import { installFakeRandom } from '#random/fake-random.ts'
import { createPrng, type Prng } from '#random/prng.ts'
import { parseScenario } from '#scenario/parse.ts'
import type { Scenario } from '#scenario/scenario.ts'
import type { Escape, Opened } from '#transport/transport.ts'
import { virtualTransport } from '#transport/virtual.ts'
import { closeClients, createClients, type Instance } from './clients.ts'
import { errorFacts } from './error-facts.ts'
import { headerOf } from './header.ts'
import type { Job } from './job.ts'
import { Desk } from './operations.ts'
import { scheduleScript, scheduleSeries } from './script.ts'
import { createWorld, type SimulatedWorld } from './world.ts'
import { drawWorkload, type Request } from './workload.ts'

export type Replayed = { readonly notOffered: readonly string[]; readonly escapes: readonly Escape[] }

/** What the process tells the run: the client did something that ends, or stains, a Node process. */
export type Witnessed = {
  crash(error: unknown, operation: number | null): void
  reject(error: unknown, operation: number | null): void
  now(): number
}

export type Hooks = {
  sink(event: HistoryEvent): void
  /** Called once, before any code of the client runs. */
  onStage(witnessed: Witnessed): void
  onPhase(phase: string): void
}

type Stage = {
  readonly job: Job
  readonly scenario: Scenario
  readonly clock: VirtualClock
  readonly recorder: Recorder
  readonly random: Prng
  readonly world: SimulatedWorld
  readonly plan: FaultPlan
  readonly opened: Opened
  /** Lets virtual time pass until the condition holds, the horizon is reached, or the client crashed. */
  readonly pass: (until: () => boolean, horizon: number) => Promise<LoopEnd>
  readonly isCrashed: () => boolean
}

/** Throws UserError for the user's mistakes and anything else for ours. */
export async function replay(job: Job, hooks: Hooks): Promise<Replayed> {
  const scenario = parseScenario(job.scenario.text, job.scenario.file, job.scenario.variant)
  const desks: Desk[] = []
  const { stage, witnessed, restore } = setStage(job, scenario, hooks, () => desks[0])
  hooks.onStage(witnessed)
  const definition = await loadClient(job.client)
  const { clock, recorder, random } = stage
  recorder.record({
    kind: 'run.started',
    header: headerOf(job, scenario, definition, [...stage.world.intents.values()]),
  })
  const instances = await createClients({
    definition,
    scenario,
    world: stage.world,
    fetch: stage.opened.fetch,
    random,
    pass: stage.pass,
  })
  const { requests, notOffered } = offered(stage, definition, instances)
  const desk = new Desk({
    clock,
    recorder,
    random,
    definition,
    instances: instances.map(({ client }) => client.operations as Operations),
    planned: requests.length,
  })
  desks.push(desk)
  const end = await act(stage, desk, requests, hooks)
  if (!stage.isCrashed()) await closeClients(instances, recorder, clock, stage.pass)
  recorder.record({
    kind: 'run.ended',
    leakedTimers: clock.clientTimers(),
    inFlight: stage.opened.inFlight(),
    reason: stage.isCrashed() ? 'crashed' : end,
  })
  restore()
  return { notOffered, escapes: stage.opened.escapes() }
}

function setStage(job: Job, scenario: Scenario, hooks: Hooks, desk: () => Desk | undefined) {
  const random = createPrng(job.seed)
  const clock = createVirtualClock()
  clock.install(scenario.startMs)
  const fakeRandom = installFakeRandom(random.fork('nobody').next)
  const recorder = createRecorder(clock, hooks.sink)
  const world = createWorld(scenario, job.faults, random.fork('world'))
  const plan = createPlan(job.faults ? scenario.faults : [])
  const transport = {
    world,
    plan,
    recorder,
    clock,
    random: random.fork('transport'),
    entityOf: (operation: number) => desk()?.entityOf(operation),
    isOpen: (operation: number) => desk()?.isOpen(operation) ?? true,
    dropHosts: new Set(job.dropHosts),
  }
  const opened = virtualTransport.open(transport)
  let crashed = false
  const witnessed: Witnessed = {
    crash: (error, operation) => {
      if (!crashed)
        recorder.record({ kind: 'client.crashed', cause: 'uncaught', operation, message: sentenceOf(error) })
      crashed = true
    },
    reject: (error, operation) => recorder.record({ kind: 'client.rejected', operation, error: errorFacts(error) }),
    now: () => clock.now(),
  }
  const onClientError = (error: unknown, owner: Owner | undefined) => witnessed.crash(error, owner?.operation ?? null)
  const pass = async (until: () => boolean, horizon: number): Promise<LoopEnd> => {
    const end = await clock.run({ until: () => crashed || until(), horizon, onClientError })
    if (end.end === 'stuck') throw stuck(end.resource)
    return end
  }
  const stage: Stage = { job, scenario, clock, recorder, random, world, plan, opened, pass, isCrashed: () => crashed }
  const restore = () => {
    opened.close()
    fakeRandom.uninstall()
    clock.uninstall()
  }
  return { stage, witnessed, restore }
}

/** Lets the load and the incident happen; whatever has not settled by then is unknown. */
async function act(
  stage: Stage,
  desk: Desk,
  requests: readonly Request[],
  hooks: Hooks,
): Promise<EventOf<'run.ended'>['reason']> {
  const { clock, recorder, scenario, plan } = stage
  scheduleScript({ clock, recorder, scenario, plan, onPhase: hooks.onPhase })
  scheduleSeries(clock, requests, (request) => desk.ask(request))
  const end = await stage.pass(
    () => clock.now() >= scenario.spanMs && desk.open().length === 0,
    scenario.spanMs + limits.settleMs,
  )
  const reason = stage.isCrashed() ? 'crashed' : 'unsettled'
  for (const operation of desk.open()) recorder.record({ kind: 'operation.unknown', operation, reason })
  if (end.end === 'deadlock' || end.end === 'livelock') return end.end
  return end.end === 'horizon' ? 'limit' : 'done'
}

/** What of the load this client can be asked. */
function offered(
  stage: Stage,
  definition: ClientDefinition,
  instances: readonly Instance[],
): { requests: Request[]; notOffered: string[] } {
  const { loads, spanMs, file } = stage.scenario
  const operations = instances[0]?.client.operations ?? {}
  const asked = loads.filter((load) => load.do in operations)
  const notOffered = [...new Set(loads.map((load) => load.do))].filter((name) => !(name in operations))
  if (asked.length === 0) {
    throw new UserError(
      `The client "${definition.name}" offers none of the operations this scenario asks for: ${notOffered.join(', ')}.`,
      {
        place: { file },
        hint: `It offers: ${Object.keys(operations).join(', ') || 'nothing'}. Add one of the missing operations to what create() returns.`,
      },
    )
  }
  return { requests: drawWorkload(asked, stage.world.intents, spanMs, stage.random.fork('workload')), notOffered }
}

function stuck(resource: string): UserError {
  return new UserError(
    `The client waits for real input or output (${resource}) that did not end within ${limits.threadpoolWallMs / 1_000} s.`,
    {
      hint: 'In virtual time a client may use files, crypto and compression that finish, but no sockets, databases or pipes.',
    },
  )
}

function sentenceOf(error: unknown): string {
  const { name, message } = errorFacts(error)
  return message ? `${name}: ${message}` : name
}
