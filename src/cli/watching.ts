// Looking again whenever a file in some directories changes, until Ctrl-C.

import { watch, type FSWatcher } from 'node:fs'
import { dirname, join } from 'node:path'
import { kindOf } from '#scenario/files.ts'
import { pauseReal } from '#clock/real-wait.ts'

/** An editor writes a file in several steps, and tells each of them. */
const settleMs = 100

/** Resolves when `signal` aborts. `work` is not started twice at once; what changes meanwhile starts it once more. `onWatching` is
 * called once, when nothing that is saved from now on is missed. */
export async function onEachChange(
  directories: () => readonly string[],
  signal: AbortSignal,
  work: () => void | Promise<void>,
  onWatching: () => void,
): Promise<void> {
  let wake: () => void = () => undefined
  let changed = false
  const notice = (): void => {
    changed = true
    wake()
  }
  const noticeIn = (directory: string) => (_: string, name: string | null) => {
    if (name === null || !isForeign(join(directory, name))) notice()
  }
  let watchers: readonly FSWatcher[] = []
  /** Anew each time: a folder that is made again is another one. */
  const look = (): void => {
    for (const watcher of watchers) watcher.close()
    watchers = directories()
      .map(existing)
      .filter((directory) => directory !== undefined)
      .map((directory): FSWatcher => watch(directory, noticeIn(directory)).on('error', notice))
  }
  look()
  onWatching()
  signal.addEventListener('abort', notice, { once: true })
  try {
    while (!signal.aborted) {
      if (!changed) await new Promise<void>((resolve) => (wake = resolve))
      if (signal.aborted) return
      await pauseReal(settleMs)
      changed = false
      look()
      await work()
    }
  } finally {
    for (const watcher of watchers) watcher.close()
  }
}

/** A file that no scenario is made of, such as one into which it prints what it finds. */
function isForeign(file: string): boolean {
  return !/\.(?:ya?ml|json|[cm]?[jt]s)$/u.test(file) && kindOf(file) === 'file'
}

/** The directory, or what is left of the way there: it tells when the rest comes back. */
function existing(directory: string): string | undefined {
  if (kindOf(directory) === 'directory') return directory
  return dirname(directory) === directory ? undefined : existing(dirname(directory))
}
