// A driver that is a process: messages go to its standard input, one a line, and come from its standard output. It is watched to its
// end, which is told once, with the reason.

import childProcess, { type ChildProcess, type ChildProcessWithoutNullStreams } from 'node:child_process'
import { statSync } from 'node:fs'
import { limits } from '#context/limits.ts'
import { pauseReal, withinReal } from '#clock/real-wait.ts'
import type { ProcessLocation } from '../resolve-client.ts'
import { hear } from './hear.ts'
import type { Household } from './household.ts'
import { Kin, markName, type Mark } from './kin.ts'
import type { Ear, Link } from './link.ts'
import { DriverGone, ProtocolError } from './protocol-error.ts'
import { stamped } from './stamp.ts'
import { trusting } from './trusting.ts'

const { spawn } = childProcess

/** Nothing of the user's own environment but what any program needs: it is the same on every machine, and in a check as in a run. */
const inherited = ['PATH', 'HOME', 'TMPDIR', 'TEMP', 'SYSTEMROOT']
const given = { TZ: 'UTC', LANG: 'C.UTF-8', NO_COLOR: '1' }

export function openProcess(location: ProcessLocation, household: Household, ear: Ear): Link {
  const mark = household.nextMark()
  const child = started(location, mark, {
    ...environment(),
    ...trusted(location, household),
    ...location.env,
  })
  // Without an id nothing was started.
  const kin = new Kin(child.pid ?? 0, mark)
  if (child.pid !== undefined) household.born(child.pid)
  child.stdin.on('error', () => {})
  let isOver = false
  /** What is left of it goes, and then it is told. */
  const end = (why: Error): void => {
    if (isOver) return
    isOver = true
    household.end(child, kin)
    ear.onEnd(why)
  }
  hear(child, ear, end)
  const exited = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  watch(child, location, exited, end)
  if (child.pid !== undefined) void watchKin(kin, household, () => isOver, end)
  return {
    send: (message) => {
      if (!isOver) child.stdin.write(`${JSON.stringify(message)}\n`)
    },
    leave: async () => {
      child.stdin.end()
      const how = await withinReal(limits.driverExitMs, () => exited)
      return how === 'overdue' ? 'overdue' : 'gone'
    },
    hold: async (state, on) => {
      if (!isOver && state === 'paused') household.hold(child, kin, on)
    },
    kill: () => {
      isOver = true
      household.end(child, kin)
    },
  }
}

/** Some mistakes are thrown, and others are events. What is refused in virtual time stays what it is. */
function started(location: ProcessLocation, mark: Mark, own: NodeJS.ProcessEnv): ChildProcessWithoutNullStreams {
  const { cwd } = location
  const env = { ...own, [markName]: mark.text }
  const [command = '', ...words] = stamped(location.command, mark.stamp, { cwd, env })
  try {
    return spawn(command, words, { cwd, env, stdio: ['pipe', 'pipe', 'pipe'], detached: true })
  } catch (error) {
    if (!(error instanceof Error && 'syscall' in error)) throw error
    throw new DriverGone(whyNotStarted(location, error))
  }
}

/** What takes the memory of the machine would take the harness along. Who leaves the session is told to the guard. */
async function watchKin(
  kin: Kin,
  household: Household,
  isOver: () => boolean,
  end: (why: Error) => void,
): Promise<void> {
  const most = limits.driverMegabytes
  const told = new Set<number>()
  while (!isOver()) {
    await pauseReal(limits.driverLookMs)
    if (isOver()) return
    kin.look()
    for (const { group } of kin.strays) {
      if (!told.has(group)) household.born(group)
      told.add(group)
    }
    const megabytes = kin.residentBytes / 1e6
    if (megabytes > most)
      end(new DriverGone(`it held ${Math.round(megabytes)} MB of memory; a program may have ${most}`))
  }
}

function environment(): NodeJS.ProcessEnv {
  const entries = inherited.map((name) => [name, process.env[name]] as const)
  return { ...Object.fromEntries(entries.filter(([, value]) => value !== undefined)), ...given }
}

function trusted({ ca }: ProcessLocation, household: Household): NodeJS.ProcessEnv {
  return ca === undefined ? {} : trusting(household.write('authority.pem', ca))
}

/** The process and its output may end in any order; a child of it may keep the output open for ever. */
function watch(child: ChildProcess, location: ProcessLocation, exited: Promise<void>, end: (why: Error) => void): void {
  const quiet = new Promise<void>((resolve) => child.stdout?.once('close', () => resolve()))
  child.once('error', (error) => end(new DriverGone(whyNotStarted(location, error))))
  const emptied = new Promise<void>((resolve) => child.once('close', () => resolve()))
  child.once('exit', (code, signal) => {
    const why = new DriverGone(signal === null ? `exit code ${code}` : `signal ${signal}`, code === 0)
    void withinReal(limits.driverHangUpMs, () => emptied).then(() => end(why))
  })
  void quiet
    // On a busy machine an end takes its time.
    .then(() => withinReal(limits.driverExitMs, () => exited))
    .then((how) => {
      if (how === 'overdue') end(new ProtocolError('it closed its standard output and went on running'))
    })
}

function whyNotStarted({ command: [command = ''], cwd }: ProcessLocation, error: Error): string {
  const code = 'code' in error ? String(error.code) : error.message
  const place = statSync(cwd, { throwIfNoEntry: false })
  if (code === 'ENOENT' && !place) return 'the directory to start it in does not exist'
  if (place?.isDirectory() === false) return 'the directory to start it in is none'
  if (code === 'ENOENT') return `there is no program "${command}"`
  if (code === 'EACCES') return `"${command}" may not be executed`
  return `"${command}" cannot be started (${code})`
}
