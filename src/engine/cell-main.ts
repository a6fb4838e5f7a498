// The cell: a child process that replays one run. Every event is on disk before the next one happens, so whatever the client
// does to this process, the parent can still tell the story up to that moment.

import { writeSync } from 'node:fs'
import { Socket } from 'node:net'
import { currentOwner } from '#context/owner.ts'
import { isUserError } from '#context/user-error.ts'
import type { HistoryEvent } from '#history/event.ts'
import { encodeEvent } from '#history/codec.ts'
import { channelDescriptor, readMessages, writeMessage } from './channel.ts'
import { historyDescriptor, type FromCell, type Job } from './job.ts'
import { realInterval, wallMs } from './real-time.ts'
import { replay, type Witnessed } from './replay.ts'

const beatMs = 200
const write = writeSync
const exit = process.exit.bind(process)
const channel = new Socket({ fd: channelDescriptor, readable: true, writable: true })
const tell = (message: FromCell): Promise<void> => writeMessage(channel, message)

async function work(job: Job): Promise<void> {
  let events = 0
  let finished = false
  let phase = 'start'
  let witnessed: Witnessed | undefined
  const sink = (event: HistoryEvent) => {
    if (finished) return
    events += 1
    write(historyDescriptor, encodeEvent(event))
  }
  const operation = () => currentOwner()?.operation ?? null
  process.on('uncaughtException', (error) => witnessed?.crash(error, operation()))
  process.on('unhandledRejection', (error) => witnessed?.reject(error, operation()))
  process.on('exit', (code) => {
    if (finished || !witnessed || events === 0) return
    sink({
      seq: events,
      at: witnessed.now(),
      kind: 'client.crashed',
      cause: 'exit',
      operation: operation(),
      message: `exit code ${code}`,
    })
  })
  const stopBeat = realInterval(beatMs, () => void tell({ kind: 'beat', at: witnessed?.now() ?? 0, phase }))
  const startedAt = wallMs()
  try {
    const replayed = await replay(job, {
      sink,
      onStage: (all) => (witnessed = all),
      onPhase: (name) => (phase = name),
    })
    finished = true
    await tell({ kind: 'finished', replayMs: wallMs() - startedAt, ...replayed })
  } catch (error) {
    finished = true
    await tell(messageOf(error))
  }
  stopBeat()
  exit(0)
}

function messageOf(error: unknown): FromCell {
  if (isUserError(error)) {
    const { message, place, hint, excerpt } = error
    return {
      kind: 'rejected',
      problem: { message, ...(place && { place }), ...(hint && { hint }), ...(excerpt && { excerpt }) },
    }
  }
  return { kind: 'broken', message: error instanceof Error ? (error.stack ?? error.message) : String(error) }
}

// A parent that is gone must leave nothing behind, neither a cell nor what the client started.
channel.once('close', () => process.kill(-process.pid, 'SIGKILL'))
let started = false
readMessages(channel, (message) => {
  if (started) return
  started = true
  void work(message as Job)
})
void tell({ kind: 'beat', at: 0, phase: 'start' })
