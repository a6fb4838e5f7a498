// Where a module in plain JavaScript does not follow the grammar. The error that an import throws does not say; a Node of its own that only
// checks the file does, and runs nothing of it.

import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Place } from '#context/user-error.ts'
import { limits } from '#context/limits.ts'
import { lastImported } from './module-hooks.ts'

// As it is before a cell refuses processes to its client.
const checkBy = spawnSync

/** `name` is what messages call the module that was asked for; it may be another one that it imports. */
export function placeOfMisprint(error: unknown, module: { readonly name: string; readonly url: string }): Place | null {
  if (!(error instanceof SyntaxError)) return null
  const asked = fileURLToPath(module.url)
  for (const file of new Set([asked, ...lastImported(limits.misprintFiles).map((url) => fileURLToPath(url))])) {
    const at = misprintIn(file)
    const name = file === asked ? module.name : join(dirname(module.name), relative(dirname(asked), file))
    if (at) return { file: name.replaceAll('\\', '/'), ...at }
  }
  return null
}

/** Of `file:///desk.mjs:3`, the line itself, and a caret below what is wrong in it. */
function misprintIn(file: string): { readonly line: number; readonly column?: number } | null {
  const { NODE_OPTIONS: _, ...env } = process.env
  const checked = checkBy(process.execPath, ['--check', file], { env, encoding: 'utf8', timeout: limits.loadWallMs })
  const [, number, source, before] = /^.*:(\d+)\n(.*)\n([ \t]*)\^/u.exec(checked.stderr) ?? []
  const line = Number(number)
  // What is wrong with the check is not what is wrong with the file.
  if (source === undefined || readFileSync(file, 'utf8').split(/\r?\n/u)[line - 1] !== source) return null
  return { line, ...(before !== undefined && { column: before.length + 1 }) }
}
