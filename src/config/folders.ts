// Where the scenarios of a project are, as its config says.

import { resolve } from 'node:path'
import { kindOf } from '#scenario/files.ts'
import { Problems } from '#scenario/problem.ts'
import { listed } from './layers.ts'
import { root, type Layer } from './read-config.ts'

/** Absolute; what is nearest comes last, and hides what has its name. Those that are named must be there. Throws UserError. */
export function scenarioFolders(layers: readonly Layer[]): readonly string[] {
  return layers.toReversed().flatMap(foldersIn)
}

function foldersIn(layer: Layer): readonly string[] {
  const { scenarios } = layer.written
  if (scenarios === undefined) return [resolve(layer.directory, 'scenarios')]
  const problems = new Problems()
  const folders = listed(scenarios).map((written, index) => {
    const folder = resolve(layer.directory, written)
    const at = typeof scenarios === 'string' ? [root, 'scenarios'] : [root, 'scenarios', index]
    if (kindOf(folder) !== 'directory') problems.value(at, `there is no folder \`${written}\``)
    return folder
  })
  if (problems.list.length > 0) throw layer.mistake(problems)
  return folders
}
