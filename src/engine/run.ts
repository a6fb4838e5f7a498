// run(scenario, client, seed): the nominal twin and the incident at the same time, each in its own cell, then the verdict.
// Nothing in a run depends on its twin; only the judgement does, so the baseline enters the header afterwards.
// What a cell says that has played before is believed when it is a pass; anything else is played again by cells that have not.

import { readFileSync, renameSync, writeFileSync } from 'node:fs'
import { relative } from 'node:path'
import type { ClientLocation } from '#client/resolve-client.ts'
import { UserError } from '#context/user-error.ts'
import type { Profile } from '#history/header.ts'
import { parseScenario } from '#scenario/parse.ts'
import { tellHistory, withBaseline, type Told } from './aftermath.ts'
import type { CellEnd } from './cell.ts'
import { createCrew, type Crew } from './crew.ts'
import type { Job } from './job.ts'
import { judgeNominal, judgeRun } from './judge.ts'
import { wallMs } from './real-time.ts'
import type { RunResult } from './run-result.ts'
import { baselineOf, phaseStats } from './stats.ts'

export type RunProgress = {
  readonly phase: string
  readonly virtualMs: number
  readonly spanMs: number
  readonly nominal: boolean
}

export type RunOptions = {
  /** The scenario's file. */
  readonly scenario: string
  /** The row of a file that has several. */
  readonly variant?: string | null
  readonly client: ClientLocation
  readonly seed: string
  readonly profile: Profile
  /** Where the history goes; written whole or not at all. */
  readonly historyFile: string
  readonly dropHosts: readonly string[]
  readonly signal: AbortSignal
  /** The cells to play in. Default: two of its own. */
  readonly crew?: Crew
  readonly onProgress?: (progress: RunProgress) => void
}

type Facts = 'scenario' | 'client' | 'seed' | 'environment'
type WithoutFacts<R> = R extends RunResult ? Omit<R, Facts> : never
/** How a run ended, without who and when. */
type End = WithoutFacts<RunResult>
type Played = Told & { readonly notOffered: readonly string[]; readonly replayMs: number; readonly warm: boolean }

/** Never throws for what the client does. Throws UserError when the scenario cannot be read. */
export async function run(options: RunOptions): Promise<RunResult> {
  const startedAt = wallMs()
  const crew = options.crew ?? createCrew(2)
  try {
    const { name, spanMs, job } = prepare(options)
    const about = { crew, options, spanMs }
    const first = await playBoth(about, job, false)
    const isSure = !first.warm || (first.end.kind === 'judged' && first.end.outcome === 'pass')
    const { end, replayMs } = isSure ? first : await playBoth(about, job, true)
    const wall = wallMs() - startedAt
    const environment = { wallMs: wall, replayMs, node: process.version, historyPath: options.historyFile }
    return { scenario: name, client: options.client.name, seed: options.seed, environment, ...end } as RunResult
  } finally {
    if (crew !== options.crew) crew.close()
  }
}

type About = { readonly crew: Crew; readonly options: RunOptions; readonly spanMs: number }
type Outcome = { readonly end: End; readonly replayMs: number; readonly warm: boolean }

/** An unhealthy twin ends everything; the other cell is interrupted then. */
async function playBoth(about: About, job: Omit<Job, 'faults'>, fresh: boolean): Promise<Outcome> {
  const needless = new AbortController()
  const signal = AbortSignal.any([about.options.signal, needless.signal])
  const play = (faults: boolean) => playRun(about, { ...job, faults }, signal, fresh)
  const faulted = play(true)
  try {
    return await judgeBoth(await play(false), faulted, about.options.historyFile)
  } finally {
    needless.abort()
    // Whoever still reads a history must have done so before it goes.
    await Promise.allSettled([faulted])
  }
}

function prepare({ scenario, variant = null, client, seed, profile, dropHosts }: RunOptions) {
  const below = relative(process.cwd(), scenario)
  const file = below.startsWith('..') ? scenario : below
  const text = readFileSync(scenario, 'utf8')
  const { name, spanMs } = parseScenario(text, file, variant)
  return { name, spanMs, job: { scenario: { text, file, variant }, client, seed, profile, dropHosts } }
}

