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

export type Given = {
  /** How its directory was typed. */
  readonly shown: string
  readonly part: Part
  /** What must be the same in all parts, as text. */
  readonly whole: string
}

/** All parts of one piece of work, each once, and none where their reports are to lie. Throws UserError. `needs`: what must be alike. */
export function checkParts(given: readonly Given[], work: 'command' | 'campaign', needs: string): void {
  const [first, ...others] = given as [Given, ...Given[]]
  const { of } = first.part
  for (const other of others)
    if (other.part.of !== of || other.whole !== first.whole)
      throw new UserError(`"${first.shown}" and "${other.shown}" are not parts of one ${work}.`, {
        hint: `All parts need the same ${needs}.`,
      })
  const byIndex = Map.groupBy(given, ({ part }) => part.index)
  for (const [one, same] of byIndex.values())
    if (one && same)
      throw new UserError(`"${one.shown}" and "${same.shown}" are the same part.`, { hint: 'Name each part once.' })
  if (given.length === of) return
  const missing = Array.from({ length: of }, (_, index) => index).filter((index) => !byIndex.has(index))
  const named = missing.map((index) => partInWords({ index, of })).join(', ')
  throw new UserError(`These are ${given.length} of ${of} parts; missing: ${named}.`, {
    hint: 'Name the directories of all of them.',
  })
}

/** Throws UserError. */
export function checkApart(directories: readonly string[], reports: string): void {
  if (directories.includes(reports))
    throw new UserError('The reports about all parts cannot lie where one of the parts lies.', {
      hint: 'Choose another directory with --report-dir.',
    })
}

function partInWords({ index, of }: Part): string {
  return `part ${index + 1} of ${of}`
}
