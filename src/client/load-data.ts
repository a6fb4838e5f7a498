// Loads a module of the user that is no client but data: in a thread of its own, so that one which never ends can be ended, and nothing of it
// stays but the data, neither what it did to the language nor what it has begun.

import { SHARE_ENV, Worker } from 'node:worker_threads'
import { ownModule } from '#context/own-files.ts'
import { limits } from '#context/limits.ts'
import { UserError } from '#context/user-error.ts'
import { withinReal } from '#clock/real-wait.ts'
import { revived, type DataMessage } from './data-message.ts'
import { placeOfAwait, toldOf } from './module-error.ts'

type Module = { readonly name: string; readonly url: string }

/** Its exports. `what` is what messages call it; `note` hears which files of the user it is made of. Throws UserError. */
export async function loadData(
  module: Module,
  what: string,
  note: (files: readonly string[]) => void = () => {},
): Promise<Readonly<Record<string, unknown>>> {
  const told = await toldBy(module)
  if (typeof told === 'object') note(told.files)
  if (typeof told === 'object' && 'exports' in told) return revived(told.exports) as Readonly<Record<string, unknown>>
  const head = `The ${what} ${module.name} could not be loaded:`
  if (typeof told === 'object') {
    const { cause, place } = told.problem
    throw new UserError(`${head} ${cause}`, { ...(place && { place }) })
  }
  // Whatever code it wanted: a gate that nobody has played must not be green.
  if (told === 'ended')
    throw new UserError(`${head} it ended the process.`, { hint: 'It is data: take process.exit out of it.' })
  const place = placeOfAwait(module)
  throw new UserError(
    told === 'stuck'
      ? `${head} an await at the top of it, or of what it imports, waits for nothing that comes.`
      : `${head} it, or what it imports, did not end within ${limits.loadWallMs / 1_000} s: a loop, or an await at the top.`,
    { ...(place && { place }) },
  )
}

/** What it leaves to itself may fail as well, as long as it is there. */
async function toldBy(module: Module): Promise<DataMessage | 'ended' | 'overdue'> {
  const worker = new Worker(ownModule('client/data-main'), {
    workerData: module,
    // What it reads of the environment may be set by what it imports.
    env: SHARE_ENV,
    execArgv: [],
    // What it prints is for people, and the output of a command may be for programs.
    stdout: true,
    resourceLimits: { maxOldGenerationSizeMb: limits.heapMegabytes },
  })
  worker.stdout.pipe(process.stderr, { end: false })
  try {
    return await withinReal(
      limits.loadWallMs,
      () =>
        new Promise<DataMessage | 'ended'>((resolve) => {
          worker.once('message', resolve)
          worker.once('error', (error) => resolve({ problem: toldOf(error, module), files: [] }))
          worker.once('exit', () => resolve('ended'))
        }),
    )
  } finally {
    await worker.terminate()
  }
}
