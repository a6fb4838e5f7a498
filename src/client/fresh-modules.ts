// Loads the modules of a client anew for every run of one process, so that what they keep at module level never reaches the
// next run. Packages in node_modules stay (but the clients of this one, which may be installed there): a verdict other than a pass is confirmed in a process that has seen nothing.
// What no run can change is remembered: where a specifier leads, and what a file is without its types while its text is the same.

import { readFileSync } from 'node:fs'
import { createRequire, registerHooks, stripTypeScriptTypes } from 'node:module'
import type { LoadFnOutput, LoadHookSync, ResolveFnOutput, ResolveHookSync } from 'node:module'
import { fileURLToPath } from 'node:url'
import { ownFile } from '#context/own-files.ts'

const own = new URL('../', import.meta.url).href
const shipped = ownFile('fixtures/clients/').href
const { cache } = createRequire(import.meta.url)
const places = new Map<string, ResolveFnOutput>()
const modules = new Map<string, { readonly text: string; readonly loaded: LoadFnOutput }>()
let life = 1

/** From now on modules of clients are other modules than before. */
export function forgetModules(): void {
  life += 1
  for (const file of Object.keys(cache)) if (!file.includes('node_modules')) delete cache[file]
  if (life === 2) registerHooks({ resolve, load })
}

const resolve: ResolveHookSync = (specifier, context, nextResolve) => {
  const found = context.conditions.includes('import')
    ? remembered(places, `${bare(context.parentURL ?? '')} ${specifier}`, () => nextResolve(specifier, context))
    : nextResolve(specifier, context)
  return { ...found, url: isOfClient(found.url) ? marked(found.url) : found.url, shortCircuit: true }
}

function remembered<T>(known: Map<string, T>, key: string, find: () => T): T {
  const found = known.get(key) ?? find()
  known.set(key, found)
  return found
}

const load: LoadHookSync = (url, context, nextLoad) => {
  if (!isOfClient(url)) return nextLoad(url, context)
  const known = modules.get(bare(url))
  if (known && known.text === textOf(url)) return known.loaded
  const loaded = withoutTypes(nextLoad(url, context))
  const text = textOf(url)
  if (loaded.format === 'module' && text !== undefined)
    modules.set(bare(url), { text, loaded: { ...loaded, shortCircuit: true } })
  return loaded
}

function withoutTypes(loaded: LoadFnOutput): LoadFnOutput {
  if (loaded.format !== 'module-typescript') return loaded
  try {
    return { ...loaded, format: 'module', source: stripTypeScriptTypes(String(loaded.source)) }
  } catch {
    // Node says better what is wrong when it strips the file itself.
    return loaded
  }
}

function textOf(url: string): string | undefined {
  try {
    return readFileSync(fileURLToPath(url.replace(/[?#].*$/u, '')), 'utf8')
  } catch {
    return undefined
  }
}

function isOfClient(url: string): boolean {
  if (url.startsWith(shipped)) return true
  return url.startsWith('file:') && !url.startsWith(own) && !url.includes('/node_modules/')
}

function marked(url: string): string {
  const known = bare(url)
  return `${known}${known.includes('?') ? '&' : '?'}life=${life}`
}

function bare(url: string): string {
  return url.replace(/[?&]life=\d+/u, '')
}
