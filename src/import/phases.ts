// The phases of an imported run: each begins with a dated line, and is called by what the line says.

import type { Moment } from './account.ts'
import type { Window } from './window.ts'

const called: readonly (readonly [name: string, pattern: RegExp])[] = [
  ['declared', /status ?page\b.{0,40}\b(?:posted|opened|updated|published)|\binvestigating\b|\bincident declared\b/iu],
  ['detected', /\b(?:detect\w*|alert\w*|paged|unhealthy)\b/iu],
  ['identified', /\broot cause\b|\bidentified\b|\bcause (?:is |was )?(?:found|known)\b/iu],
  [
    'mitigated',
    /\bmitigat\w*\b|\broll(?:ed)? ?back\b|\bfix (?:was |is |has been )?(?:deployed|applied|enabled|implemented)\b|\bmonitoring\b/iu,
  ],
]

export type Phase = { readonly name: string; readonly at: number }

/** In order, each later than the one before; `recovery` is the last. */
export function phasesOf(moments: readonly Moment[], { from, until }: Window): readonly Phase[] {
  const phases: Phase[] = [{ name: 'onset', at: from.at }]
  for (const { at, words } of moments) {
    const name = called.find(([, pattern]) => pattern.test(words))?.[0]
    const isNew = name !== undefined && !phases.some((phase) => phase.name === name)
    if (isNew && at > (phases.at(-1)?.at ?? 0) && at < until.at) phases.push({ name, at })
  }
  return [...phases, { name: 'recovery', at: until.at }]
}
