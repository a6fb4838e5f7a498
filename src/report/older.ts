// What an earlier run left. While a run goes on it lies aside, so that an old verdict is never taken for this run's; it comes back
// whole when the new reports could not all be written.

import { existsSync, readdirSync, statSync } from 'node:fs'
import { mkdir, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { isUserError } from '#context/user-error.ts'
import { unwritable } from '#context/whole-file.ts'

/** Files by name, in one directory; `also`: and all whose name is such. */
type Place = {
  readonly directory: string
  readonly files: readonly string[]
  readonly also?: (name: string) => boolean
}

export interface Older {
  /** Puts everything back, in place of whatever this run has written; false where there was nothing. */
  restore(): Promise<boolean>
  /** For good. */
  discard(): Promise<void>
}

/** Where it lies, in the directory itself. */
export const olderFolder = '.before'
const folder = olderFolder

/** Throws UserError; everything lies where it lay then. */
export async function setAside(places: readonly Place[]): Promise<Older> {
  const all = places.filter((place) => [...filesOf(place), folder].some((file) => isThere(place.directory, file)))
  try {
    await eachOf(all, putAside)
  } catch (error) {
    await eachOf(all, bringBack)
    throw error
  }
  return {
    async restore() {
      const kept = all.filter(isAside)
      await eachOf(kept, putBack)
      return kept.length > 0
    },
    discard: () => eachOf(all, ({ directory }) => rm(join(directory, folder), { recursive: true, force: true })),
  }
}

/** A run that was killed has left nothing but what it had put aside: that is the older report still. */
async function putAside(place: Place): Promise<void> {
  const { directory } = place
  const there = filesOf(place).filter((file) => isThere(directory, file))
  if (there.length === 0) return
  // What somebody keeps in a directory of that name is no report.
  const taken = there.find((file) => statSync(join(directory, file)).isDirectory())
  if (taken !== undefined) throw unwritable(join(directory, taken), Object.assign(new Error(), { code: 'EISDIR' }))
  await rm(join(directory, folder), { recursive: true, force: true })
  await mkdir(join(directory, folder))
  for (const file of there) await rename(join(directory, file), join(directory, folder, file))
}

/** Without what this run has written, of which the older one may have had nothing. */
async function putBack(place: Place): Promise<void> {
  for (const file of filesOf(place)) await rm(join(place.directory, file), { force: true })
  await bringBack(place)
}

async function bringBack(place: Place): Promise<void> {
  const { directory } = place
  const kept = filesOf(place).filter((file) => isThere(directory, join(folder, file)))
  for (const file of kept) await rename(join(directory, folder, file), join(directory, file))
  await rm(join(directory, folder), { recursive: true, force: true })
}

function isAside(place: Place): boolean {
  return filesOf(place).some((file) => isThere(place.directory, join(folder, file)))
}

/** Those that are there and those that lie aside: what has a number is known from nowhere else. */
function filesOf({ directory, files, also }: Place): readonly string[] {
  if (!also) return files
  const found = [directory, join(directory, folder)].flatMap((place) => (existsSync(place) ? readdirSync(place) : []))
  return [...new Set([...files, ...found.filter(also)])]
}

function isThere(directory: string, file: string): boolean {
  return existsSync(join(directory, file))
}

async function eachOf(places: readonly Place[], work: (place: Place) => Promise<void>): Promise<void> {
  for (const place of places)
    await work(place).catch((error: unknown) => {
      throw isUserError(error) ? error : unwritable(place.directory, error)
    })
}
