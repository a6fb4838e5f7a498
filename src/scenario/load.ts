// From what a person calls a scenario to the scenario: find the file, read it, parse it.

import { basename } from 'node:path'
import { UserError } from '#context/user-error.ts'
import { readText, showPath } from './files.ts'
import { locateRows } from './locate.ts'
import { parseScenario } from './parse.ts'
import { serviceReader } from './read-service.ts'
import type { Scenario } from './scenario.ts'

/** Reads and parses the one scenario that is meant, or one row of it. */
export function loadScenario(wanted: string, cwd: string): Scenario {
  const [found, ...others] = locateRows(wanted, cwd)
  if (!found || others.length > 0) {
    const names = [found, ...others].map((one) => one?.name).join(', ')
    throw new UserError(`"${wanted}" is more than one scenario`, { hint: `Name one of them: ${names}.` })
  }
  return loadFile(found.file, cwd, found.variant)
}

/** Reads and parses a file, or one row of it; messages call it by its path below the working directory. */
export function loadFile(file: string, cwd: string, variant: string | null = null): Scenario {
  const shown = showPath(file, cwd)
  const [, kind] = /\.(service|client)\.(?:ya?ml|json)$/u.exec(file) ?? []
  if (kind !== undefined)
    throw new UserError(`${shown} is a ${kind}, and no scenario.`, {
      hint:
        kind === 'service'
          ? `It is checked with a scenario that names it: world: { services: { ${basename(file).split('.')[0]}: ${shown} } }`
          : `It is checked by "driver check ${shown}".`,
    })
  return parseScenario(readText(file, shown), shown, variant, file, serviceReader(file, cwd))
}
