// What a case would try, under names that can be counted: kinds of faults, and for how long how much of what is broken. Of cases that
// were drawn, the one to play is the one whose traits are the furthest behind: often drawn, and seldom played.

import type { Case, Window } from './case.ts'

/** A name for each, once. */
export function traitsOf({ windows }: Pick<Case, 'windows'>): ReadonlySet<string> {
  return new Set(windows.flatMap(ofWindow))
}

function ofWindow(window: Window): readonly string[] {
  const { kind, where, share } = window
  const place = JSON.stringify(Object.entries(where).toSorted(([one], [other]) => (one < other ? -1 : 1)))
  // Whatever the kind: some bugs need an outage that lasts, and wholly.
  return [kind, `${magnitudeOf(window)}: ${share < 1 ? 'a part of' : 'all of'} ${place}`]
}

/** 0 for up to four seconds, then one more for each four times as long. */
function magnitudeOf({ fromMs, untilMs }: Window): number {
  return Math.max(0, Math.floor(Math.log2((untilMs - fromMs) / 1_000) / 2))
}

/** How often each trait was drawn, and how often it was played. */
export class Counts {
  readonly #drawn = new Map<string, number>()
  readonly #played = new Map<string, number>()

  addDrawn(traits: ReadonlySet<string>): void {
    for (const trait of traits) this.#drawn.set(trait, (this.#drawn.get(trait) ?? 0) + 1)
  }

  addPlayed(traits: ReadonlySet<string>): void {
    for (const trait of traits) this.#played.set(trait, (this.#played.get(trait) ?? 0) + 1)
  }

  /** The further its traits are behind, and the more of them there are, the greater. What is seldom drawn is seldom due. */
  dueOf(traits: ReadonlySet<string>): number {
    let sum = 0
    for (const trait of traits) sum += (this.#drawn.get(trait) ?? 0) / (1 + (this.#played.get(trait) ?? 0))
    return sum
  }
}
