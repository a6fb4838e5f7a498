// A config and what it extends, nearest first: where several say something, the first of them is right.

import { createRequire } from 'node:module'
import { isAbsolute, resolve } from 'node:path'
import { pathFrom } from '#context/path-from.ts'
import { UserError, type Place } from '#context/user-error.ts'
import { kindOf } from '#scenario/files.ts'
import { readConfig, type Layer } from './read-config.ts'

/** `above`: those that lead to this one. Throws UserError. */
export async function loadLayers(file: string, cwd: string, above: readonly string[] = []): Promise<readonly Layer[]> {
  const own = await readConfig(file, cwd)
  const wanted = listed(own.written.extends)
  const layers: Layer[] = []
  for (const [index, specifier] of wanted.entries()) {
    const place = own.placeOf(typeof own.written.extends === 'string' ? ['extends'] : ['extends', index])
    const extended = locate(specifier, own, place)
    const chain = [...above, file]
    if (chain.includes(extended)) throw circle([...chain.slice(chain.indexOf(extended)), extended], place, cwd)
    layers.unshift(...(await loadLayers(extended, cwd, chain)))
  }
  return [own, ...layers]
}

export function listed(written: string | readonly string[] | undefined): readonly string[] {
  return written === undefined ? [] : typeof written === 'string' ? [written] : written
}

function circle(files: readonly string[], place: Place, cwd: string): UserError {
  const shown = files.map((file) => pathFrom(cwd, file))
  return new UserError(`a config cannot extend itself: ${shown.join(' extends ')}`, {
    place,
    hint: 'Take one of them out of the circle.',
  })
}

function locate(specifier: string, { file, directory }: Layer, place: Place): string {
  if (/^(?:\.{1,2})?[\\/]|^\.{1,2}$/u.test(specifier)) {
    const path = resolve(directory, specifier)
    if (kindOf(path) === 'file') return path
    throw new UserError(`there is no config ${JSON.stringify(specifier)} to extend`, { place })
  }
  try {
    const found = createRequire(file).resolve(specifier)
    // What Node brings itself is no file.
    if (isAbsolute(found)) return found
  } catch {
    // The sentence is the same.
  }
  throw new UserError(`there is no package with the config ${JSON.stringify(specifier)}`, {
    place,
    hint: `Is it installed? A file beside this one is written as "./${specifier}".`,
  })
}

type Found = { readonly value: unknown; readonly layer: Layer; readonly place: Place }

/** The nearest layer that says something of this, such as `['fuzz', 'runs']`. */
export function findSetting(layers: readonly Layer[], path: readonly string[]): Found | undefined {
  for (const layer of layers) {
    const value = path.reduce<unknown>(
      (at, key) => (typeof at === 'object' && at !== null ? (at as Record<string, unknown>)[key] : undefined),
      layer.written,
    )
    if (value !== undefined) return { value, layer, place: layer.placeOf(path) }
  }
  return undefined
}

/** A path of a config, from the working directory. */
export function pathIn({ directory }: Layer, written: string, cwd: string): string {
  return pathFrom(cwd, resolve(directory, written)) || '.'
}
