// Which line of the client's own code sent a request: the first frame of the stack that is neither a package's, nor ours, nor
// Node's. Told relative to the client's package, so that it is the same in every checkout and on every machine.

import { existsSync } from 'node:fs'
import { findSourceMap } from 'node:module'
import { dirname, join, posix, relative, sep } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'

/** Most clients call `fetch` themselves; an SDK has a dozen frames in between, and half of them are awaited. */
const fewFrames = 5
const allFrames = 25
/** Some SDKs hide who called them from every stack. After so many vain looks only the first frames are looked at. */
const vainLooks = 20
const ours = new URL('../', import.meta.url).href

type Place = { readonly file: string; readonly line: number; readonly column: number }
type TakeStack = (error: Error, frames: NodeJS.CallSite[]) => unknown

/** What a stack says of a sender, once asked; `undefined` for code that is not the client's. */
export type Senders = { lineOf(begin: (...args: never[]) => unknown): string | undefined }

/** `root`: the folder that lines are told from. */
export function createSenders(root: string): Senders {
  const known = new Map<string, string | undefined>()
  const roots = [pathToFileURL(root).href, root]
  const tell = (place: Place): string | undefined => {
    const key = `${place.file}:${place.line}:${place.column}`
    if (!known.has(key)) known.set(key, told(root, place))
    return known.get(key)
  }
  let frames = fewFrames
  let inVain = 0
  const find = (begin: (...args: never[]) => unknown): Place | undefined => {
    let place = ownFrame(framesAbove(begin, frames), roots)
    if (!place && frames < allFrames && inVain < vainLooks) {
      // Who calls through an SDK will do so again, and each look at the stack costs as much as its first frames.
      frames = allFrames
      place = ownFrame(framesAbove(begin, frames), roots)
    }
    inVain = place ? 0 : inVain + 1
    if (inVain === vainLooks) frames = fewFrames
    return place
  }
  return {
    lineOf: (begin) => {
      const place = find(begin)
      return place && tell(place)
    },
  }
}

/** The folder of the client's package; the module's own folder when it is in none. */
export function rootOf(moduleUrl: string): string {
  const folder = dirname(fileURLToPath(moduleUrl.replace(/[?#].*$/u, '')))
  for (let above = folder; ; above = dirname(above)) {
    if (existsSync(join(above, 'package.json'))) return above
    if (dirname(above) === above) return folder
  }
}

/** The client may have set both for itself, or have frozen them. */
function framesAbove(begin: (...args: never[]) => unknown, most: number): readonly NodeJS.CallSite[] {
  const { stackTraceLimit, prepareStackTrace } = Error
  try {
    Error.stackTraceLimit = most
    Error.prepareStackTrace = takeFrames
    const holder: { stack?: unknown } = {}
    Error.captureStackTrace(holder, begin)
    return Array.isArray(holder.stack) ? (holder.stack as NodeJS.CallSite[]) : []
  } catch {
    return []
  } finally {
    restore(stackTraceLimit, prepareStackTrace)
  }
}

function restore(limit: number, prepare: typeof Error.prepareStackTrace): void {
  try {
    Error.stackTraceLimit = limit
    Error.prepareStackTrace = prepare
  } catch {
    // Frozen: nothing was changed either.
  }
}

const takeFrames: TakeStack = (_, frames) => frames

function ownFrame(frames: readonly NodeJS.CallSite[], roots: readonly string[]): Place | undefined {
  for (const frame of frames) {
    const file = frame.getFileName()
    if (file === null || file === undefined || !isOwn(file, roots)) continue
    const [line, column] = [frame.getLineNumber(), frame.getColumnNumber()]
    if (line !== null && column !== null) return { file, line, column }
  }
  return undefined
}

/** Of modules, stacks show addresses; of CommonJS, paths. What is below the root is the client's own, even when it was installed itself. */
function isOwn(file: string, roots: readonly string[]): boolean {
  const inside = file.slice(roots.find((root) => file.startsWith(root))?.length ?? 0)
  if (file.startsWith('node:') || inside.includes('node_modules') || file.startsWith(ours)) return false
  return file.startsWith('file:') || file.startsWith('/') || /^[A-Za-z]:\\/u.test(file)
}

/** `src/desk.ts:42`. What lies elsewhere is told by its name alone. */
function told(root: string, place: Place): string | undefined {
  const { url, line } = written(place)
  const path = pathOf(url)
  if (path === undefined) return undefined
  const inside = relative(root, path).split(sep).join(posix.sep)
  const isElsewhere = inside.startsWith('..') || /^[A-Za-z]:/u.test(inside) || inside.startsWith('/')
  return `${isElsewhere ? posix.basename(inside) : inside}:${line}`
}

/** Before it was compiled. Lines of a map count from zero. */
function written({ file, line, column }: Place): { readonly url: string; readonly line: number } {
  const entry = findSourceMap(file)?.findEntry(line - 1, column - 1)
  if (!entry || !('originalLine' in entry)) return { url: file, line }
  return { url: entry.originalSource, line: entry.originalLine + 1 }
}

function pathOf(file: string): string | undefined {
  try {
    const url = file.startsWith('file:') ? file : pathToFileURL(file).href
    return fileURLToPath(url.replace(/[?#].*$/u, ''))
  } catch {
    return undefined
  }
}
