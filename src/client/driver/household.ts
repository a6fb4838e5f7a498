// Where the drivers of a run live: a directory for what they store, and a guard that outlives the cell. However the cell ends, even
// killed by its parent with SIGKILL, its pipe to the guard closes; then the guard kills every driver with all it started, and removes the
// directory. A driver is the leader of a session of its own, so that one of them can be killed alone. What has left that session, as
// daemons do, is known by its marks, and by whom it descends from (on Linux).

import childProcess, { type ChildProcess } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { limits } from '#context/limits.ts'
import { withinReal } from '#clock/real-wait.ts'
import { Kin, markName, type Mark } from './kin.ts'
import { stampOf, stampPattern } from './stamp.ts'

/** Taken before a transport may refuse processes to clients. */
const { spawn } = childProcess

const guardScript = `
root=$1 pattern=$2 groups=
while read -r verb pid; do
  rest=
  for each in $groups; do [ "$each" = "$pid" ] || rest="$rest $each"; done
  groups=$rest
  [ "$verb" = born ] && groups="$groups $pid"
done
below() { for child in $(cat "/proc/$1/task/"*/children); do echo "$child"; below "$child"; done; }
strays=$(for each in $groups; do below "$each"; done)
for each in $groups; do kill -KILL "-$each"; done
for each in $strays; do kill -KILL "$each"; done
for file in $(grep -lz -- "^${markName}=$root/" /proc/[0-9]*/environ; grep -lE -- "$pattern" /proc/[0-9]*/limits); do
  pid=\${file#/proc/}
  kill -KILL "\${pid%/*}"
done
rm -rf -- "$root"
`
const rounds = 5

export class Household {
  readonly #root = mkdtempSync(join(tmpdir(), 'brownout-drivers-'))
  readonly #guard: ChildProcess | undefined
  #births = 0

  /** Throws where no process may be started. */
  constructor() {
    try {
      this.#guard = process.platform === 'win32' ? undefined : startGuard(this.#root)
    } catch (error) {
      rmSync(this.#root, { recursive: true, force: true })
      throw error
    }
  }

  /** A directory that outlives processes, and not the run. */
  makeStore(): string {
    return mkdtempSync(join(this.#root, 'store-'))
  }

  /** A file for all of them, which ends with the run. */
  write(name: string, text: string): string {
    const file = join(this.#root, name)
    writeFileSync(file, text, { mode: 0o600 })
    return file
  }

  /** What a process is known by, and all it starts with it. */
  nextMark(): Mark {
    this.#births += 1
    return { text: join(this.#root, `driver-${this.#births}`), stamp: stampOf(this.#root, this.#births) }
  }

  born(pid: number): void {
    this.#guard?.stdin?.write(`born ${pid}\n`)
  }

  /** Kills what is left of it, whether or not the process itself has ended. `kin` remembers who was seen before. */
  end(child: ChildProcess, kin: Kin): void {
    const { pid } = child
    if (pid === undefined) return
    kin.look()
    kill(-pid, () => child.kill('SIGKILL'))
    this.#guard?.stdin?.write(`gone ${pid}\n`)
    // Whoever is started while they are looked for is found in the next round.
    for (let round = 0; round < rounds && kin.strays.length > 0; round += 1) {
      for (const stray of kin.strays) {
        kill(stray.pid, () => {})
        this.#guard?.stdin?.write(`gone ${stray.group}\n`)
      }
      kin.look()
    }
  }

  /** Stops it where it stands, with all it started, or lets it go on. */
  hold(child: ChildProcess, kin: Kin, on: boolean): void {
    const { pid } = child
    if (pid === undefined) return
    const signal = on ? 'SIGSTOP' : 'SIGCONT'
    kin.look()
    kill(-pid, () => {}, signal)
    for (const stray of kin.strays) kill(stray.pid, () => {}, signal)
  }

  /** Resolves when everything is gone. */
  async close(): Promise<void> {
    const guard = this.#guard
    if (guard && guard.exitCode === null && guard.signalCode === null) {
      const gone = new Promise((resolve) => guard.once('close', resolve))
      guard.ref()
      guard.stdin?.end()
      await withinReal(limits.driverExitMs, () => gone)
    }
    // The guard may have been killed.
    rmSync(this.#root, { recursive: true, force: true })
  }
}

/** Not in the group of the cell, which is killed as one. */
function startGuard(root: string): ChildProcess {
  const guard = spawn('/bin/sh', ['-c', guardScript, 'sh', root, stampPattern(root)], {
    stdio: ['pipe', 'ignore', 'ignore'],
    detached: true,
    env: { PATH: process.env['PATH'] ?? '/usr/bin:/bin' },
  })
  guard.on('error', () => {})
  guard.stdin.on('error', () => {})
  guard.unref()
  return guard
}

function kill(pid: number, otherwise: () => void, signal: NodeJS.Signals = 'SIGKILL'): void {
  try {
    process.kill(pid, signal)
  } catch {
    otherwise()
  }
}
