// Lets client files be what people write: TypeScript (through tsx), anywhere on the disk, importing `brownout` although it
// may not be installed beside them. An installed copy is preferred; definitions of two copies understand each other. A checkout
// is no such copy: what is built in it may be older than the code that runs.

import { registerHooks } from 'node:module'
import net from 'node:net'
import { isCompiled, ownFile, ownModule } from '#context/own-files.ts'

const own = ownFile('').href
const publicApi = {
  url: ownModule('index').href,
  format: isCompiled ? 'module' : 'module-typescript',
  shortCircuit: true,
}
const installed = { fallback: false, tsx: false }
const standIns = new Map<string, string>()
/** Files of the user, in the order in which they were found. */
const imported = new Set<string>()

/** `import 'brownout'` works from every file. */
export function installPackageFallback(): void {
  if (installed.fallback) return
  installed.fallback = true
  registerHooks({
    resolve(specifier, context, nextResolve) {
      const standIn = standIns.get(specifier)
      if (standIn !== undefined) return { ...publicApi, url: standIn }
      if (specifier !== 'brownout') return noted(nextResolve(specifier, context))
      try {
        const found = nextResolve(specifier, context)
        return found.url.startsWith(own) ? publicApi : found
      } catch {
        return publicApi
      }
    },
  })
}

function noted<T extends { readonly url: string }>(found: T): T {
  if (found.url.startsWith('file:') && !found.url.startsWith(own) && !found.url.includes('/node_modules/'))
    imported.add(found.url)
  return found
}

/** Modules of the user that something has imported, the latest first; not more than `most`. */
export function lastImported(most: number): readonly string[] {
  return [...imported].slice(-most).toReversed()
}

/** What a test file imports for its tests is something that runs none, from now on in this process. */
export function installStandIns(): void {
  standIns.set('vitest', ownModule('client/test-file/vitest').href)
  standIns.set('brownout/vitest', ownModule('client/test-file/brownout-vitest').href)
}

/** TypeScript with everything that Node's own type stripping refuses: enums, JSX, extensionless imports, path aliases. */
export async function installTsx(): Promise<void> {
  if (installed.tsx) return
  installed.tsx = true
  const { register } = await withoutConnections(() => import('tsx/esm/api'))
  register()
}

/** The same while something is done, and not for what this process loads of its own afterwards. */
export async function withTsx<T>(work: () => Promise<T>): Promise<T> {
  const { register } = await withoutConnections(() => import('tsx/esm/api'))
  const unregister = register()
  try {
    return await work()
  } finally {
    await unregister()
  }
}

/** tsx looks for a `tsx watch` above it by connecting to a pipe as soon as it is imported. There is none here, and where
 * real connections are refused the attempt would be charged to the client. */
async function withoutConnections<T>(work: () => Promise<T>): Promise<T> {
  const { createConnection } = net
  net.createConnection = () => new net.Socket().destroy(new Error('There is no tsx watch.'))
  try {
    return await work()
  } finally {
    net.createConnection = createConnection
  }
}
