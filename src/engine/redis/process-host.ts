// A Redis that is a process of this machine: on a port of 127.0.0.1, in a directory of its own, and on nobody's disk. It is of the household
// of the drivers, whose guard kills it when the cell dies, however that comes.

import childProcess, { type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import type { Household } from '#client/driver/household.ts'
import { Kin, markName } from '#client/driver/kin.ts'
import { DriverLog } from '#client/driver/log.ts'
import type { Host } from './host.ts'

/** Taken before a transport may refuse processes to clients. */
const { spawn } = childProcess

/** Nothing on a disk; and of what a client puts into it so much, beyond which it is answered as by a full Redis. */
const plainWords = ['--save', '', '--appendonly', 'no', '--maxmemory', '256mb']
/** With these it would connect to wherever its client says. */
const outward = ['REPLICAOF', 'SLAVEOF', 'MIGRATE']

export function serverWords(secret: string | undefined): readonly string[] {
  const closed = outward.flatMap((command) => ['--rename-command', command, ''])
  return [...plainWords, ...closed, ...(secret === undefined ? [] : ['--requirepass', secret])]
}

type Running = { readonly child: ChildProcess; readonly kin: Kin; readonly exited: Promise<string> }

export function processHost(
  command: readonly string[],
  port: number,
  household: Household,
  secret: string | undefined,
): Host {
  const directory = household.makeStore()
  const log = new DriverLog()
  let running: Running | undefined
  let death: string | undefined
  const signal = (name: NodeJS.Signals): Promise<void> => {
    const { pid } = running?.child ?? {}
    // The leader of a group of its own, so that a script around the server stops with it.
    if (pid !== undefined) process.kill(-pid, name)
    return Promise.resolve()
  }
  const kill = async (): Promise<void> => {
    const ended = running
    running = undefined
    if (!ended) return
    household.end(ended.child, ended.kin)
    await ended.exited
  }
  return {
    kind: `${command[0]}, a process of this machine`,
    url: `redis://127.0.0.1:${port}`,
    address: () => ({ host: '127.0.0.1', port, secret }),
    start: () => {
      const mark = household.nextMark()
      const child = startServer([...command, ...serverWords(secret)], port, directory, mark.text)
      if (child.pid !== undefined) household.born(child.pid)
      for (const stream of [child.stdout, child.stderr]) stream?.on('data', (text: Buffer) => log.add(text.toString()))
      const own: Running = { child, kin: new Kin(child.pid ?? 0, mark), exited: goneOf(child) }
      running = own
      void own.exited.then((how) => {
        if (running !== own) return
        death = whyOf(how, log.lastWords())
        household.end(child, own.kin)
      })
      return Promise.resolve()
    },
    open: () => Promise.resolve(),
    kill,
    pause: () => signal('SIGSTOP'),
    resume: () => signal('SIGCONT'),
    death: () => death,
    log: () => log.text(),
    close: kill,
  }
}

function startServer(command: readonly string[], port: number, directory: string, mark: string): ChildProcess {
  const [program = '', ...words] = command
  const own = ['--port', `${port}`, '--bind', '127.0.0.1', '--dir', directory, '--daemonize', 'no']
  return spawn(program, [...words, ...own], {
    cwd: directory,
    env: { PATH: process.env['PATH'], LANG: 'C.UTF-8', TZ: 'UTC', [markName]: mark },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  })
}

/** Redis writes its number and the time before each line. Whoever was killed had no last words about it. */
function whyOf(how: string, words: string): string {
  const said = words.replace(/^\d+:\w \d+ \w+ \d+ [\d:.]+ \S /u, '')
  return said === '' || how.startsWith('signal') ? how : `${how}: ${said}`
}

/** With its output, so that its last words are there. */
async function goneOf(child: ChildProcess): Promise<string> {
  try {
    const [code, signal] = (await once(child, 'close')) as [number | null, string | null]
    return signal === null ? `exit code ${code}` : `signal ${signal}`
  } catch (error) {
    return `it cannot be started (${(error as NodeJS.ErrnoException).code ?? String(error)})`
  }
}
