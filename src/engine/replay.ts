// One run, inside the cell: builds the world, asks the client what the load asks, lets virtual time pass, closes the client
// and ends the history. The control flow of a run is all here; what things *do* is elsewhere.

import { limits } from '#context/limits.ts'
import { currentOwner, isDead, type Owner } from '#context/owner.ts'
import type { Traced } from '#context/trace.ts'
import { UserError } from '#context/user-error.ts'
import { loadClient } from '#client/load-module.ts'
import type { LoopEnd } from '#clock/clock-loop.ts'
import type { RunClock } from '#clock/run-clock.ts'
import { createPlan } from '#fault/plan.ts'
import type { EventOf, HistoryEvent } from '#history/event.ts'
import { createRecorder } from '#history/recorder.ts'
import { createPrng } from '#random/prng.ts'
import { parseData, parseScenario } from '#scenario/parse.ts'
import type { Scenario } from '#scenario/scenario.ts'
import { readFrom } from '#scenario/world-services.ts'
import type { EffectFacts } from '#server/service.ts'
import { rootOf } from '#transport/sender.ts'
import type { Escape } from '#transport/transport.ts'
import { endPrograms } from './client-logs.ts'
import { boundsOf } from './bounds.ts'
import { closeClients, createClients, drainClients } from './clients.ts'
import { loadEarly, loadForRestarts } from './definitions.ts'
import { deathOf } from './death.ts'
import { errorFacts } from './error-facts.ts'
import { frontFor } from './front.ts'
import { headerOf } from './header.ts'
import { checkVirtual, inRealTime, type RealTime } from './in-real-time.ts'
import type { Job } from './job.ts'
import { offered } from './offered.ts'
import { Desk } from './operations.ts'
import { schedulePlot, type Cast } from './plot.ts'
import { Properties } from './properties.ts'
import { checkNeedsNoRedis, openRedis } from './redis/open.ts'
import { scheduleScript, scheduleSeries } from './script.ts'
import { realSetting, virtualSetting } from './setting.ts'
import type { Company, Stage, Witnessed } from './stage.ts'
import { tracedOwner } from './traced-owner.ts'
import { apiTokensOf, createWorld } from './world.ts'
import { drawWorkload, type Request } from './workload.ts'

export type Replayed = {
  readonly notOffered: readonly string[]
  readonly escapes: readonly Escape[]
  readonly logs: string
}

export type Hooks = {
  sink(event: HistoryEvent): void
  /** Called once, before any code of the client runs. */
  onStage(witnessed: Witnessed): void
  onPhase(phase: string): void
}

/** Throws UserError for the user's mistakes and anything else for ours. */
export async function replay(job: Job, hooks: Hooks): Promise<Replayed> {
  const written = scenarioOf(job)
  // In real time the client may be loaded before there is a world, which begins when the client is ready.
  const early = job.loopback && (await loadEarly(job))
  const real = early && job.loopback && inRealTime(written, early, job.loopback.scale, job.client)
  if (!real) checkVirtual(written, job.client)
  const scenario = real?.scenario ?? written
  const redis = early ? await openRedis(early, scenario, await frontFor(job.client)) : undefined
  const company: Company = { instances: [] }
  const { stage, witnessed, restore } = await setStage(job, scenario, hooks, company, real)
  hooks.onStage(witnessed)
  const definition = early ?? (await loadClient(job.client))
  if (!real) checkNeedsNoRedis(definition, scenario)
  const later = real ? [] : await loadForRestarts(job, scenario)
  const { clock, recorder, random } = stage
  const header = headerOf(job, scenario, definition, [...stage.world.intents.values()], real)
  recorder.record({ kind: 'run.started', header: redis ? { ...header, services: { redis: redis.what } } : header })
  const { world, opened, pass } = stage
  const services = redis ? { redis: redis.url } : {}
  const instances = await createClients({ definition, later, scenario, world, opened, random, services }, pass)
  company.instances = instances
  const { loads, notOffered } = offered(scenario, definition, instances)
  const requests = drawWorkload(loads, world.intents, scenario.spanMs, random.fork('workload'))
  const desk = new Desk({ clock, recorder, random, definition, instances, planned: requests.length })
  company.desk = desk
  const cast = { definition, instances, desk, redis, crash: witnessed.crash }
  const end = await act(stage, cast, requests, hooks)
  if (!stage.isCrashed()) await drainClients(instances, recorder, clock, pass)
  if (!stage.isCrashed()) await closeClients(instances, recorder, clock, pass)
  stage.properties.count()
  recorder.record({
    kind: 'run.ended',
    unread: stage.opened.unread(),
    leakedTimers: clock.clientTimers(),
    inFlight: stage.opened.inFlight(),
    ...lagOf(clock),
    reason: stage.isCrashed() ? 'crashed' : end,
  })
  // Whatever still runs on behalf of this client is not heard in a later run of the same cell.
  for (const { alive } of instances) if (alive) alive.life.over = true
  await restore()
  await redis?.close()
  const own = Object.values(apiTokensOf(world)).flatMap((tokens) => Object.values(tokens))
  const secrets = [...Object.values(world.tokens), world.graphToken, ...own]
  return { notOffered, escapes: stage.opened.escapes(), logs: await endPrograms(secrets, redis?.log()) }
}

