// The file of a service that a scenario names, found relative to it: data in YAML or JSON, or a module that exports it.

import { existsSync, statSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { readDefinitionModule } from '#client/definition-process.ts'
import type { ServiceDefinition } from '#server/defined/definition.ts'
import { checkExported, parseDefinition } from './definition-file.ts'
import { readText, showPath } from './files.ts'
import type { ReadService } from './world-services.ts'

/** What modules have said, as long as they, and what they import, are the same: a command reads a scenario several times. */
const known = new Map<string, { readonly stamps: string; readonly files: readonly string[]; readonly data: unknown }>()
const read = new Set<string>()

/** Files of services that this process has read, with what they import. Absolute. */
export function filesOfServices(): readonly string[] {
  return [...read]
}

/** `near` is where the scenario lies. */
export function serviceReader(near: string, cwd: string): ReadService {
  return (path) => {
    const file = resolve(dirname(resolve(cwd, near)), path)
    if (!existsSync(file)) return undefined
    const shown = showPath(file, cwd)
    return { file: shown, definition: definitionIn(file, shown) }
  }
}

function definitionIn(file: string, shown: string): ServiceDefinition {
  read.add(file)
  const text = readText(file, shown, 'service')
  if (!/\.[cm]?[jt]s$/u.test(file)) return parseDefinition(text, shown)
  const found = known.get(file)
  const data = found && found.stamps === stampsOf(found.files) ? found.data : dataIn(file, shown)
  return checkExported(data, text, shown)
}

function dataIn(file: string, shown: string): unknown {
  let files: readonly string[] = [file]
  const data = readDefinitionModule(file, shown, (found) => {
    files = [file, ...found]
    for (const one of found) read.add(one)
  })
  known.set(file, { stamps: stampsOf(files), files, data })
  return data
}

function stampsOf(files: readonly string[]): string {
  return files
    .map((file) => {
      const { mtimeMs, size } = statSync(file, { throwIfNoEntry: false }) ?? { mtimeMs: 0, size: 0 }
      return `${file} ${mtimeMs} ${size}`
    })
    .join('\n')
}
