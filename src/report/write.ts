// The report directory. A file in it is whole or absent, and a directory that cannot be written is said before a run starts
// rather than after it.

import { access, constants, mkdir, mkdtemp, rmdir, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { appendWhole, unwritable, writeWhole, type Writing } from '#context/whole-file.ts'

/** Creates the directory and proves that a file can be made in it. `shown` is its name as the user gave it. */
export async function prepareReportDirectory(directory: string, shown = directory, what?: Writing): Promise<void> {
  try {
    await createDirectory(directory)
    await rmdir(await mkdtemp(join(directory, '.brownout-')))
  } catch (error) {
    throw unwritable(shown, error, what)
  }
}

/** With all above it. Not Node's recursive mkdir, which never comes back where the system makes no directories (`/proc`). */
export async function createDirectory(directory: string): Promise<void> {
  const missing: string[] = []
  let nearest = directory
  while (!(await isDirectory(nearest))) {
    missing.push(nearest)
    nearest = dirname(nearest)
  }
  if (missing.length > 0) await access(nearest, constants.W_OK | constants.X_OK)
  for (const path of missing.toReversed())
    await mkdir(path).catch(async (error: unknown) => {
      // Somebody else may just have made it; `stat` knows better what a link that leads nowhere is.
      if (codeOf(error) !== 'EEXIST' || !(await stat(path)).isDirectory()) throw error
    })
}

/** False when there is nothing. Throws when there is something else, here or above. */
async function isDirectory(path: string): Promise<boolean> {
  try {
    if ((await stat(path)).isDirectory()) return true
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return false
    throw error
  }
  throw Object.assign(new Error(`${path} is a file`), { code: 'EEXIST' })
}

export async function writeReport(file: string, text: string, what?: Writing): Promise<void> {
  await createDirectory(dirname(file)).catch((error: unknown) => {
    throw unwritable(file, error, what)
  })
  writeWhole(file, text, what)
}

/** A file that others write to as well, such as the summary of a job. */
export function appendReport(file: string, text: string): void {
  appendWhole(file, text)
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : 'unknown error'
}