function lagOf(clock: RunClock): Pick<EventOf<'run.ended'>, 'lagMs'> {
  const lagMs = clock.lagMs()
  return lagMs === undefined ? {} : { lagMs }
}

function scenarioOf({ scenario: { given, file, variant, services = [] }, without = [] }: Job): Scenario {
  const read = readFrom(services)
  const scenario =
    typeof given === 'string' ? parseScenario(given, file, variant, file, read) : parseData(given, file, read)
  return without.length === 0
    ? scenario
    : { ...scenario, faults: scenario.faults.filter(({ name }) => !without.includes(name)) }
}

async function setStage(job: Job, scenario: Scenario, hooks: Hooks, company: Company, real?: RealTime) {
  const random = createPrng(job.seed)
  const setting = job.loopback ? realSetting(random) : virtualSetting(scenario, random)
  const { clock } = setting
  const bounds = boundsOf(scenario)
  const recorder = createRecorder(clock, hooks.sink, bounds.events)
  const world = createWorld(scenario, job.faults, random.fork('world'))
  const plan = createPlan(job.faults ? scenario.faults : [], job.loopback !== undefined)
  const front = await frontFor(job.client)
  const transport = {
    world,
    plan,
    recorder,
    clock,
    startMs: scenario.startMs,
    random: random.fork('transport'),
    entityOf: (operation: number) => company.desk?.entityOf(operation),
    keyOf: (operation: number) => company.desk?.keyOf(operation),
    fulfilled: (workspace: string | null, effect: EffectFacts) => company.desk?.fulfilled(workspace, effect) ?? {},
    isOpen: (operation: number) => company.desk?.isOpen(operation) ?? true,
    servesAnother: (operation: number, instance: number) => company.desk?.servesAnother(operation, instance) ?? false,
    ownerOf: (traced: Traced | undefined) => tracedOwner(traced, company),
    dropHosts: new Set(job.dropHosts),
    mostExchanges: bounds.exchanges,
    ...(!job.hasty && { root: rootOf(job.client.url) }),
    ...(job.loopback?.authority && { authority: job.loopback.authority }),
    ...(front && { front }),
  }
  const opened = await setting.transport.open(transport)
  let crashed = false
  let broken: UserError | undefined
  const witnessed: Witnessed = {
    crash: (error, operation) => {
      // What the machine refused is nobody's crash.
      if (error instanceof UserError) broken ??= error
      if (broken || isDead(currentOwner())) return
      if (!crashed) recorder.record({ kind: 'client.crashed', operation, ...deathOf(error) })
      crashed = true
    },
    reject: (error, operation) => {
      if (isDead(currentOwner())) return
      recorder.record({ kind: 'client.rejected', operation, error: errorFacts(error) })
    },
    now: () => clock.now(),
    progress: () => clock.now() * (real?.scale ?? 1),
    scale: real?.scale,
  }
  const onClientError = (error: unknown, owner: Owner | undefined) => witnessed.crash(error, owner?.operation ?? null)
  const pass = async (until: () => boolean, horizon: number): Promise<LoopEnd> => {
    const end = await clock.run({ until: () => crashed || broken !== undefined || until(), horizon, onClientError })
    if (broken) throw broken
    if (end.end === 'stuck') throw stuck(end.resource)
    return end
  }
  const properties = new Properties(recorder)
  const stopListening = properties.listen()
  const isCrashed = () => crashed
  const { healthEveryMs } = real ?? limits
  const parts = { job, scenario, clock, recorder, random, world, plan, opened, properties }
  const stage: Stage = { ...parts, pass, isCrashed, healthEveryMs, company }
  const restore = async (): Promise<void> => {
    stopListening()
    // In virtual time nothing may happen between the last event and the first of the next run.
    const closing = opened.close()
    setting.restore()
    await closing
  }
  return { stage, witnessed, restore }
}

/** Lets the load and the incident happen; whatever has not settled by then is unknown. */
async function act(
  stage: Stage,
  cast: Cast,
  requests: readonly Request[],
  hooks: Hooks,
): Promise<EventOf<'run.ended'>['reason']> {
  const { clock, recorder, scenario, plan } = stage
  const { desk } = cast
  scheduleScript({ clock, recorder, scenario, plan, onPhase: hooks.onPhase })
  const isBusy = schedulePlot(stage, cast)
  scheduleSeries(clock, requests, (request) => desk.ask(request))
  const end = await stage.pass(
    () => clock.now() >= scenario.spanMs && desk.open().length === 0 && !isBusy(),
    scenario.spanMs + (stage.job.loopback ? limits.settleRealMs : limits.settleMs),
  )
  const reason = stage.isCrashed() ? 'crashed' : 'unsettled'
  for (const operation of desk.open()) recorder.record({ kind: 'operation.unknown', operation, reason })
  if (end.end === 'deadlock' || end.end === 'livelock') return end.end
  return end.end === 'horizon' ? 'limit' : 'done'
}

function stuck(resource: string): UserError {
  return new UserError(
    `The client waits for real input or output (${resource}) that did not end within ${limits.threadpoolWallMs / 1_000} s.`,
    {
      hint: 'In virtual time a client may use files, crypto and compression that finish, but no sockets, databases or pipes.',
    },
  )
}
