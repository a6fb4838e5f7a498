// What a person must know of an imported service: what was taken for granted, and what was left out, for which reason.

import { oneLine } from '#context/foreign-text.ts'
import { tidy } from '../words.ts'

const wordCharacters = 160

export class Notes {
  readonly #sentences = new Set<string>()
  readonly #assumed = new Map<string, Set<string>>()
  readonly #left = new Map<string, Set<string>>()

  assume(sentence: string): void {
    this.#sentences.add(oneLine(sentence))
  }

  /** The same of many: `why` says what they have in common, as `ids that ...`. */
  assumeOf(why: string, what: string): void {
    add(this.#assumed, why, what)
  }

  leave(why: string, what: string): void {
    add(this.#left, why, what)
  }

  /** Each reason once, with how many there are and the first of them. */
  assumed(most: number): readonly string[] {
    return [...this.#sentences, ...counted(this.#assumed, most)]
  }

  leftOut(most: number): readonly string[] {
    return counted(this.#left, most)
  }

  get leftCount(): number {
    return [...this.#left.values()].reduce((sum, all) => sum + all.size, 0)
  }
}

type Groups = Map<string, Set<string>>

function add(groups: Groups, why: string, what: string): void {
  groups.set(why, (groups.get(why) ?? new Set()).add(tidy(what, wordCharacters)))
}

function counted(groups: Groups, most: number): readonly string[] {
  return Array.from(groups, ([why, all]) => {
    const more = all.size - most
    const shown = [...all].slice(0, most).join(', ')
    return `${why.charAt(0).toUpperCase()}${why.slice(1)} (${all.size}): ${shown}${more > 0 ? `, and ${more} more` : ''}.`
  })
}
