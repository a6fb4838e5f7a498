// Mutants that change nothing that anybody could notice, each with the reason. Told by the text of the line, not by its number.

import type { Mutant } from './mutants.ts'

export type Equivalent = {
  /** Such as `backs-off`. */
  readonly file: string
  /** The whole line, trimmed. */
  readonly source: string
  /** As the survivors are printed, such as `< to <=`; `*` for every change of the line. */
  readonly change: string
  readonly because: string
}

export function isEquivalent(mutant: Mutant, name: string, equivalents: readonly Equivalent[]): boolean {
  return equivalents.some((one) => isOf(one, name, mutant))
}

/** Entries that fit no mutant: the code has changed since. */
export function stale(equivalents: readonly Equivalent[], mutants: ReadonlyMap<string, readonly Mutant[]>) {
  return equivalents.filter(
    (one) => mutants.has(one.file) && !mutants.get(one.file)?.some((mutant) => isOf(one, one.file, mutant)),
  )
}

function isOf({ file, source, change }: Equivalent, name: string, mutant: Mutant): boolean {
  return file === name && source === mutant.source && (change === '*' || change === mutant.change)
}
