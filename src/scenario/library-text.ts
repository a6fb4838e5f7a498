// The facts about the library, as they are checked in.

import { findScenarios, readText, shippedScenarios } from './files.ts'
import { factsOf, pathInLibrary, sumOf } from './library-facts.ts'
import { loadFile } from './load.ts'

export function libraryText(): string {
  const facts = findScenarios(shippedScenarios).map(({ file }) => {
    return [pathInLibrary(file), { sum: sumOf(readText(file)), ...factsOf(loadFile(file, shippedScenarios)) }] as const
  })
  const sorted = facts.toSorted(([one], [other]) => (one < other ? -1 : 1))
  return `${JSON.stringify(Object.fromEntries(sorted), null, 1)}\n`
}