async function judgeBoth(
  nominal: Played | End,
  faultedRun: Promise<Played | End>,
  historyFile: string,
): Promise<Outcome> {
  if (!('history' in nominal)) return { end: nominal, replayMs: 0, warm: false }
  const unhealthy = judgeNominal(nominal, nominal.notOffered)
  if (unhealthy) {
    keepHistory(nominal.text, historyFile)
    return { end: unhealthy, replayMs: nominal.replayMs, warm: nominal.warm }
  }
  const faulted = await faultedRun
  if (!('history' in faulted)) return { end: faulted, replayMs: 0, warm: nominal.warm }
  const told = withBaseline(faulted, baselineOf(nominal.history))
  keepHistory(told.text, historyFile)
  const end = judgeRun(told, faulted.notOffered, phaseStats(nominal.history))
  return { end, replayMs: faulted.replayMs, warm: nominal.warm || faulted.warm }
}

async function playRun(
  { crew, options, spanMs }: About,
  job: Job,
  signal: AbortSignal,
  fresh: boolean,
): Promise<Played | End> {
  const startedAt = wallMs()
  const watch = {
    signal,
    onBeat: ({ at, phase }: { at: number; phase: string }) =>
      options.onProgress?.({ phase, virtualMs: at, spanMs, nominal: !job.faults }),
  }
  const { end, text, warm } = await crew.play(job, watch, fresh)
  const problem = problemOf(end, options)
  if (problem) return problem
  const told = attempt(() => tellHistory(text, end.kind === 'died' ? end : null))
  if (told === undefined) return { kind: 'rejected', problem: tampered(options) }
  if (!told) return { kind: 'rejected', problem: neverStarted(end, options) }
  const { notOffered, replayMs } = end.kind === 'finished' ? end : { notOffered: [], replayMs: wallMs() - startedAt }
  return { ...told, notOffered, replayMs, warm }
}

/** What ends a run before there is anything to judge. */
function problemOf(end: CellEnd, { client }: RunOptions): End | null {
  if (end.kind === 'interrupted') return { kind: 'interrupted' }
  if (end.kind === 'broken') return { kind: 'harness-error', message: end.message }
  if (end.kind === 'rejected') {
    const problem = new UserError(end.problem.message, end.problem)
    const { lacks } = end.problem
    return lacks ? { kind: 'not-applicable', needs: lacks, problem } : { kind: 'rejected', problem }
  }
  const escape = end.kind === 'finished' ? end.escapes[0] : undefined
  if (!escape) return null
  const { host, via } = escape
  if (via === 'node:child_process' || via === 'node:worker_threads')
    return {
      kind: 'rejected',
      problem: new UserError(
        `The client "${client.name}" tried to start ${host} through ${via}, which cannot run in virtual time; nothing was started.`,
        { hint: 'Let the client do that work in its own thread, or give it a stand-in for what it starts.' },
      ),
    }
  const what = `The client "${client.name}" called ${host} through ${via}, which is not simulated; nothing was sent.`
  const hint =
    via === 'fetch'
      ? `If this run does not depend on that host, add --drop-host ${host}; its requests then fail quietly.`
      : 'In virtual time only the global fetch is served for now. Give the client a fetch-based transport.'
  return { kind: 'rejected', problem: new UserError(what, { hint }) }
}

function attempt<T>(work: () => T): T | undefined {
  try {
    return work()
  } catch {
    return undefined
  }
}

function tampered({ client }: RunOptions): UserError {
  return new UserError(
    `The client "${client.name}" wrote into the record of its own run; nothing can be judged by it.`,
    {
      hint: 'A client may open files of its own, but must leave descriptors alone that it did not open.',
    },
  )
}

function neverStarted(end: CellEnd, { client }: RunOptions): UserError {
  const why = end.kind === 'died' ? end.message : 'its process ended'
  return new UserError(`The client "${client.name}" did not survive being loaded (${why}).`, {
    hint: 'Importing the module and calling create(world) must come back without ending or blocking the process.',
  })
}

/** Written beside its target first, so that a half-written history never carries the name. */
function keepHistory(text: string, file: string): void {
  const partial = `${file}.partial`
  writeFileSync(partial, text)
  renameSync(partial, file)
}
