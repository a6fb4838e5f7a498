// A temporary file that has lost its name: whoever holds the descriptor can write and read it, nobody else can find, alter or
// delete it, and it is gone when the last holder is, however that one ended.

import { closeSync, fstatSync, ftruncateSync, mkdtempSync, openSync, readSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { unwritable } from '#context/whole-file.ts'

export interface NamelessFile {
  readonly descriptor: number
  /** All that is in it now. */
  text(): string
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
    text: () => {
      const bytes = Buffer.alloc(fstatSync(descriptor).size)
      let length = 0
      while (length < bytes.length) {
        const read = readSync(descriptor, bytes, length, bytes.length - length, length)
        if (read === 0) break
        length += read
      }
      return bytes.toString('utf8', 0, length)
    },
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
