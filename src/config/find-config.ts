// Which file is the config: the one in the working directory, or the nearest above it within the same package.

import { lstatSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { UserError } from '#context/user-error.ts'
import { kindOf, showPath } from '#scenario/files.ts'

const names = ['ts', 'mts', 'js', 'mjs', 'json', 'yaml', 'yml'].map((ending) => `chaos.config.${ending}`)

/** The file that is wanted, `false` for none; else the one that is found. Absolute. Throws UserError. */
export function configFile(wanted: string | false | undefined, cwd: string): string | null {
  if (wanted === false) return null
  if (wanted === undefined) return findConfig(cwd)
  const file = resolve(cwd, wanted)
  if (wanted.trim() !== '' && kindOf(file) === 'file') return file
  throw new UserError(wanted.trim() === '' ? '--config is empty.' : `There is no config "${wanted}".`, {
    hint: 'Name a file such as chaos.config.ts; --no-config does without.',
  })
}

/** Absolute; `null` where there is none. Throws UserError where there are two. */
export function findConfig(cwd: string): string | null {
  const [own, ...above] = foldersOf(cwd)
  for (const folder of [own ?? cwd, ...above]) {
    const [found, another] = names.map((name) => join(folder, name)).filter((file) => kindOf(file) === 'file')
    if (found !== undefined && another !== undefined)
      throw new UserError(`There are two configs: ${showPath(found, cwd)} and ${showPath(another, cwd)}.`, {
        hint: 'Remove one, or say which is meant with --config.',
      })
    if (found !== undefined) return found
    const directory = names.map((name) => join(folder, name)).find((file) => kindOf(file) === 'directory')
    if (directory !== undefined)
      throw new UserError(`The config ${showPath(directory, cwd)} is a directory.`, {
        hint: 'A config is a file. Rename the directory or remove it; --no-config does without.',
      })
    const lost = names.map((name) => join(folder, name)).find(leadsNowhere)
    if (lost !== undefined)
      throw new UserError(`The config ${showPath(lost, cwd)} is a link that leads nowhere.`, {
        hint: 'Mend it or remove it; --no-config does without.',
      })
  }
  return null
}

function leadsNowhere(file: string): boolean {
  return kindOf(file) === 'nothing' && lstatSync(file, { throwIfNoEntry: false })?.isSymbolicLink() === true
}

/** Up to the folder of the package. Outside of every package what lies above is somebody else's: of no concern here. */
function foldersOf(cwd: string): readonly string[] {
  const folders: string[] = []
  for (let folder = cwd; ; folder = dirname(folder)) {
    folders.push(folder)
    if (['package.json', '.git'].some((name) => kindOf(join(folder, name)) !== 'nothing')) return folders
    if (folder === dirname(folder)) return [cwd]
  }
}
