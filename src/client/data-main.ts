// The thread in which `loadData` loads a module. It says one thing and is ended.

import { setImmediate } from 'node:timers/promises'
import { parentPort, workerData } from 'node:worker_threads'
import { fileURLToPath } from 'node:url'
import { limits } from '#context/limits.ts'
import { restoreIntrinsics } from '#context/intrinsics.ts'
import { portable, type DataMessage } from './data-message.ts'
import { toldOf } from './module-error.ts'
import { installPackageFallback, lastImported, withTsx } from './module-hooks.ts'

const module = workerData as { readonly name: string; readonly url: string }
process.setSourceMapsEnabled(true)
installPackageFallback()
process.once('beforeExit', () => tell('stuck'))
void load()

async function load(): Promise<void> {
  const message = await loaded()
  // What it left to itself may have failed already, and then ends this thread.
  await setImmediate()
  tell(message)
}

async function loaded(): Promise<DataMessage> {
  const own = (): Promise<unknown> => import(/* @vite-ignore */ module.url)
  try {
    const exports = await (/\.[cm]?ts$/u.test(module.url) ? withTsx(own) : own())
    restoreIntrinsics()
    return { exports: portable({ ...(exports as object) }), files: files() }
  } catch (error) {
    restoreIntrinsics()
    return { problem: toldOf(error, module), files: files() }
  }
}

function files(): readonly string[] {
  return lastImported(limits.dataFiles).map((url) => fileURLToPath(url))
}

function tell(message: DataMessage): void {
  parentPort?.postMessage(message, [])
}
