// A guard outlives the process that has containers: a shell that waits for the end of a pipe. However that process ends, even killed by its parent
// with SIGKILL, the pipe closes; if nobody has said by then that all is removed, the guard removes it.

import childProcess, { type ChildProcess } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { ownModule } from '#context/own-files.ts'
import { engineVariables } from './engine.ts'

/** Taken before a transport may refuse processes to clients. */
const { spawn } = childProcess
const script = fileURLToPath(ownModule('container/guard-main'))
const waiting = 'read -r word; [ "$word" = removed ] || exec "$@" </dev/null'

export interface Guard {
  /** Resolves when the guard is gone, too, if there is nothing left for it to remove. */
  dismiss(isClean: boolean): Promise<void>
}

/** In a session of its own: whoever kills the group of this process, or presses Ctrl-C, does not reach it. */
export function startGuard(run: string): Guard {
  if (process.platform === 'win32') return { dismiss: () => Promise.resolve() }
  const node = [process.execPath, '--disable-warning=ExperimentalWarning', script, run]
  const guard = spawn('/bin/sh', ['-c', waiting, 'sh', ...node], {
    stdio: ['pipe', 'ignore', 'ignore'],
    detached: true,
    env: environment(),
  })
  guard.on('error', () => {})
  guard.stdin.on('error', () => {})
  guard.unref()
  return {
    dismiss: async (isClean) => {
      if (!isClean) return void guard.stdin.end()
      const gone = endOf(guard)
      guard.stdin.end('removed\n')
      await gone
    },
  }
}

function endOf(guard: ChildProcess): Promise<unknown> {
  if (guard.pid === undefined || guard.exitCode !== null || guard.signalCode !== null) return Promise.resolve()
  guard.ref()
  return new Promise((resolve) => guard.once('close', resolve))
}

function environment(): NodeJS.ProcessEnv {
  const names = ['PATH', 'HOME', 'TMPDIR', ...engineVariables]
  return Object.fromEntries(
    names.flatMap((name) => (process.env[name] === undefined ? [] : [[name, process.env[name]]])),
  )
}
