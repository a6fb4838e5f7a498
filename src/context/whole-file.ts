// Files that are whole or absent. A disk that is nearly full takes a part of a text and says so in nothing but a count, so the text is
// written beside its place, counted, and only then given its name. All at once, so that no interruption comes between.

import {
  appendFileSync,
  closeSync,
  fsyncSync,
  openSync,
  renameSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { UserError } from './user-error.ts'

/** What is written, and what to do when it cannot be. */
export type Writing = { readonly what: string; readonly hint: string }

const reports: Writing = { what: 'reports', hint: 'Choose another directory with --report-dir.' }

/** Throws UserError; what had the name before has it still then. */
export function writeWhole(file: string, text: string | Iterable<string>, what?: Writing): void {
  const partial = `${file}.${process.pid}.partial`
  try {
    const length = writePieces(partial, typeof text === 'string' ? [text] : text)
    if (statSync(partial).size !== length) throw Object.assign(new Error('cut off'), { code: 'ENOSPC' })
    renameSync(partial, file)
  } catch (error) {
    discard(partial)
    throw unwritable(file, error, what)
  }
}

/** Returns how many bytes there were. */
function writePieces(file: string, pieces: Iterable<string>): number {
  const descriptor = openSync(file, 'w')
  let length = 0
  try {
    for (const piece of pieces) {
      const bytes = Buffer.from(piece)
      writeFileSync(descriptor, bytes)
      length += bytes.length
    }
    fsyncSync(descriptor)
  } finally {
    closeSync(descriptor)
  }
  return length
}

/** Adds to a file, or leaves it as it was and throws UserError. */
export function appendWhole(file: string, text: string): void {
  const before = sizeOf(file)
  const bytes = Buffer.from(text)
  try {
    appendFileSync(file, bytes, { flush: true })
    const isShort = statSync(file).isFile() && sizeOf(file) !== before + bytes.length
    if (isShort) throw Object.assign(new Error('cut off'), { code: 'ENOSPC' })
  } catch (error) {
    try {
      if (sizeOf(file) > before) truncateSync(file, before)
    } catch {}
    throw unwritable(file, error)
  }
}

function sizeOf(file: string): number {
  return statSync(file, { throwIfNoEntry: false })?.size ?? 0
}

/** Where nothing could be made, there may be nothing to remove. */
function discard(partial: string): void {
  try {
    rmSync(partial, { force: true })
  } catch {}
}

const reasons: Readonly<Record<string, string>> = {
  EACCES: 'you have no permission to write there',
  EPERM: 'you have no permission to write there',
  EROFS: 'the file system is read-only',
  ENOTDIR: 'a part of the path is a file',
  EEXIST: 'it is a file',
  EISDIR: 'it is a directory',
  ERR_FS_EISDIR: 'it is a directory',
  ENOSPC: 'the disk is full',
  EDQUOT: 'the disk is full',
  EFBIG: 'a file may not be so large there',
  ENOENT: 'it cannot be created there',
  ENAMETOOLONG: 'the name is too long',
}

/** What a person can mend by naming another place. Everything else is the machine's. */
const mistakes: ReadonlySet<string> = new Set([
  'ENOTDIR',
  'EEXIST',
  'EISDIR',
  'ERR_FS_EISDIR',
  'ENOENT',
  'ENAMETOOLONG',
])

/** `shown` is the file or the directory as the user knows it. */
export function unwritable(shown: string, error: unknown, { what, hint } = reports): UserError {
  return new UserError(`Cannot write ${what} to "${shown}": ${whyUnwritable(error)}.`, {
    hint,
    isMachine: isMachine(error),
  })
}

export function whyUnwritable(error: unknown): string {
  const code = codeOf(error)
  return reasons[code] ?? `the system says ${code}`
}

export function isMachine(error: unknown): boolean {
  return !mistakes.has(codeOf(error))
}

export function isOutOfRoom(error: unknown): boolean {
  return ['ENOSPC', 'EDQUOT', 'EFBIG'].includes(codeOf(error))
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : 'unknown error'
}
