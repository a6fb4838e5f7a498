// The parent's side of a cell: starts it ahead of time, hands it one job after the other, watches its pulse and its memory, and
// kills it with everything it started. A child process, not a worker thread: an allocating endless loop ignores a worker's
// terminate().

import type { ChildProcess } from 'node:child_process'
import type { Duplex } from 'node:stream'
import { fileURLToPath } from 'node:url'
import { limits } from '#context/limits.ts'
import { ownModule } from '#context/own-files.ts'
import type { HistoryText } from '#history/text.ts'
import { engineVariables } from '#container/engine.ts'
import { channelDescriptor, readMessages, writeMessage } from './channel.ts'
import type { Beat, FromCell, Job } from './job.ts'
import { launch } from './launch.ts'
import { openNamelessFile } from './nameless-file.ts'
import { createPulse } from './pulse.ts'
import { realInterval } from './real-time.ts'

export type CellEnd =
  | Exclude<FromCell, { kind: 'beat' }>
  /** The process is gone, or was killed, before it said how the run ended. */
  | {
      readonly kind: 'died'
      readonly cause: 'stalled' | 'memory' | 'exit' | 'killed'
      readonly message: string
      /** What it printed of an error, for whom it died too early to be told otherwise. */
      readonly said?: string
    }
  | { readonly kind: 'interrupted' }

export type Watch = { readonly signal: AbortSignal; onBeat(beat: Beat): void }

export interface Cell {
  /** One run at a time. A cell whose run did not finish is dead afterwards. */
  run(job: Job, watch: Watch): Promise<CellEnd>
  /** The history of the last run as far as it was written. A long one is the file itself: the process ends, and the cell is no more
   * use. */
  history(): HistoryText
  /** How many runs it has been given. */
  runs(): number
  /** Kills the process and all it started, and forgets the history. */
  close(): void
}

const checkEveryMs = 100

export function openCell(): Cell {
  const file = openNamelessFile()
  const script = fileURLToPath(ownModule('engine/cell-start'))
  const child = launch(script, cellEnvironment(), file.descriptor)
  const line = openLine(child)
  let runs = 0
  let isOpen = true
  return {
    run: (job, watch) => {
      if (runs > 0) file.empty()
      runs += 1
      return watchRun(child, line, job, watch)
    },
    history: () => {
      if (file.size() <= limits.shortHistoryBytes) return file.text()
      isOpen = false
      killGroup(child)
      return { pieces: () => file.pieces(), close: () => file.close() }
    },
    runs: () => runs,
    close: () => {
      if (!isOpen) return
      isOpen = false
      killGroup(child)
      file.close()
    },
  }
}

/** Nothing of the user's environment leaks into a verdict, least of all an API key. */
function cellEnvironment(): NodeJS.ProcessEnv {
  const kept = ['PATH', 'HOME', 'TMPDIR', 'TEMP', 'SYSTEMROOT', 'NODE_COMPILE_CACHE', ...engineVariables]
  const entries = kept.flatMap((name) => (process.env[name] === undefined ? [] : [[name, process.env[name]] as const]))
  return { ...Object.fromEntries(entries), TZ: 'UTC', LANG: 'C', NO_COLOR: '1' }
}

function killGroup(child: ChildProcess): void {
  if (child.pid === undefined) return
  try {
    process.kill(-child.pid, 'SIGKILL')
  } catch {
    child.kill('SIGKILL')
  }
}

/** What comes from a cell: messages, the end of its process, and what it printed. */
type Line = {
  readonly channel: Duplex
  onMessage: (message: FromCell) => void
  onClose: (death: CellEnd) => void
  /** How it ended, once it has. */
  death: CellEnd | undefined
}

function openLine(child: ChildProcess): Line {
  let printed = ''
  const keep = (chunk: Buffer) => {
    if (printed.length < limits.outputCharacters)
      printed += chunk.toString('utf8').slice(0, limits.outputCharacters - printed.length)
  }
  child.stdout?.on('data', keep)
  child.stderr?.on('data', keep)
  child.on('error', () => {})
  const line: Line = {
    channel: child.stdio[channelDescriptor] as Duplex,
    onMessage: () => {},
    onClose: () => {},
    death: undefined,
  }
  readMessages(line.channel, (message) => {
    if (isFromCell(message)) line.onMessage(message)
  })
  child.once('close', (code, signal) => {
    line.death = death(code, signal, printed)
    line.onClose(line.death)
  })
  return line
}

function watchRun(child: ChildProcess, line: Line, job: Job, watch: Watch): Promise<CellEnd> {
  return new Promise((resolve) => {
    const wallMs = job.loopback?.wallMs ?? job.wallMs ?? limits.runWallMs
    const pulse = createPulse(child.pid, wallMs)
    let ended: CellEnd | undefined
    const settle = (result: CellEnd) => {
      stopChecking()
      watch.signal.removeEventListener('abort', interrupt)
      line.onMessage = () => {}
      line.onClose = () => {}
      resolve(result)
    }
    /** Kills the process; its last events are written when it is gone. */
    const end = (result: CellEnd) => {
      ended ??= result
      killGroup(child)
    }
    const interrupt = () => end({ kind: 'interrupted' })
    const stopChecking = realInterval(checkEveryMs, () => {
      const ailment = pulse.check()
      if (ailment) end({ kind: 'died', ...deaths(wallMs)[ailment] })
    })
    line.onMessage = (message) => {
      pulse.beat()
      if (message.kind === 'beat') watch.onBeat(message)
      else if (message.kind === 'finished' && ended === undefined) settle(message)
      else end(message)
    }
    line.onClose = (gone) => settle(ended ?? gone)
    if (line.death) return settle(line.death)
    watch.signal.addEventListener('abort', interrupt, { once: true })
    if (watch.signal.aborted) interrupt()
    else void writeMessage(line.channel, job)
  })
}

/** A client may have found the channel; nonsense on it is nobody's word. */
function isFromCell(message: unknown): message is FromCell {
  if (typeof message !== 'object' || message === null || !('kind' in message)) return false
  const { kind } = message
  if (kind === 'finished') return 'escapes' in message && Array.isArray(message.escapes) && 'notOffered' in message
  if (kind === 'rejected') return 'problem' in message
  return kind === 'beat' || kind === 'broken'
}

/** `wallMs`: how long the run might take. */
const deaths = (wallMs: number) =>
  ({
    stalled: {
      cause: 'stalled',
      message: 'it did not let the event loop turn for seconds, and its process was killed',
    },
    overdue: {
      cause: 'stalled',
      message: `it did not finish within ${wallMs / 1_000} s of real time, and its process was killed`,
    },
    memory: {
      cause: 'memory',
      message: `it took more than ${limits.residentBytes / 1e6} MB of memory, and its process was killed`,
    },
  }) as const

function death(code: number | null, signal: string | null, printed: string): CellEnd {
  if (printed.includes('heap out of memory')) {
    return {
      kind: 'died',
      cause: 'memory',
      message: `it took more than ${limits.heapMegabytes} MB of heap`,
    }
  }
  if (signal) return { kind: 'died', cause: 'killed', message: `signal ${signal}` }
  const said = printed.split('\n').findLast((printedLine) => /^(?:\w*Error\b|Error:)/u.test(printedLine))
  return { kind: 'died', cause: 'exit', message: `exit code ${code}`, ...(said !== undefined && { said }) }
}
