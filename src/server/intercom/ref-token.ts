// Every written text carries a token like `[ref 4F2K9QX]`: the piece of business it is about, in the operation that asked
// for it and in the change it made. It survives HTML around it and text before and after it.

import type { Prng } from '#random/prng.ts'

const digits = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
const token = /\[ref ([0-9A-HJKMNP-TV-Z]{7})\]/u

/** Unique per `nth` within a load; the drawn half keeps two loads apart. */
export function refKey(nth: number, random: Prng): string {
  const counted = [10, 5, 0].map((shift) => digits[(nth >> shift) & 31])
  const drawn = [0, 1, 2, 3].map(() => digits[random.integer(0, 31)])
  return [...drawn, ...counted].join('')
}

export function withRef(text: string, key: string): string {
  return `${text} [ref ${key}]`
}

/** The first token of a text: what a reply quotes comes after what it says. */
export function refIn(text: unknown): string | undefined {
  return typeof text === 'string' ? token.exec(text)?.[1] : undefined
}
