// How bad a document says that it was. Providers have words of their own; these are the usual ones.

import type { Account, Quote, Severity } from './account.ts'
import { tidy } from './words.ts'

const words: Readonly<Record<string, Severity>> = {
  p1: 'P1',
  p2: 'P2',
  p3: 'P3',
  p4: 'P4',
  sev1: 'P1',
  sev2: 'P2',
  sev3: 'P3',
  sev4: 'P4',
  critical: 'P1',
  major: 'P2',
  minor: 'P3',
  maintenance: 'P3',
  none: 'P4',
}

const sentence = /\bseverity\b.{0,40}?\b(P[1-4]|SEV-?[1-4]|critical|major|minor)\b/iu

/** The worst that is called a severity. */
export function severityIn(lines: readonly Quote[]): Account['severity'] {
  const found = lines.flatMap((line) => {
    const word = sentence.exec(line.words)?.[1]
    const is = word === undefined ? undefined : severityOf(word)
    return is === undefined ? [] : [{ is, words: tidy(line.words), place: line.place }]
  })
  return found.toSorted((one, other) => (one.is < other.is ? -1 : one.is > other.is ? 1 : 0))[0] ?? null
}

export function severityOf(word: string): Severity | undefined {
  const key = word.toLowerCase().replaceAll('-', '')
  return Object.hasOwn(words, key) ? words[key] : undefined
}
