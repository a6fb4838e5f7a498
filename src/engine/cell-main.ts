// The cell: a child process that replays one run after the other. Every event is on disk before the next one happens, so whatever the client
// does to this process, the parent can still tell the story up to that moment. Only a hasty job goes without that.

import { writeSync } from 'node:fs'
import { flushCompileCache } from 'node:module'
import { Socket } from 'node:net'
import { restoreIntrinsics, type Tampering } from '#context/intrinsics.ts'
import { currentOwner } from '#context/owner.ts'
import { couldNotRestore } from '#context/patches.ts'
import { endDrivers } from '#client/driver/roster.ts'
import { forgetModules } from '#client/fresh-modules.ts'
import { tampered } from '#client/tampered.ts'
import { isUserError, UserError } from '#context/user-error.ts'
import { isOutOfRoom, whyUnwritable } from '#context/whole-file.ts'
import type { HistoryEvent } from '#history/event.ts'
import { encodeEvent } from '#history/codec.ts'
import { channelDescriptor, readMessages, writeMessage } from './channel.ts'
import { historyDescriptor, type FromCell, type Job } from './job.ts'
import { realInterval, wallMs } from './real-time.ts'
import { replay } from './replay.ts'
import type { Witnessed } from './stage.ts'

const beatMs = 200
const hastyCharacters = 65_536
const write = writeSync
const { byteLength, from: bytesOf } = Buffer
const exit = process.exit.bind(process)
const channel = new Socket({ fd: channelDescriptor, readable: true, writable: true })
const tell = (message: FromCell): Promise<void> => writeMessage(channel, message)

/** What is being replayed. `null` between two jobs. */
type Act = {
  readonly hasty: boolean
  events: number
  written: number
  /** What a hasty job has not written yet. */
  pending: string
  phase: string
  witnessed: Witnessed | undefined
}
let act: Act | null = null

/** Written to its place in the file, which is emptied between two jobs. */
function sink(event: HistoryEvent): void {
  if (!act) return
  act.events += 1
  act.pending += encodeEvent(event)
  if (!act.hasty || act.pending.length > hastyCharacters) flush()
}

function flush(): void {
  if (!act) return
  try {
    act.written = append(act.pending, act.written)
    act.pending = ''
  } catch (error) {
    if (!isOutOfRoom(error)) throw error
    act = null
    void tell(messageOf(noRoom(error)))
  }
}

/** A disk that is nearly full takes a part of a line and says so in the count only. */
function append(line: string, position: number): number {
  const length = byteLength(line)
  let done = write(historyDescriptor, line, position)
  while (done < length)
    done += write(historyDescriptor, bytesOf(line).subarray(done), 0, length - done, position + done)
  return position + length
}

function noRoom(error: unknown): UserError {
  const what = 'The record of the run cannot be written to the directory for temporary files'
  const hint = 'Make room there, or name another in TMPDIR.'
  return new UserError(`${what}: ${whyUnwritable(error)}.`, { hint, isMachine: true })
}

const operation = () => currentOwner()?.operation ?? null
process.on('uncaughtException', (error) => act?.witnessed?.crash(error, operation()))
process.on('unhandledRejection', (error) => act?.witnessed?.reject(error, operation()))
process.on('exit', (code) => {
  if (!act?.witnessed || act.events === 0) return
  sink({
    seq: act.events,
    at: act.witnessed.now(),
    kind: 'client.crashed',
    cause: 'exit',
    operation: operation(),
    message: `exit code ${code}`,
  })
  flush()
})

async function work(job: Job): Promise<void> {
  const hasty = job.hasty === true
  const own: Act = { hasty, events: 0, written: 0, pending: '', phase: 'start', witnessed: undefined }
  act = own
  const beat = (): void => {
    const { witnessed, phase } = own
    const scale = witnessed?.scale
    void tell({ kind: 'beat', at: witnessed?.progress() ?? 0, phase, ...(scale !== undefined && { scale }) })
  }
  const stopBeat = realInterval(beatMs, beat)
  const startedAt = wallMs()
  try {
    const replayed = await replay(job, {
      sink,
      onStage: (all) => (own.witnessed = all),
      onPhase: (name) => (own.phase = name),
    })
    flush()
    act = null
    const tampering = restoreIntrinsics()
    if (tampering) throw tamperedLater(job, tampering)
    const spent = couldNotRestore() && { spent: true as const }
    await tell({ kind: 'finished', replayMs: wallMs() - startedAt, ...replayed, ...spent })
    // What took part in a run is compiled by now, and kept for the next cell: this one will be killed, which keeps nothing.
    if (jobs === 1) flushCompileCache()
  } catch (error) {
    act = null
    await endDrivers()
    // What was changed may be why it failed, and would reach into what is told of it.
    const tampering = restoreIntrinsics()
    await tell(messageOf(tampering ? tamperedLater(job, tampering) : error))
    exit(0)
  } finally {
    stopBeat()
  }
}

function tamperedLater({ client }: Job, tampering: Tampering): UserError {
  return tampered(client.name, tampering, 'while it ran')
}

function messageOf(error: unknown): FromCell {
  if (isUserError(error)) {
    const { message, place, hint, excerpt, lacks, isMachine, moves } = error
    return {
      kind: 'rejected',
      problem: {
        message,
        ...(place && { place }),
        ...(hint && { hint }),
        ...(excerpt && { excerpt }),
        ...(lacks && { lacks }),
        ...(isMachine && { isMachine }),
        ...(moves !== undefined && { moves }),
      },
    }
  }
  return { kind: 'broken', message: error instanceof Error ? (error.stack ?? error.message) : String(error) }
}

// A parent that is gone must leave nothing behind, neither a cell nor what the client started.
channel.once('close', () => process.kill(-process.pid, 'SIGKILL'))
let jobs = 0
readMessages(channel, (message) => {
  if (act) return
  jobs += 1
  if (jobs > 1) forgetModules()
  void work(message as Job)
})
void tell({ kind: 'beat', at: 0, phase: 'start' })
