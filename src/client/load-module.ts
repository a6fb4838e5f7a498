// Loads the module of a client. Everything that can be wrong with it is the user's to mend, so everything ends in a
// UserError: a sentence with the first line of the cause and, where it is known, the place in the user's file.

import { basename } from 'node:path'
import { limits } from '#context/limits.ts'
import { restoreIntrinsics, type Tampering } from '#context/intrinsics.ts'
import { isCompiled } from '#context/own-files.ts'
import { isUserError, UserError } from '#context/user-error.ts'
import { withinReal } from '#clock/real-wait.ts'
import { definitionOf } from './check-client.ts'
import { loadDriver } from './driver/load-driver.ts'
import { isClientDefinition } from './client.ts'
import type { ClientDefinition } from './client.ts'
import { placeOfAwait, toldOf } from './module-error.ts'
import { installPackageFallback, installStandIns, installTsx } from './module-hooks.ts'
import { isDriver, isShipped, resolveClient } from './resolve-client.ts'
import type { ClientLocation } from './resolve-client.ts'
import { tampered } from './tampered.ts'
import { forgetRegistered, registeredClient } from './test-file/registry.ts'

/** Runs the module's own code, or starts the driver. A text is the name of a shipped client, or a file relative to `cwd`. */
export async function loadClient(
  client: string | ClientLocation,
  cwd: string = process.cwd(),
): Promise<ClientDefinition> {
  const module = typeof client === 'string' ? resolveClient(client, cwd) : client
  if (isDriver(module)) return loadDriver(module)
  installPackageFallback()
  if (needsTsx(module.url)) await installTsx()
  const definition = definitionOf(await importClient(module))
  if ('create' in definition) return definition
  throw new UserError(`The client that ${module.name} exports is not usable. ${definition.join(' ')}`, {
    hint: example,
  })
}

const example = 'Write: export const client = defineClient({ name, promises, create(world) { return { operations } } })'

/** What the module exports as its client. */
async function importClient(module: ClientLocation): Promise<unknown> {
  try {
    const exports = await (module.registered ? importTestFile(module) : importModule(module))
    const exported = module.registered ? registeredClient(module.registered, module.name) : exportedClient(exports)
    if (exported === undefined) throw nothingExported(module, exports)
    return exported
  } catch (error) {
    if (isUserError(error)) throw error
    const { cause, place } = toldOf(error, module)
    const hint = missingPackage(cause, module) ?? otherSdk(cause, module) ?? hintOf(cause, module)
    throw new UserError(`The client ${module.name} could not be loaded: ${cause}`, {
      ...(place && { place }),
      ...(hint !== undefined && { hint }),
    })
  }
}

/** Whatever else the module did, the language is whole again before anything else happens. */
async function importModule(module: ClientLocation): Promise<Record<string, unknown>> {
  let tampering: Tampering | null = null
  let exports: unknown
  try {
    exports = await withinReal(limits.loadWallMs, () => import(/* @vite-ignore */ module.url))
  } finally {
    tampering = restoreIntrinsics()
  }
  if (tampering) throw tampered(module.name, tampering)
  if (exports === 'overdue') throw overdue(module)
  return exports as Record<string, unknown>
}

/** For what it says of clients. The names that a runner may have made global are there meanwhile. */
async function importTestFile(module: ClientLocation): Promise<Record<string, unknown>> {
  installStandIns()
  forgetRegistered()
  const { globals } = await import('./test-file/vitest.ts')
  const names = Object.keys(globals).filter((name) => !(name in globalThis))
  try {
    Object.assign(globalThis, Object.fromEntries(names.map((name) => [name, globals[name]])))
    return await importModule(module)
  } finally {
    for (const name of names) Reflect.deleteProperty(globalThis, name)
  }
}

function overdue(module: ClientLocation): UserError {
  const place = placeOfAwait(module)
  return new UserError(
    `The client ${module.name} could not be loaded: an await at the top of it, or of what it imports, did not end within ${limits.loadWallMs / 1_000} s.`,
    {
      ...(place && { place }),
      hint: 'While modules load no virtual time passes and nothing is served. Wait in create(world) instead.',
    },
  )
}

/** Plain JavaScript may import TypeScript too, but only TypeScript files are sure to need it. Ours are such that Node itself
 * strips their types, which it does in a checkout. */
function needsTsx(url: string): boolean {
  return /\.(?:[cm]?ts|[jt]sx)$/u.test(url) && (isCompiled || !isShipped(url))
}

/** `client` before `default`; what a CommonJS module exports is its `default`. */
function exportedClient(exports: Record<string, unknown>): unknown {
  const unwrapped = exports['default']
  if (exports['client'] !== undefined) return exports['client']
  if (!isRecord(unwrapped)) return unwrapped
  if (unwrapped['client'] !== undefined) return unwrapped['client']
  if (isClientDefinition(unwrapped) || !isCommonJs(exports)) return unwrapped
  return unwrapped['default']
}

function nothingExported(module: ClientLocation, exports: Record<string, unknown>): UserError {
  const { default: unwrapped } = exports
  const names = Object.keys(isCommonJs(exports) && isRecord(unwrapped) ? unwrapped : exports)
  const found = names.length === 0 ? 'nothing' : `only ${names.slice(0, 8).join(', ')}`
  return new UserError(`The client ${module.name} exports ${found}; it must export "client".`, { hint: example })
}

/** Node marks the namespace of a CommonJS module so; older loaders show one export, `default`, and nothing else. */
function isCommonJs(exports: Record<string, unknown>): boolean {
  return 'module.exports' in exports
}

/** The release that our own clients are written for. */
const sdk = 'intercom-client@7.0.3'

/** What our own clients need is theirs to bring who want to see one fail. */
function missingPackage(cause: string, module: ClientLocation): string | undefined {
  const [, name] = /^Cannot find package '([^']+)'/u.exec(cause) ?? []
  if (name === undefined || !isShipped(module.url)) return undefined
  return `Add it with "npm install --save-dev ${name === 'intercom-client' ? sdk : name}".`
}

/** Before 6 the SDK had other names, and a project that is on them cannot have two. */
function otherSdk(cause: string, module: ClientLocation): string | undefined {
  if (!isShipped(module.url) || !cause.includes("The requested module 'intercom-client' ")) return undefined
  return `It is written for intercom-client 7.0.3, and another release is installed here. Play it in a folder of its own, after "npm install ${sdk}".`
}

/** Without "type": "module" a .ts file is compiled to CommonJS, which nobody who writes `await` at the top means. */
function hintOf(cause: string, module: ClientLocation): string | undefined {
  if (!/^Top-level await\b.*\bcjs\b/u.test(cause)) return undefined
  const renamed = basename(module.name).replace(/\.[cm]?tsx?$/u, '.mts')
  return `Name the file ${renamed}, or write "type": "module" in the package.json above it.`
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null
}
