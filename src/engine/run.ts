// run(scenario, client, seed): the nominal twin and the incident at the same time, each in its own cell, then the verdict.
// Nothing in a run depends on its twin; only the judgement does, so the baseline enters the header afterwards.
// What a cell says that has played before is believed when it is a pass; anything else is played again by cells that have not.

import { readFileSync, rmSync } from 'node:fs'
import { limits } from '#context/limits.ts'
import { pathFrom } from '#context/path-from.ts'
import { isUserError, type UserError } from '#context/user-error.ts'
import { writeWhole } from '#context/whole-file.ts'
import type { Baseline } from '#history/header.ts'
import { parseScenario } from '#scenario/parse.ts'
import { serviceReader } from '#scenario/read-service.ts'
import type { Authority } from '#transport/authority.ts'
import { closeText, piecesOf, type HistoryText } from '#history/text.ts'
import { sceneOf } from '#scene/scene.ts'
import { seriesOf, type Series } from '#scene/series.ts'
import { ablate } from './ablation.ts'
import { checkRepeatable } from './repeatable.ts'
import { withBaseline } from './aftermath.ts'
import { boundsOf } from './bounds.ts'
import { createCrew } from './crew.ts'
import { incidentOf } from './incident/incident.ts'
import type { Job } from './job.ts'
import { judgeNominal, judgeRun } from './judge.ts'
import { playRun, type About, type End, type Played } from './played.ts'
import { wallMs } from './real-time.ts'
import type { RunOptions } from './run-options.ts'
import type { PhaseStats, RunResult } from './run-result.ts'
import { baselineOf, phaseStats } from './stats.ts'

/** Never throws for what the client does. Throws UserError when the scenario cannot be read. A client whose requests virtual
 * time cannot serve is moved to real sockets. */
export async function run(options: RunOptions): Promise<RunResult> {
  const result = await runOnce(options)
  const isFixed = options.loopback !== undefined || options.stays === true || options.signal.aborted
  if (result.kind !== 'rejected' || result.via === undefined || isFixed) return result
  const moved = await runOnce({ ...options, loopback: { scale: 'auto' }, ablate: false })
  return { ...moved, environment: { ...moved.environment, moved: result.via } }
}

async function runOnce(options: RunOptions): Promise<RunResult> {
  const startedAt = wallMs()
  const crew = options.crew ?? createCrew(2)
  try {
    const { name, spanMs, startMs, job, faults } = await prepare(options)
    const about = { crew, options, spanMs, startMs }
    const first = await playBoth(about, job, options.loopback !== undefined)
    const isPass = first.end.kind === 'judged' && first.end.outcome === 'pass'
    const isSure = !first.warm || isPass || options.confirm === 'never'
    const { end: told, replayMs, lost, logs } = isSure ? first : await playBoth(about, job, true)
    // Real time repeats nothing.
    const checked = options.repeat && !options.loopback && !lost ? await checkRepeatable(about, job, told) : told
    const ablations = options.ablate && checked.kind === 'judged' ? await ablate(about, job, checked, faults) : []
    // Half of a run must not be taken for a run: neither its history nor a verdict without all of its evidence.
    const end: End = options.signal.aborted ? { kind: 'interrupted' } : checked
    if (end.kind === 'interrupted') rmSync(options.historyFile, { force: true })
    const wall = wallMs() - startedAt
    const { historyFile: historyPath } = options
    const environment = {
      wallMs: wall,
      replayMs,
      node: process.version,
      historyPath,
      ...(lost && { lost }),
      ...(logs && { clientLog: logs }),
    }
    return {
      scenario: name,
      client: options.client.name,
      seed: options.seed,
      environment,
      ...end,
      ...(end.kind === 'judged' && ablations.length > 0 && { ablations }),
    } as RunResult
  } finally {
    if (crew !== options.crew) crew.close()
  }
}

type Outcome = {
  readonly end: End
  readonly replayMs: number
  readonly logs?: string
  readonly warm: boolean
  readonly lost?: UserError
}

