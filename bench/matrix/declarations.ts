// What each broken client says about itself: its bug, and the oracles and the scenario that catch it. The head comment of the
// file is the one place where this is written down.

import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { isUserError, UserError } from '#context/user-error.ts'
import { rowNamed, type Row } from './rows.ts'

export type Declaration = {
  /** Such as `broken/no-timeout`. */
  readonly client: string
  readonly bug: string
  /** All of them must fail; the first is what the bug was planted for. */
  readonly oracles: readonly [string, ...string[]]
  /** `name` or `name:variant`. */
  readonly scenario: string
  /** Where it says so. */
  readonly place: { readonly file: string; readonly line: number }
}

const form = 'Write "// Caught by: <oracle>[, <oracle>], in <scenario>[:<variant>]." into the head comment.'

/** Of every client in a folder, by name; and a sentence for each that is not of the form. `shown`: how to call the folder. */
export function readDeclarations(
  folder: string,
  shown: string,
): { readonly declarations: readonly Declaration[]; readonly mistakes: readonly string[] } {
  const files = readdirSync(folder, { withFileTypes: true }).filter(
    (entry) => entry.isFile() && entry.name.endsWith('.ts'),
  )
  const read = files
    .map(({ name }) => name)
    .toSorted()
    .map((name) => attempt(() => declarationOf(readFileSync(join(folder, name), 'utf8'), `${shown}/${name}`)))
  return {
    declarations: read.filter((one) => typeof one !== 'string'),
    mistakes: read.filter((one) => typeof one === 'string'),
  }
}

function attempt(work: () => Declaration): Declaration | string {
  try {
    return work()
  } catch (error) {
    if (isUserError(error)) return String(error)
    throw error
  }
}

/** Throws a UserError with file and line when the comment is missing or not of the form. */
export function declarationOf(text: string, file: string): Declaration {
  const bug = statement(text, 'Bug')
  if (!bug) throw wrong('does not say what its bug is', file, 1)
  const caught = statement(text, 'Caught by')
  if (!caught) throw wrong('does not say which oracle catches it', file, bug.line)
  const parts = /^((?:[a-z][\w-]*)(?:, [a-z][\w-]*)*), in ([a-z\d][\w-]*(?::[\w-]+)?)\.$/u.exec(caught.says)
  const [, names = '', scenario = ''] = parts ?? []
  const [first, ...others] = names.split(', ')
  if (!first) throw wrong(`says "Caught by: ${caught.says}", which is not of the form`, file, caught.line)
  const client = `broken/${file.slice(file.lastIndexOf('/') + 1, -'.ts'.length)}`
  return { client, bug: bug.says, oracles: [first, ...others], scenario, place: { file, line: caught.line } }
}

/** A declaration may only name what there is. A sentence for each that does not. */
export function strangeNames(
  { oracles, scenario, place }: Declaration,
  known: { readonly oracles: ReadonlySet<string>; readonly scenarios: readonly Row[] },
): readonly string[] {
  const strange = oracles.filter((oracle) => !known.oracles.has(oracle)).map((oracle) => `no oracle "${oracle}"`)
  const missing = rowNamed(known.scenarios, scenario) ? [] : [`no scenario "${scenario}"`]
  return [...strange, ...missing].map((what) => `${place.file}:${place.line}: There is ${what}`)
}

function wrong(what: string, file: string, line: number): UserError {
  return new UserError(`This client ${what}`, { place: { file, line }, hint: form })
}

/** What the head comment says after a word, over several lines when it must: up to a line that ends in a full stop. */
function statement(text: string, word: string): { readonly says: string; readonly line: number } | undefined {
  const lines = text.split('\n')
  const end = lines.findIndex((line) => !line.startsWith('//'))
  const head = lines.slice(0, end < 0 ? undefined : end)
  const start = head.findIndex((line) => line.startsWith(`// ${word}: `))
  if (start < 0) return undefined
  const following = head.slice(start + 1).findIndex((line) => /^\/\/ [A-Z][\w ]*: /u.test(line))
  const own = head.slice(start, following < 0 ? undefined : start + 1 + following)
  const says = own.map((line) => line.replace(/^\/\/ ?/u, '')).join(' ')
  return { says: says.slice(word.length + 2).trim(), line: start + 1 }
}
