// Says where the modules of this package are without looking. There are hundreds of them, and Node asks the disk several times for each:
// that was a third of the time to the first line of a run. Theirs are the only specifiers that can be read off: they name the file.

import { registerHooks } from 'node:module'
import { isCompiled, ownModule } from './own-files.ts'

const own = new URL('.', ownModule('index')).href
const [extension, format] = isCompiled ? ['.js', 'module'] : ['.ts', 'module-typescript']

/** For modules that are imported from now on; to be called once in a process. */
export function findOwnModulesQuickly(): void {
  registerHooks({
    resolve(specifier, context, nextResolve) {
      const found = context.parentURL?.startsWith(own) === true ? placeOf(specifier, context.parentURL) : undefined
      return found === undefined ? nextResolve(specifier, context) : { url: found, format, shortCircuit: true }
    },
  })
}

/** `undefined` for whatever is of somebody else. */
function placeOf(specifier: string, parent: string): string | undefined {
  if (!specifier.endsWith(extension)) return undefined
  if (specifier.startsWith('#')) return own + specifier.slice(1)
  if (!specifier.startsWith('.')) return undefined
  const { href } = new URL(specifier, parent)
  return href.startsWith(own) ? href : undefined
}
