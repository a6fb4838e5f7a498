// Where the waivers of runs come from: the file that is named, else `chaos.waivers.yaml` if there is one.

import { resolve } from 'node:path'
import { UserError } from '#context/user-error.ts'
import { kindOf, knownScenarios, readText, showPath } from '#scenario/files.ts'
import { parseWaivers, type Waiver } from '#scenario/waivers.ts'

const usual = 'chaos.waivers.yaml'

/** `scenarios`: names of those that are played or judged, which may lie anywhere. Throws a UserError for what is wrong in the file. */
export function readWaivers(wanted: string | undefined, cwd: string, scenarios: readonly string[]): readonly Waiver[] {
  if (wanted === undefined && kindOf(resolve(cwd, usual)) !== 'file') return []
  if (wanted?.trim() === '')
    throw new UserError('--waivers is empty.', {
      hint: 'Is it a variable that is not set? Give it a value, or leave it out.',
    })
  const file = resolve(cwd, wanted ?? usual)
  const shown = showPath(file, cwd)
  const known = knownScenarios(cwd).map(({ name }) => name)
  return parseWaivers(readText(file, shown, 'list of waivers'), shown, [...new Set([...known, ...scenarios])])
}
