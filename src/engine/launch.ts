// Starts a cell's process such that it cannot outlive its parent, not even when the parent is killed and the client spins:
// the kernel sees to it, because a spinning process cannot.

import { spawn, type ChildProcess } from 'node:child_process'
import { existsSync } from 'node:fs'
import { limits } from '#context/limits.ts'

const setpriv = ['/usr/bin/setpriv', '/bin/setpriv'].find((path) => existsSync(path))

/** In a process group of its own, so that whatever the client starts can be killed with it. `history` is the descriptor that
 * becomes `historyDescriptor` in the cell; the pipe before it is the channel. */
export function launch(script: string, environment: NodeJS.ProcessEnv, history: number): ChildProcess {
  const node = [
    process.execPath,
    `--max-old-space-size=${limits.heapMegabytes}`,
    '--max-semi-space-size=32',
    '--min-semi-space-size=16',
    // Two cells run at once: threads for the collector would only take each other's place.
    '--single-threaded-gc',
    '--disable-warning=ExperimentalWarning',
    script,
  ]
  const [command = process.execPath, ...flags] = bound(node)
  return spawn(command, flags, { stdio: ['ignore', 'pipe', 'pipe', 'pipe', history], detached: true, env: environment })
}

/** Linux kills a process with its parent on request. Elsewhere a limit on processor time ends an orphan some minutes later. */
function bound(command: string[]): string[] {
  if (setpriv !== undefined) return [setpriv, '--pdeathsig', 'KILL', ...command]
  if (process.platform === 'win32') return command
  return ['/bin/sh', '-c', `ulimit -t ${Math.ceil(limits.runWallMs / 1_000)}; exec "$0" "$@"`, ...command]
}
