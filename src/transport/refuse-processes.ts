// A process or a thread that the client starts lives in real time: what it answers would come at a random virtual moment,
// and it could outlive the run. While a run is in virtual time none is started; the attempt throws a sentence that says so,
// and is reported. `restore` puts back exactly what was there.

import childProcess from 'node:child_process'
import workerThreads from 'node:worker_threads'
import { Patches } from '#context/patches.ts'
import type { Report } from './refuse-sockets.ts'

export class RefusedProcess extends Error {
  override readonly name = 'RefusedProcess'
  readonly code = 'ERR_BROWNOUT_REFUSED'

  constructor(what: string, via: string) {
    super(
      `${via} tried to start ${what}, which is refused: it would run in real time, and the client runs in virtual time. ` +
        'Let the client under test do the work in its own thread, or give it a stand-in for what it starts.',
    )
  }
}

type Refuse = (what: string, via: string) => RefusedProcess

export function refuseProcesses(report: Report): { restore(): void } {
  const refuse = (what: string, via: string): RefusedProcess => {
    report(what, via)
    return new RefusedProcess(what, via)
  }
  const patches = new Patches()
  refuseChildren(patches, refuse)
  refuseThreads(patches, refuse)
  patches.publish()
  return { restore: () => patches.restore() }
}

const ofFiles = ['spawn', 'spawnSync', 'execFile', 'execFileSync', 'fork']
const ofShells = ['exec', 'execSync']

/** Each function knows what it was asked for; a function that somebody captured early ends in the prototype. */
function refuseChildren(patches: Patches, refuse: Refuse): void {
  const via = 'node:child_process'
  for (const name of ofFiles)
    patches.replace(childProcess, name, (file: unknown, ...rest: readonly unknown[]) => {
      throw refuse(rest.some(asksForShell) ? firstCommand(String(file)) : baseName(String(file)), via)
    })
  for (const name of ofShells)
    patches.replace(childProcess, name, (command: unknown) => {
      throw refuse(firstCommand(String(command)), via)
    })
  patches.replace(childProcess.ChildProcess.prototype, 'spawn', (options: { readonly file?: unknown }) => {
    throw refuse(baseName(String(options.file)), via)
  })
}

/** A proxy, so that `instanceof`, the static properties and subclasses stay as they are. */
function refuseThreads(patches: Patches, refuse: Refuse): void {
  const { Worker } = workerThreads
  const guarded = new Proxy(Worker, {
    construct(target, args: readonly unknown[], newTarget) {
      if (isCompiler(args)) return Reflect.construct(target, args, newTarget) as object
      throw refuse('a worker thread', 'node:worker_threads')
    },
  })
  patches.replace(workerThreads, 'Worker', guarded)
}

/** The compiler that loads the client's TypeScript works in a thread, for which the client's own thread stands still. */
function isCompiler([file, options]: readonly unknown[]): boolean {
  if (typeof file !== 'string' || !/[\\/]esbuild[\\/]lib[\\/]main\.js$/u.test(file)) return false
  const data = (options as { readonly workerData?: object } | undefined)?.workerData
  return data !== undefined && 'esbuildVersion' in data
}

function asksForShell(arg: unknown): boolean {
  return typeof arg === 'object' && arg !== null && 'shell' in arg && Boolean(arg.shell)
}

/** The program of a shell's line: not its arguments, nor the variables set for it, which may hold secrets. */
function firstCommand(line: string): string {
  const word = line
    .trim()
    .split(/\s+/u)
    .find((text) => !/^\w+=/u.test(text))
  return baseName(word ?? '')
}

function baseName(path: string): string {
  return path.split(/[\\/]/u).findLast((part) => part !== '') ?? 'a command'
}
