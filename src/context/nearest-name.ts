// The known name that was probably meant: the same letters in another case or order, or a third of them different, or half of
// them after the same beginning.

import { closest, distance } from 'fastest-levenshtein'

const longestName = 100

export function nearestName(wrong: string, known: readonly string[]): string | undefined {
  if (wrong === '' || wrong.length > longestName || known.length === 0) return undefined
  const same =
    known.find((name) => squash(name) === squash(wrong)) ?? known.find((name) => sorted(name) === sorted(wrong))
  if (same !== undefined) return same
  const best = closest(wrong, known)
  const length = Math.max(wrong.length, best.length)
  const sameBeginning = best.slice(0, 3).toLowerCase() === wrong.slice(0, 3).toLowerCase()
  const allowed = Math.max(1, Math.floor(sameBeginning ? length / 2 : length / 3))
  return distance(wrong, best) <= allowed ? best : undefined
}

function sorted(name: string): string {
  return [...name].toSorted().join('')
}

function squash(name: string): string {
  return name.toLowerCase().replaceAll(/[-_ .]/gu, '')
}
