// Which files are mutated, and which tests must notice. An oracle answers to its own test and to its golden histories; a file
// that several oracles share, to its own test and to those of all that import it.

import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

export type Stage = {
  /** Absolute. */
  readonly tests: readonly string[]
  /** Only tests whose name contains this. */
  readonly named: string | null
}

export type Subject = {
  readonly name: string
  /** Absolute. */
  readonly file: string
  readonly text: string
  /** One after the other, until one of them notices. */
  readonly stages: readonly Stage[]
}

/** Types and lists: nothing to get wrong that a compiler or a table test would not see. */
const left = new Set(['catalog', 'oracle', 'verdict'])

export function subjectsIn(folder: string, oracles: ReadonlySet<string>): readonly Subject[] {
  const names = readdirSync(folder)
    .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts'))
    .map((file) => file.slice(0, -'.ts'.length))
  const texts = new Map(names.map((name) => [name, readFileSync(join(folder, `${name}.ts`), 'utf8')]))
  const testOf = (name: string) => join(folder, `${name}.test.ts`)
  const golden = join(folder, 'golden.test.ts')
  return names
    .filter((name) => !left.has(name) && existsSync(join(folder, `${name}.ts`)))
    .map((name) => {
      const users = usersOf(name, texts).map(testOf).filter(existsSync)
      const own = existsSync(testOf(name)) ? [{ tests: [testOf(name)], named: null }] : []
      const others = oracles.has(name)
        ? [{ tests: [golden], named: `^${name}: ` }]
        : [{ tests: [...users, golden], named: null }]
      return { name, file: join(folder, `${name}.ts`), text: texts.get(name) ?? '', stages: [...own, ...others] }
    })
}

/** Who imports a file, directly or through others. The catalogue imports all and tells nothing. */
function usersOf(name: string, texts: ReadonlyMap<string, string>): readonly string[] {
  const users = new Set<string>()
  const collect = (imported: string) => {
    for (const [other, text] of texts) {
      if (users.has(other) || other === 'catalog' || !text.includes(`from './${imported}.ts'`)) continue
      users.add(other)
      collect(other)
    }
  }
  collect(name)
  return [...users].toSorted()
}
