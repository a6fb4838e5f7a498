// One replay in one cell, and what came of it: a history to judge, or the reason why there is none.

import { oneLine, presentable } from '#context/foreign-text.ts'
import { UserError } from '#context/user-error.ts'
import { isDriver } from '#client/resolve-client.ts'
import { closeText, type HistoryText } from '#history/text.ts'
import { tellHistory, type Told } from './aftermath.ts'
import type { CellEnd } from './cell.ts'
import type { Crew } from './crew.ts'
import type { Beat, Job } from './job.ts'
import { wallMs } from './real-time.ts'
import { sweepOften } from './sweeping.ts'
import type { RunResult } from './run-result.ts'
import type { RunOptions } from './run-options.ts'

/** Over these any simulated host is reached, so what escapes over them is a host that is not simulated. */
const servedStacks: ReadonlySet<string> = new Set(['fetch', 'node:http', 'node:https', 'undici'])

type Facts = 'scenario' | 'client' | 'seed' | 'environment'
type WithoutFacts<R> = R extends RunResult ? Omit<R, Facts> : never
/** How a run ended, without who and when. */
export type End = WithoutFacts<RunResult>
export type Played<T extends HistoryText = HistoryText> = Told<T> & {
  readonly notOffered: readonly string[]
  readonly replayMs: number
  readonly logs: string
  readonly warm: boolean
  /** Its process did not live to the end. */
  readonly died: boolean
}
type Needed = Pick<RunOptions, 'client' | 'onProgress'>
export type About<O extends Needed = RunOptions> = {
  readonly crew: Crew
  readonly options: O
  readonly spanMs: number
  readonly startMs: number
}

/** `turn`: what must have happened before a long history is read, of which there is room for one at a time. */
export async function playRun(
  { crew, options, spanMs, startMs }: About<Needed>,
  job: Job,
  signal: AbortSignal,
  fresh: boolean,
  turn?: Promise<unknown>,
): Promise<Played | End> {
  const startedAt = wallMs()
  const watch = {
    signal,
    onBeat: ({ at, ...beat }: Beat) =>
      options.onProgress?.({ ...beat, virtualMs: at, spanMs, startMs, nominal: !job.faults }),
  }
  const { end, text, warm } = await crew.play(job, watch, fresh)
  const problem = problemOf(end, options, job.loopback !== undefined)
  if (problem) {
    closeText(text)
    return problem
  }
  if (typeof text !== 'string') {
    sweepOften()
    await turn
  }
  const told = attempt(() => tellHistory(text, end.kind === 'died' ? end : null))
  if (!told) closeText(text)
  if (told === undefined) return { kind: 'rejected', problem: tampered(options) }
  if (!told) return { kind: 'rejected', problem: neverStarted(end, options) }
  const { notOffered, replayMs, logs } =
    end.kind === 'finished' ? end : { notOffered: [], replayMs: wallMs() - startedAt, logs: '' }
  return { ...told, notOffered, replayMs, logs, warm, died: end.kind === 'died' }
}

/** What ends a run before there is anything to judge. */
function problemOf(end: CellEnd, { client }: Needed, isReal: boolean): End | null {
  if (end.kind === 'interrupted') return { kind: 'interrupted' }
  if (end.kind === 'broken') return { kind: 'harness-error', message: end.message }
  // A module dies with the process that it is in; a program was not in it.
  if (end.kind === 'died' && end.cause === 'killed' && isDriver(client))
    return { kind: 'harness-error', message: `The process that played the scenario was killed (${end.message}).` }
  if (end.kind === 'rejected') {
    const problem = new UserError(end.problem.message, end.problem)
    const { lacks, moves } = end.problem
    if (lacks) return { kind: 'not-applicable', needs: lacks, problem }
    return { kind: 'rejected', problem, ...(moves !== undefined && { via: moves }) }
  }
  const escapes = end.kind === 'finished' ? end.escapes : []
  const [escape] = escapes
  if (!escape) return null
  const { host, via } = escape
  if (startsProcesses(via))
    return {
      kind: 'rejected',
      problem: new UserError(
        `The client "${client.name}" tried to start ${host} through ${via}, which cannot run in virtual time; nothing was started.`,
        {
          hint: 'Let the client do that work in its own thread, give it a stand-in for what it starts, or play it on real sockets: --transport loopback.',
        },
      ),
    }
  const what = `The client "${client.name}" called ${host} through ${via}, which is not simulated; nothing was sent.`
  const hint =
    isReal || servedStacks.has(via)
      ? `If this run does not depend on that host, add --drop-host ${host}; its requests then fail quietly.`
      : 'In virtual time there is only HTTP/1.1 to simulated hosts. Give the client a stand-in for what else it connects to.'
  const isNear = escapes.every((one) => one.near && one.via !== 'fetch' && !startsProcesses(one.via))
  return { kind: 'rejected', problem: new UserError(what, { hint }), ...(isNear && { via }) }
}

function startsProcesses(via: string): boolean {
  return via === 'node:child_process' || via === 'node:worker_threads'
}

function attempt<T>(work: () => T): T | undefined {
  try {
    return work()
  } catch {
    return undefined
  }
}

function tampered({ client }: Needed): UserError {
  return new UserError(
    `The client "${client.name}" wrote into the record of its own run; nothing can be judged by it.`,
    {
      hint: 'A client may open files of its own, but must leave descriptors alone that it did not open.',
    },
  )
}

function neverStarted(end: CellEnd, { client }: Needed): UserError {
  const why = end.kind === 'died' ? end.message : 'its process ended'
  return new UserError(`The client "${client.name}" did not survive being loaded (${why}).`, {
    hint: [
      ...(end.kind === 'died' && end.said !== undefined ? [`It printed: ${oneLine(presentable(end.said))}`] : []),
      'Importing the module and calling create(world) must come back without ending or blocking the process.',
    ].join('\n'),
  })
}
