// The file of a service that a scenario names, found relative to it: data in YAML or JSON, or a module that exports it.

import { existsSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { readDefinitionModule } from '#client/definition-process.ts'
import type { ServiceDefinition } from '#server/defined/definition.ts'
import { checkExported, parseDefinition } from './definition-file.ts'
import { readText, showPath } from './files.ts'
import type { ReadService } from './world-services.ts'

/** What modules have said, as long as their text is the same: a command reads a scenario several times. */
const known = new Map<string, { readonly text: string; readonly data: unknown }>()

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
  const text = readText(file, shown, 'service')
  if (!/\.[cm]?[jt]s$/u.test(file)) return parseDefinition(text, shown)
  const found = known.get(file)
  const data = found?.text === text ? found.data : readDefinitionModule(file, shown)
  known.set(file, { text, data })
  return checkExported(data, text, shown)
}
