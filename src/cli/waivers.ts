// Where the waivers of a command come from: the file that is named, else `chaos.waivers.yaml` if there is one.

import { resolve } from 'node:path'
import { kindOf, knownScenarios, readText, showPath } from '#scenario/files.ts'
import { parseWaivers, type Waiver } from '#scenario/waivers.ts'
import { checkFilled } from './select.ts'

const usual = 'chaos.waivers.yaml'

/** `scenarios`: names of those that this command is about, which may lie anywhere. Throws a UserError for what is wrong in the file. */
export function readWaivers(wanted: string | undefined, cwd: string, scenarios: readonly string[]): readonly Waiver[] {
  if (wanted === undefined && kindOf(resolve(cwd, usual)) !== 'file') return []
  const file = resolve(cwd, wanted === undefined ? usual : checkFilled('--waivers', wanted))
  const shown = showPath(file, cwd)
  const known = knownScenarios(cwd).map(({ name }) => name)
  return parseWaivers(readText(file, shown, 'list of waivers'), shown, [...new Set([...known, ...scenarios])])
}
