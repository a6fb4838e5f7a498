// A finding as a scenario file that a person reads and `run` replays.

import { createHash } from 'node:crypto'
import { faultKinds } from '#fault/catalog.ts'
import type { Case, Window } from './case.ts'
import type { Caption } from './case-text.ts'
import type { Failure } from './player.ts'
import { pathText, type CasePath } from './path.ts'

/** Who looked for what, and how. */
export type Quest = {
  /** Such as `fuzz au-regional-timeout`. */
  readonly by: string
  /** What to type to mean the client. */
  readonly client: string
  /** The client is one of the library's, and a test holds the file to its word. */
  readonly shipped: boolean
  readonly profile: 'strict' | 'default' | 'lenient'
  /** Of the runs, and of the campaign. */
  readonly runSeed: string
  readonly seed: string
  readonly version: string
}

/** The same for the same finding, however small it becomes. */
export function nameOf(oracle: string, path: CasePath, { by, client, seed }: Quest): string {
  const hash = createHash('sha256')
    .update([by, client, seed, pathText(path), oracle].join('\n'))
    .digest('hex')
  return `${oracle}-${hash.slice(0, 6)}`
}

export function captionOf(found: Case, failure: Failure, path: CasePath, quest: Quest): Caption {
  const { oracle, sentence, hint } = failure
  const { by, client, shipped, profile, runSeed, seed, version } = quest
  const what = found.windows.map(explained).join(' ')
  return {
    name: nameOf(oracle, path, quest),
    title: cut(`${client} fails ${oracle}: ${what}`, 600),
    comment: [
      `A counterexample that nobody wrote: ${client} fails ${oracle} in it.`,
      ...wrapped(cut(sentence, 600)),
      ...wrapped(hint),
    ].join('\n'),
    found: { by, client, seed: runSeed, campaign: seed, path: pathText(path), oracle, profile, version },
    ...(shipped && { fails: { [client]: oracle } }),
  }
}

function explained({ kind: name, with: written }: Window): string {
  const kind = faultKinds.get(name)
  const parameters = kind?.schema.safeParse(written, { jitless: true })
  return kind && parameters?.success ? kind.explain(parameters.data) : ''
}

/** One line of printable characters. */
function cut(text: string, most: number): string {
  const line = text.replaceAll(/[\p{Cc}\p{Cf}\s]+/gu, ' ').trim()
  return line.length > most ? `${line.slice(0, most - 3)}...` : line
}

function wrapped(text: string): readonly string[] {
  return text.match(/\S(?:.{0,118})(?=\s|$)/gu) ?? []
}
