// Loads a module of the user that is no client but data, in the process of the command. Nothing of it stays: neither what it did to
// the language, nor the compiler that read it.

import { writeSync } from 'node:fs'
import { limits } from '#context/limits.ts'
import { restoreIntrinsics } from '#context/intrinsics.ts'
import { plainText } from '#context/foreign-text.ts'
import { UserError } from '#context/user-error.ts'
import { withinReal } from '#clock/real-wait.ts'
import { placeOfAwait, toldOf } from './module-error.ts'
import { installPackageFallback, withTsx } from './module-hooks.ts'

/** Its exports. `what` is what messages call it. Throws UserError. */
export async function loadData(
  module: { readonly name: string; readonly url: string },
  what: string,
): Promise<Readonly<Record<string, unknown>>> {
  installPackageFallback()
  const load = (): Promise<unknown> => withinReal(limits.loadWallMs, () => import(/* @vite-ignore */ module.url))
  let exports: unknown
  // Whatever code it wanted: a gate that nobody has played must not be green.
  const onExit = (): void => {
    fail(
      `The ${what} ${module.name} could not be loaded: it ended the process.\nIt is data: take process.exit out of it.`,
    )
  }
  process.once('exit', onExit)
  try {
    exports = await (/\.[cm]?ts$/u.test(module.url) ? withTsx(load) : load())
  } catch (error) {
    const { cause, place } = toldOf(error, module)
    throw new UserError(`The ${what} ${module.name} could not be loaded: ${cause}`, { ...(place && { place }) })
  } finally {
    process.off('exit', onExit)
    restoreIntrinsics()
  }
  if (exports !== 'overdue') {
    tellLateFailures(module, what)
    return exports as Readonly<Record<string, unknown>>
  }
  const place = placeOfAwait(module)
  throw new UserError(
    `The ${what} ${module.name} could not be loaded: an await at the top of it, or of what it imports, did not end within ${limits.loadWallMs / 1_000} s.`,
    { ...(place && { place }) },
  )
}

/** What it has begun, and left to itself, may fail while a command is under way. */
function tellLateFailures(module: { readonly name: string; readonly url: string }, what: string): void {
  process.prependListener('uncaughtException', (error) => {
    const { cause, place } = toldOf(error, module)
    if (!place) return
    fail(`${String(new UserError(`The ${what} ${module.name} failed after it was loaded: ${cause}`, { place }))}`)
    process.exit()
  })
}

/** In what ends at once, only what is written at once arrives. */
function fail(sentence: string): void {
  writeSync(2, plainText(`${sentence}\n`))
  process.exitCode = 2
}
