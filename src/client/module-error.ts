// What went wrong in a module of the user while it was loaded: the first line of the cause and, where it is known, the place in their file.

import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { Place } from '#context/user-error.ts'
import { placeOfMisprint } from './misprint.ts'

/** `name` is what messages call it. */
type Module = { readonly name: string; readonly url: string }

/** Looking at what a module throws may throw too. */
export function toldOf(error: unknown, module: Module): { readonly cause: string; readonly place?: Place } {
  try {
    const found = placeOf(error, module)
    const place = found?.column === undefined ? (placeOfMisprint(error, module) ?? found) : found
    return { cause: causeOf(error), ...(place && { place }) }
  } catch {
    return { cause: 'it threw something that cannot be read.' }
  }
}

/** The first line that says something; compilers put a heading of their own above it. */
function causeOf(error: unknown): string {
  const message = error instanceof Error ? error.message : `it threw ${String(error)}`
  const lines = message.split('\n').map((line) => line.trim())
  const line =
    lines.find((text) => text !== '' && !text.startsWith('Transform failed')) ?? 'it threw an error without a message'
  const said = line.replace(/^.*?:\d+:\d+: (?:ERROR|error): /u, '').replaceAll(/file:\/\/(?=\/)/gu, '')
  return /[.!?]$/u.test(said) ? said : `${said}.`
}

/** Where in the user's module it went wrong: a compiler's `file:line:column`, or the first frame of a stack in it. */
function placeOf(error: unknown, module: Module): Place | undefined {
  if (!(error instanceof Error)) return undefined
  const file = fileURLToPath(module.url)
  const text = `${error.message}\n${error.stack ?? ''}`
  for (const start of [module.url, file]) {
    const found = new RegExp(`${escaped(start)}(?:\\?[^\\s:]*)?:(\\d+)(?::(\\d+))?(: (?:ERROR|error):)?`, 'u').exec(
      text,
    )
    if (!found) continue
    // The compiler counts columns from zero; stacks, and people, from one.
    const column = found[2] === undefined ? undefined : Number(found[2]) + (found[3] === undefined ? 0 : 1)
    return placeIn(module, file, Number(found[1]), column)
  }
  return undefined
}

function placeIn(module: Module, file: string, line: number, column: number | undefined): Place | undefined {
  const inFile = line <= readFileSync(file, 'utf8').split('\n').length
  if (!inFile) return undefined
  return { file: module.name, line, ...(column !== undefined && { column }) }
}

function escaped(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\]/gu, '\\$&')
}

/** An `await` outside of every function, as people format it. */
const topLevelAwait = /^(?:export (?:default )?)?(?:(?:const|let|var) [^=\n]+= )?(?=await\b)/mu

/** Where a module that does not end may be waiting. */
export function placeOfAwait(module: Module): Place | undefined {
  const text = readFileSync(fileURLToPath(module.url), 'utf8')
  const found = topLevelAwait.exec(text)
  if (!found) return undefined
  return { file: module.name, line: text.slice(0, found.index).split('\n').length, column: found[0].length + 1 }
}
