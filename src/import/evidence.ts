// Which sentences of an account speak for which rule, and which speak for none.

import type { Account, Quote } from './account.ts'
import { rules } from './fault-words.ts'
import type { Rule } from './rule.ts'
import { isBeginning, isCalm, isPlan } from './tone.ts'
import { sentencesOf } from './words.ts'

/** `at` is `null` for words without a time. */
export type Said = Quote & { readonly at: number | null; readonly begins: boolean }

export type Spoken = {
  /** Dated words first, then the others, as they stand in the document. */
  readonly all: readonly Said[]
  readonly byRule: ReadonlyMap<Rule, readonly Said[]>
  /** What was well: told, and not simulated. */
  readonly calm: readonly Said[]
  /** Words that speak for no rule. */
  readonly silent: readonly Said[]
}

export function listen({ moments, prose }: Account): Spoken {
  const sentences: readonly Said[] = [
    ...moments.flatMap(({ words, place, at }) =>
      sentencesOf(words).map((one) => ({ words: one, place, at, begins: isBeginning(one) })),
    ),
    ...prose.flatMap(({ words, place }) =>
      sentencesOf(words).map((one) => ({ words: one, place, at: null, begins: false })),
    ),
  ]
  const byRule = new Map<Rule, Said[]>()
  const calm: Said[] = []
  const silent: Said[] = []
  for (const said of sentences) {
    const speaking = isPlan(said.words) ? [] : rules.filter(({ pattern }) => pattern.test(said.words))
    const isWell = isCalm(said.words)
    if (isWell) calm.push(said)
    else if (speaking.length === 0) silent.push(said)
    else for (const rule of speaking) byRule.set(rule, [...(byRule.get(rule) ?? []), said])
  }
  return { all: sentences, byRule, calm, silent }
}
