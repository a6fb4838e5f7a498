// The files of a report directory, as tests compare those of several machines with those of one.

import { readdirSync, readFileSync, statSync } from 'node:fs'
import { basename, join } from 'node:path'

/** By their path, without what only parts have. */
export function filesIn(directory: string): Record<string, string> {
  const names = readdirSync(directory, { recursive: true, encoding: 'utf8' })
  const files = names.filter((name) => statSync(join(directory, name)).isFile() && name !== 'shard.json')
  return Object.fromEntries(
    files.toSorted().map((name) => [name, unwalled(join(directory, name), basename(directory))]),
  )
}

/** Wall time is the one thing in which two machines differ; and reports say where they lie. */
function unwalled(file: string, directory: string): string {
  const text = readFileSync(file, 'utf8')
  return text.replaceAll(/<span data-wall>[^<]*<\/span>/gu, '').replaceAll(directory, 'here')
}