/** An unhealthy twin ends everything; the other cell is interrupted then. */
async function playBoth(about: About, job: Omit<Job, 'faults'>, fresh: boolean): Promise<Outcome> {
  const needless = new AbortController()
  const signal = AbortSignal.any([about.options.signal, needless.signal])
  const nominalJudged = Promise.withResolvers<void>()
  const faulted = playRun(about, { ...job, faults: true }, signal, fresh, nominalJudged.promise)
  try {
    const nominal = await playNominal(about, { ...job, faults: false }, signal, fresh)
    nominalJudged.resolve()
    if ('end' in nominal) return nominal
    return judgeFaulted(nominal, await faulted, about.options)
  } finally {
    nominalJudged.resolve()
    needless.abort()
    // Whoever still reads a history must have done so before it goes.
    const [left] = await Promise.allSettled([faulted])
    if (left.status === 'fulfilled' && 'history' in left.value) closeText(left.value.text)
  }
}

async function prepare({ scenario, variant = null, client, seed, profile, dropHosts, loopback }: RunOptions) {
  const below = pathFrom(process.cwd(), scenario)
  const file = below.startsWith('..') ? scenario : below
  const text = readFileSync(scenario, 'utf8')
  const parsed = parseScenario(text, file, variant, file, serviceReader(file, process.cwd()))
  const { name, spanMs, startMs, faults, services } = parsed
  const isSecure = loopback?.https === true || client.https === true || faults.some(({ kind }) => kind.handshake)
  const authority = loopback && isSecure && { authority: await ownAuthority() }
  const real = loopback && { loopback: { scale: loopback.scale, wallMs: spanMs + limits.realGraceMs, ...authority } }
  return {
    name,
    spanMs,
    startMs,
    faults: faults.map((fault) => fault.name),
    job: {
      scenario: { given: text, file, variant, ...(services && { services }) },
      client,
      seed,
      profile,
      dropHosts,
      wallMs: boundsOf(parsed).wallMs,
      ...real,
    },
  }
}

let made: Promise<Authority> | undefined

/** One for all runs of this process. The library it takes is loaded here, and not where clients run. */
async function ownAuthority(): Promise<Authority> {
  made ??= import('#transport/authority.ts').then(({ createAuthority }) => createAuthority())
  return made
}

/** What is left of a healthy twin: its history may be large. */
type Nominal = {
  readonly baseline: Baseline
  readonly phases: readonly PhaseStats[]
  readonly series: Series | null
  readonly warm: boolean
}

async function playNominal(about: About, job: Job, signal: AbortSignal, fresh: boolean): Promise<Nominal | Outcome> {
  const { historyFile, scene = false } = about.options
  const nominal = await playRun(about, job, signal, fresh)
  if (!('history' in nominal)) return { end: nominal, replayMs: 0, warm: false }
  const { text, replayMs, warm, history } = nominal
  try {
    const unhealthy = judgeNominal(nominal, nominal.notOffered)
    if (!unhealthy) {
      const series = scene ? seriesOf(history) : null
      return { baseline: baselineOf(history), phases: phaseStats(history), series, warm }
    }
    const drawn = scene && { scene: sceneOf(history, null, unhealthy.verdicts) }
    return { end: { ...unhealthy, ...drawn }, replayMs, warm, logs: nominal.logs, ...keepHistory(text, historyFile) }
  } finally {
    closeText(text)
  }
}

function judgeFaulted(
  nominal: Nominal,
  faulted: Played | End,
  { historyFile, incident = false, scene = false }: Pick<RunOptions, 'historyFile' | 'incident' | 'scene'>,
): Outcome {
  if (!('history' in faulted)) return { end: faulted, replayMs: 0, warm: nominal.warm }
  const told = withBaseline(faulted, nominal.baseline)
  const judged = judgeRun(told, faulted.notOffered, nominal.phases)
  const drawn = scene && { scene: sceneOf(told.history, nominal.series, judged.verdicts) }
  const end = { ...judged, ...(incident && { incident: incidentOf(told.history) }), ...drawn }
  const warm = nominal.warm || faulted.warm
  return { end, replayMs: faulted.replayMs, warm, logs: faulted.logs, ...keepHistory(told.text, historyFile) }
}

/** A verdict is not lost with its history, for which there may be no room. */
function keepHistory(text: HistoryText, file: string): Pick<Outcome, 'lost'> {
  try {
    writeWhole(file, piecesOf(text))
    return {}
  } catch (error) {
    if (!isUserError(error)) throw error
    return { lost: error }
  }
}
