// How many mutants were noticed.

import type { Mutant } from './mutants.ts'

export type FileScore = {
  readonly name: string
  /** All that can be made of the file, without the equivalent ones. */
  readonly mutants: number
  readonly tried: number
  readonly noticed: number
  readonly equivalent: number
  /** False when no test passes as the code is. */
  readonly proven: boolean
  readonly survivors: readonly Pick<Mutant, 'line' | 'source' | 'change'>[]
}

/** The lowest share of noticed mutants that is good enough. */
export const enough = 0.85

export function shareOf({ tried, noticed }: Pick<FileScore, 'tried' | 'noticed'>): number {
  return tried === 0 ? 1 : noticed / tried
}

export function sumOf(scores: readonly FileScore[]): Pick<FileScore, 'tried' | 'noticed'> {
  const sum = (of: 'tried' | 'noticed') => scores.reduce((total, score) => total + score[of], 0)
  return { tried: sum('tried'), noticed: sum('noticed') }
}

export function scoreLine(score: FileScore): string {
  const { name, mutants, tried, noticed, equivalent } = score
  const notes = [
    ...(tried < mutants ? [`of ${mutants}`] : []),
    ...(equivalent > 0 ? [`${equivalent} equivalent left out`] : []),
    ...(score.proven ? [] : ['NOT TRIED: its tests fail as they are']),
    ...(shareOf(score) < enough ? ['TOO FEW'] : []),
  ]
  const figures = `${percent(score).padStart(4)}  ${String(noticed).padStart(4)} of ${String(tried).padEnd(4)}`
  return `${name.padEnd(36)} ${figures}${notes.length > 0 ? `  (${notes.join('; ')})` : ''}`
}

export function survivorLines({ name, survivors }: FileScore): readonly string[] {
  return survivors.map(({ line, source, change }) => `  ${name}.ts:${line}: ${change}    | ${source}`)
}

export function lastLine(scores: readonly FileScore[]): string {
  const sum = sumOf(scores)
  return `mutation: ${sum.noticed} of ${sum.tried} mutants noticed (${percent(sum)}); ${enough * 100} % are asked for`
}

/** Rounded down: 84.9 % are not 85. */
function percent(score: Pick<FileScore, 'tried' | 'noticed'>): string {
  return `${Math.floor(shareOf(score) * 100)}%`
}
