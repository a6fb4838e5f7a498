// Loads a module of the user that is no client but data, in the process of the command. Nothing of it stays: neither what it did to
// the language, nor the compiler that read it.

import { limits } from '#context/limits.ts'
import { restoreIntrinsics } from '#context/intrinsics.ts'
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
  try {
    exports = await (/\.[cm]?ts$/u.test(module.url) ? withTsx(load) : load())
  } catch (error) {
    const { cause, place } = toldOf(error, module)
    throw new UserError(`The ${what} ${module.name} could not be loaded: ${cause}`, { ...(place && { place }) })
  } finally {
    restoreIntrinsics()
  }
  if (exports !== 'overdue') return exports as Readonly<Record<string, unknown>>
  const place = placeOfAwait(module)
  throw new UserError(
    `The ${what} ${module.name} could not be loaded: an await at the top of it, or of what it imports, did not end within ${limits.loadWallMs / 1_000} s.`,
    { ...(place && { place }) },
  )
}
