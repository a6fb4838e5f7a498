// Waivers: failures that are known and that somebody answers for until a day. The file is YAML, a list; every mistake in it
// becomes a place with a caret, as in a scenario.

import { posix } from 'node:path'
import { z } from 'zod'
import { limits } from '#context/limits.ts'
import { UserError, type Place } from '#context/user-error.ts'
import { oracles } from '#oracle/catalog.ts'
import { complain } from './complaint.ts'
import { readDocument, type Document } from './document.ts'
import { addIssues } from './issue.ts'
import { Problems, quote, suggest } from './problem.ts'
import { date, section, sentence, text } from './terms.ts'

export type Waiver = {
  readonly oracle: string
  /** A name, `name:variant`, or a pattern with `*`. */
  readonly scenario: string
  /** As `scenario`, and as reports call it; every client when absent. */
  readonly client?: string
  readonly owner: string
  /** The last day on which it holds: `2026-12-31`. */
  readonly until: string
  readonly because: string
  readonly place: Place
}

const word = text(/^[^\s\p{Cc}]{1,200}$/u, 'must be a word')

const waiverSchema = section({
  oracle: word,
  scenario: word,
  client: word.optional(),
  owner: sentence,
  until: date,
  because: sentence,
})
const waiversSchema = z.array(waiverSchema)

type Written = z.infer<typeof waiverSchema>

/** What messages call an entry: `waiver.0.owner`. In the file there is no such key. */
const root = 'waiver'
const example =
  '- { oracle: amplification, scenario: au-regional-timeout, owner: ada, until: 2026-12-31, because: the queue is being rebuilt }'

/** `scenarios`: the names there are. Throws a UserError. An empty file has no waivers. */
export function parseWaivers(source: string, file: string, scenarios: readonly string[]): readonly Waiver[] {
  if (source.length > limits.scenarioCharacters)
    throw new UserError(`the file has ${source.length} characters; waivers have at most ${limits.scenarioCharacters}`, {
      place: { file },
    })
  const document = readDocument(source)
  if (document.misprints.length > 0) throw complain(source, file, document, document.misprints)
  if (document.data === null) return []
  if (!Array.isArray(document.data))
    throw new UserError(`waivers are a list, but this file holds ${quote(document.data)}`, {
      place: { file },
      hint: `Write each as: ${example}`,
    })
  const problems = new Problems()
  const form = waiversSchema.safeParse(document.data, { jitless: true })
  if (!form.success) addIssues(problems, form.error.issues, waiversSchema, document.data, [root])
  else checkMeaning(form.data, scenarios, problems)
  if (form.success && problems.list.length === 0)
    return form.data.map((written, index) => resolved(written, placeOf(document, file, index)))
  throw complain(
    source,
    file,
    document,
    problems.list.map((problem) => {
      return { ...problem, span: document.spanOf({ ...problem, path: problem.path.slice(1) }) }
    }),
  )
}

function resolved({ client, ...written }: Written, place: Place): Waiver {
  return { ...written, ...(client !== undefined && { client: calledClient(client) }), place }
}

/** A file is typed as `./desk.ts`, or as on Windows, and called `desk.ts`; one outside of the working directory has its bare name. */
function calledClient(written: string): string {
  const path = posix.normalize(written.replaceAll('\\', '/'))
  return path.startsWith('../') ? posix.basename(path) : path
}

function placeOf(document: Document, file: string, index: number): Place {
  const { start } = document.spanOf({ path: [index], on: 'value', what: '' })
  return { file, ...document.placeOf(start) }
}

function checkMeaning(waivers: readonly Written[], scenarios: readonly string[], problems: Problems): void {
  waivers.forEach(({ oracle, scenario, client }, index) => {
    if (!oracles.has(oracle)) {
      const hint = suggest(oracle, [...oracles.keys()], 'oracles')
      problems.value([root, index, 'oracle'], `there is no oracle ${quote(oracle)}`, hint)
    }
    if (!scenarios.some((name) => isMeant(scenario, name) || isMeant(scenario.split(':')[0] ?? '', name))) {
      const what = scenario.includes('*')
        ? `no scenario has a name like ${quote(scenario)}`
        : `there is no scenario ${quote(scenario)}`
      problems.value([root, index, 'scenario'], what, suggest(scenario, scenarios, 'scenarios'))
    }
    const same = waivers
      .slice(0, index)
      .some((other) => other.oracle === oracle && other.scenario === scenario && isSameClient(other.client, client))
    if (same) problems.value([root, index], 'this waives the same as one above it', 'Remove one of the two.')
  })
}

function isSameClient(one: string | undefined, other: string | undefined): boolean {
  return one === undefined || other === undefined ? one === other : calledClient(one) === calledClient(other)
}

/** Whether a pattern, in which `*` stands for anything, means a name; that of a whole file means each of its rows. */
export function isMeant(pattern: string, name: string): boolean {
  return matches(pattern, name) || matches(pattern, name.split(':')[0] ?? '')
}

/** By hand, because a pattern of many stars makes a regular expression take for ever. */
function matches(pattern: string, name: string): boolean {
  const [first = '', ...rest] = pattern.split('*')
  const last = rest.pop()
  if (last === undefined) return pattern === name
  if (!name.startsWith(first)) return false
  let from = first.length
  for (const part of rest) {
    const found = name.indexOf(part, from)
    if (found < 0) return false
    from = found + part.length
  }
  return name.length - last.length >= from && name.endsWith(last)
}
