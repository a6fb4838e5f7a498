// How a run differs from the baseline it is compared with: what is worse, in full; of the rest, how much there is.

import { oneLine } from '#context/foreign-text.ts'
import { changeInWords, countInWords } from './baseline/compare.ts'
import { wrapText } from './layout.ts'
import type { Paint } from './paint.ts'
import type { JudgedRun } from './report-schema.ts'

const shown = 6

export function againstLines({ against }: JudgedRun, paint: Paint, width: number, verbose: boolean): string[] {
  if (!against) return []
  const told = verbose ? against : against.filter(({ is }) => is === 'worse').slice(0, shown)
  const lines = told.flatMap((change) => {
    const word = change.is === 'worse' ? 'fail' : change.is === 'better' ? 'pass' : 'not-applicable'
    const sentence = wrapText(oneLine(`${change.is}: ${changeInWords(change)}`), width - 4)
    return sentence.map((line) => `  ${paint.of(word, line)}`)
  })
  return ['', `against the baseline: ${countInWords(against)}`, ...lines]
}
