// A temporary file that has lost its name: whoever holds the descriptor can write and read it, nobody else can find, alter or
// delete it, and it is gone when the last holder is, however that one ended.

import { closeSync, fstatSync, ftruncateSync, mkdtempSync, openSync, readSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { limits } from '#context/limits.ts'
import { unwritable } from '#context/whole-file.ts'

export interface NamelessFile {
  readonly descriptor: number
  /** How many bytes are in it now. */
  size(): number
  /** All that is in it now. */
  text(): string
  /** The same, piece by piece, each but the last with whole lines. */
  pieces(): Iterable<string>
  empty(): void
  close(): void
}

const temporary = { what: 'temporary files', hint: 'Make it writable, or name another directory in TMPDIR.' }

/** Throws UserError. */
export function openNamelessFile(): NamelessFile {
  const { directory, descriptor } = openNamed()
  // Some systems keep the name of an open file; then it goes when the file is closed.
  rmSync(directory, { recursive: true, force: true })
  return {
    descriptor,
    size: () => fstatSync(descriptor).size,
    text: () => {
      const bytes = Buffer.alloc(fstatSync(descriptor).size)
      return bytes.toString('utf8', 0, fill(descriptor, bytes, 0, 0))
    },
    pieces: () => piecesOf(descriptor),
    empty: () => ftruncateSync(descriptor),
    close: () => {
      closeSync(descriptor)
      rmSync(directory, { recursive: true, force: true })
    },
  }
}

function openNamed(): { readonly directory: string; readonly descriptor: number } {
  try {
    const directory = mkdtempSync(join(tmpdir(), 'brownout-'))
    return { directory, descriptor: openSync(join(directory, 'history'), 'w+') }
  } catch (error) {
    throw unwritable(tmpdir(), error, temporary)
  }
}

/** Reads into a buffer from an index on, until it is full or the file has ended; returns how much of it is filled then. */
function fill(descriptor: number, bytes: Buffer, from: number, position: number): number {
  let length = from
  while (length < bytes.length) {
    const read = readSync(descriptor, bytes, length, bytes.length - length, position + length - from)
    if (read === 0) break
    length += read
  }
  return length
}

const newline = 10

function* piecesOf(descriptor: number): Iterable<string> {
  let bytes = Buffer.alloc(limits.pieceBytes)
  let kept = 0
  for (let position = 0; ;) {
    const length = fill(descriptor, bytes, kept, position)
    position += length - kept
    const isLast = length < bytes.length
    const end = isLast ? length : bytes.lastIndexOf(newline) + 1
    if (end > 0) yield bytes.toString('utf8', 0, end)
    if (isLast) return
    // One line is longer than a piece.
    if (end === 0) bytes = Buffer.concat([bytes, Buffer.alloc(bytes.length)], bytes.length * 2)
    else bytes.copyWithin(0, end)
    kept = length - end
  }
}
