// One of several parts of the work of a command, which machines share among them: `2/4` is the second of four.

import { UserError } from '#context/user-error.ts'
import type { Part } from '#fuzz/guide.ts'

/** Throws UserError. */
export function readPart(text: string): Part {
  const [, index = '', of = ''] = /^(\d{1,4})\/(\d{1,4})$/u.exec(text) ?? []
  if (Number(index) >= 1 && Number(index) <= Number(of)) return { index: Number(index) - 1, of: Number(of) }
  throw new UserError(`--shard takes a part such as 2/4, not "${text}".`, { hint: 'The first of four is 1/4.' })
}

/** Dealt like cards, so that parts have long scenarios and short ones alike. */
export function isOfPart(index: number, part: Part | undefined): boolean {
  return part === undefined || index % part.of === part.index
}

/** `there`: the indices of those that are, 0-based. */
export function missingParts(there: readonly number[], of: number): string {
  const missing = Array.from({ length: of }, (_, index) => index).filter((index) => !there.includes(index))
  return missing.map((index) => partInWords({ index, of })).join(', ')
}

function partInWords({ index, of }: Part): string {
  return `part ${index + 1} of ${of}`
}
