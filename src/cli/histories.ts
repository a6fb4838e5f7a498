// Recorded histories that a person names: found, read, and judged once more.

import { readdirSync, readFileSync, statSync, type Stats } from 'node:fs'
import { basename, join, resolve } from 'node:path'
import { limits } from '#context/limits.ts'
import { isUserError, UserError } from '#context/user-error.ts'
import { rejudge, type Rejudging } from '#engine/rejudge.ts'
import type { RunResult } from '#engine/run-result.ts'
import { readHistory } from '#history/read-history.ts'
import { historyFile } from '#report/files.ts'
import { olderFolder } from '#report/older.ts'
import { checkFilled } from './select.ts'

/** A file as it is; below a directory every `history.ndjson`. */
export function locateHistories(word: string, cwd: string): readonly string[] {
  const path = resolve(cwd, checkFilled('The name of a history', word))
  const stats = statSync(path, { throwIfNoEntry: false })
  if (!stats)
    throw new UserError(`There is no file and no directory "${word}".`, {
      hint: `Name the ${historyFile} of a run, or its report directory: judge reports`,
    })
  if (!stats.isDirectory()) return [path]
  const found = readdirSync(path, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name === historyFile && basename(entry.parentPath) !== olderFolder)
    .map((entry) => join(entry.parentPath, entry.name))
  if (found.length > 0) return found.toSorted()
  throw new UserError(`There is no ${historyFile} below the directory "${word}".`, {
    hint: 'A run leaves one in its report directory, unless it was interrupted or its client did not load.',
  })
}

/** `shown` is how messages call the file. Throws UserError. */
export function judgeHistory(file: string, shown: string, rejudging: Rejudging): RunResult {
  const text = readText(file, shown)
  return rejudge(readHistory(text, shown), text, shown, rejudging)
}

function readText(file: string, shown: string): string {
  const place = { file: shown }
  try {
    checkSize(statSync(file), shown)
    return new TextDecoder('utf-8', { fatal: true }).decode(readFileSync(file))
  } catch (error) {
    if (isUserError(error)) throw error
    if (error instanceof TypeError) throw new UserError('the file is not UTF-8 text, so it is no history', { place })
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown reason'
    throw new UserError(`the file cannot be read (${code})`, { place })
  }
}

/** A pipe or a device never ends, or says nothing of its size. */
function checkSize(stats: Stats, shown: string): void {
  const place = { file: shown }
  if (!stats.isFile()) throw new UserError('this is not an ordinary file', { place, hint: `Name a ${historyFile}.` })
  if (stats.size <= limits.historyBytes) return
  const [has, most] = [stats.size, limits.historyBytes].map((bytes) => Math.ceil(bytes / 1e6))
  throw new UserError(`the file has ${has} MB; a history has at most ${most} MB`, { place })
}
