// What a case would try, under names that can be counted: each kind of fault, where it is to hit, in which form, and for how long how
// much of what is broken. Of cases that were not played yet, the one whose traits were tried least is the one to learn most from.

import type { Case, Window } from './case.ts'
import { hostileWords } from './hostile-words.ts'

/** A name for each, once. */
export function traitsOf({ windows }: Pick<Case, 'windows'>): ReadonlySet<string> {
  return new Set(windows.flatMap(ofWindow))
}

function ofWindow(window: Window): readonly string[] {
  const { kind, where, effect, share, with: parameters } = window
  const place = JSON.stringify(Object.entries(where).toSorted(([one], [other]) => (one < other ? -1 : 1)))
  const form = Object.entries(parameters).map(([name, value]) => `${name}=${wordFor(name, value)}`)
  return [
    kind,
    `${kind} at ${place}`,
    `${kind} as ${form.join(', ')} ${effect ?? ''}`,
    // Whatever the kind: some bugs need an outage that lasts, and wholly.
    `${magnitudeOf(window)}: ${share < 1 ? 'a part of' : 'all of'} ${place}`,
  ]
}

/** 0 for up to four seconds, then one more for each four times as long. */
function magnitudeOf({ fromMs, untilMs }: Window): number {
  return Math.max(0, Math.floor(Math.log2((untilMs - fromMs) / 1_000) / 2))
}

/** One word for all amounts, durations and rates: they are hardly ever the same twice, and would make every case look new. */
function wordFor(name: string, value: unknown): string {
  const isAmount = !(name in hostileWords) && /^\d/u.test(String(value))
  return isAmount ? 'some' : JSON.stringify(value)
}

/** How often each trait was tried. */
export class Tried {
  readonly #times = new Map<string, number>()

  add(traits: ReadonlySet<string>): void {
    for (const trait of traits) this.#times.set(trait, (this.#times.get(trait) ?? 0) + 1)
  }

  /** The less often its traits were tried, and the more of them there are, the greater. */
  newnessOf(traits: ReadonlySet<string>): number {
    let sum = 0
    for (const trait of traits) sum += 1 / (1 + (this.#times.get(trait) ?? 0))
    return sum
  }
}
