// Does one piece of work in a process of its own, from whose memory and warm code nothing reaches the next.

import { fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'

// A collector without threads of its own, as in a cell: their time would be counted too. Room for what is measured on purpose.
const flags = [
  '--expose-gc',
  '--single-threaded-gc',
  '--max-semi-space-size=32',
  '--min-semi-space-size=16',
  '--max-old-space-size=6144',
  '--disable-warning=ExperimentalWarning',
]

/** Calls the export `name` of a module of this folder; arguments and result are plain data. */
export async function apart<T>(module: string, name: string, ...args: readonly unknown[]): Promise<T> {
  const script = fileURLToPath(new URL('apart-main.ts', import.meta.url))
  const child = fork(script, [module, name, JSON.stringify(args)], {
    execArgv: flags,
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  })
  let result: { readonly value: T } | undefined
  child.on('message', (message) => (result = message as { value: T }))
  const code = await new Promise<number | null>((resolve) => child.once('close', resolve))
  if (!result) throw new Error(`${name} of ${module} ended with ${code} and said nothing.`)
  return result.value
}
