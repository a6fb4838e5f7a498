// run(scenario, client, seed): the nominal twin and the incident at the same time, each in its own cell, then the verdict.
// Nothing in a run depends on its twin; only the judgement does, so the baseline enters the header afterwards.

import { readFileSync, renameSync, writeFileSync } from 'node:fs'
import { relative } from 'node:path'
import type { ClientLocation } from '#client/resolve-client.ts'
import { UserError } from '#context/user-error.ts'
import type { Profile } from '#history/header.ts'
import { parseScenario } from '#scenario/parse.ts'
import { tellHistory, withBaseline, type Told } from './aftermath.ts'
import { openCell, type Cell, type CellEnd } from './cell.ts'
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
  readonly onProgress?: (progress: RunProgress) => void
}

type Facts = 'scenario' | 'client' | 'seed' | 'environment'
type WithoutFacts<R> = R extends RunResult ? Omit<R, Facts> : never
/** How a run ended, without who and when. */
type End = WithoutFacts<RunResult>
type Played = Told & { readonly notOffered: readonly string[]; readonly replayMs: number }

/** Never throws for what the client does. Throws UserError when the scenario cannot be read. */
export async function run(options: RunOptions): Promise<RunResult> {
  const startedAt = wallMs()
  const cells = { nominal: openCell(), faulted: openCell() }
  const plays: Promise<unknown>[] = []
  try {
    const { name, spanMs, job } = prepare(options)
    const play = (cell: Cell, faults: boolean) => playRun(cell, { ...job, faults }, options, spanMs)
    const [nominal, faulted] = [play(cells.nominal, false), play(cells.faulted, true)]
    plays.push(nominal, faulted)
    const { end, replayMs } = await judgeBoth(nominal, faulted, options.historyFile)
    const wall = wallMs() - startedAt
    const environment = { wallMs: wall, replayMs, node: process.version, historyPath: options.historyFile }
    return { scenario: name, client: options.client.name, seed: options.seed, environment, ...end } as RunResult
  } finally {
    for (const cell of Object.values(cells)) cell.kill()
    // Whoever still reads a history must have done so before it goes.
    await Promise.allSettled(plays)
    for (const cell of Object.values(cells)) cell.close()
  }
}

function prepare({ scenario, variant = null, client, seed, profile, dropHosts }: RunOptions) {
  const below = relative(process.cwd(), scenario)
  const file = below.startsWith('..') ? scenario : below
  const text = readFileSync(scenario, 'utf8')
  const { name, spanMs } = parseScenario(text, file, variant)
  return { name, spanMs, job: { scenario: { text, file, variant }, client, seed, profile, dropHosts } }
}

/** Both run at once. An unhealthy twin ends everything; the other cell is killed by `run`. */
async function judgeBoth(
  nominalRun: Promise<Played | End>,
  faultedRun: Promise<Played | End>,
  historyFile: string,
): Promise<{ end: End; replayMs: number }> {
  const nominal = await nominalRun
  if (!('history' in nominal)) return { end: nominal, replayMs: 0 }
  const unhealthy = judgeNominal(nominal, nominal.notOffered)
  if (unhealthy) {
    keepHistory(nominal.text, historyFile)
    return { end: unhealthy, replayMs: nominal.replayMs }
  }
  const faulted = await faultedRun
  if (!('history' in faulted)) return { end: faulted, replayMs: 0 }
  const told = withBaseline(faulted, baselineOf(nominal.history))
  keepHistory(told.text, historyFile)
  return { end: judgeRun(told, faulted.notOffered, phaseStats(nominal.history)), replayMs: faulted.replayMs }
}

async function playRun(cell: Cell, job: Job, options: RunOptions, spanMs: number): Promise<Played | End> {
  const startedAt = wallMs()
  const end = await cell.run(job, {
    signal: options.signal,
    onBeat: ({ at, phase }) => options.onProgress?.({ phase, virtualMs: at, spanMs, nominal: !job.faults }),
  })
  const problem = problemOf(end, options)
  if (problem) return problem
  const told = attempt(() => tellHistory(cell.history(), end.kind === 'died' ? end : null))
  if (told === undefined) return { kind: 'rejected', problem: tampered(options) }
  if (!told) return { kind: 'rejected', problem: neverStarted(end, options) }
  const { notOffered, replayMs } = end.kind === 'finished' ? end : { notOffered: [], replayMs: wallMs() - startedAt }
  return { ...told, notOffered, replayMs }
}

/** What ends a run before there is anything to judge. */
function problemOf(end: CellEnd, { client }: RunOptions): End | null {
  if (end.kind === 'interrupted') return { kind: 'interrupted' }
  if (end.kind === 'broken') return { kind: 'harness-error', message: end.message }
  if (end.kind === 'rejected') return { kind: 'rejected', problem: new UserError(end.problem.message, end.problem) }
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
