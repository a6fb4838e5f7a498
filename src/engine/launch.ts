// Starts a cell's process such that it cannot outlive its parent, not even when the parent is killed and the client spins:
// the kernel sees to it, because a spinning process cannot.

import { spawn, type ChildProcess } from 'node:child_process'
import { realpathSync } from 'node:fs'
import { basename } from 'node:path'
import { limits } from '#context/limits.ts'
import { UserError } from '#context/user-error.ts'

/** Throws UserError where there is nothing to do so with. In a process group of its own, so that whatever the client starts can be killed with it. `history` is the descriptor that
 * becomes `historyDescriptor` in the cell; the pipe before it is the channel. */
export function launch(script: string, environment: NodeJS.ProcessEnv, history: number): ChildProcess {
  const node = [
    process.execPath,
    `--max-old-space-size=${limits.heapMegabytes}`,
    '--max-semi-space-size=32',
    '--min-semi-space-size=16',
    // Short runs one after the other leave little behind: collecting it all every dozen of them takes a tenth of their time.
    '--initial-old-space-size=200',
    // Two cells run at once: threads for the collector would only take each other's place.
    '--single-threaded-gc',
    '--disable-warning=ExperimentalWarning',
    script,
  ]
  const [command = process.execPath, ...flags] = [...starter(process.platform, realPath), ...node]
  return spawn(command, flags, { stdio: ['ignore', 'pipe', 'pipe', 'pipe', history], detached: true, env: environment })
}

/** What a command is started by. Linux kills a process with its parent on request; elsewhere a limit on processor time ends an orphan some
 * minutes later. `real` leads to the file itself, if it is there: in small images `setpriv` is a part of BusyBox that knows nothing of parents. */
export function starter(platform: NodeJS.Platform, real: (path: string) => string | undefined): readonly string[] {
  if (platform === 'win32') return []
  const setpriv = ['/usr/bin/setpriv', '/bin/setpriv'].find((path) => basename(real(path) ?? '') === 'setpriv')
  if (setpriv !== undefined) return [setpriv, '--pdeathsig', 'KILL']
  if (real('/bin/sh') !== undefined)
    return ['/bin/sh', '-c', `ulimit -t ${Math.ceil(limits.runWallMs / 1_000)}; exec "$0" "$@"`]
  throw new UserError('There is neither setpriv nor /bin/sh here, one of which starts the processes of runs.', {
    hint: 'In a container, use an image that has a shell, such as node:24-slim.',
  })
}

function realPath(path: string): string | undefined {
  try {
    return realpathSync(path)
  } catch {
    return undefined
  }
}
