// Numbers as people read them: durations with units, shares as percentages, factors with a cross.

import { formatDuration, formatMeasured } from '#clock/instant.ts'
import type { MeasuredVerdict, ReportedVerdict } from './report-schema.ts'

type Unit = MeasuredVerdict['unit']
type Parts = { readonly observed: string; readonly bound: string; readonly limit: string; readonly margin: string }

/** Three digits of a duration are enough to read; `exactly` tells apart what would read the same. */
export function formatQuantity(value: number | null, unit: Unit, exactly = false): string {
  if (value === null) return 'without end'
  if (value === 0) return '0'
  switch (unit) {
    case 'ms':
      return exactly ? `${round(value, 3)}ms` : formatMeasured(value)
    case 'count':
      return round(value, exactly ? 6 : 2)
    case 'share':
      return `${round(value * 100, exactly || Math.abs(value) < 0.001 ? 4 : 1)}%`
    case 'ratio':
      return `${round(value, exactly ? 6 : 2)}x`
  }
}

function round(value: number, digits: number): string {
  return String(Math.round(value * 10 ** digits) / 10 ** digits)
}

export function describeParts({ observed, threshold, margin, unit }: MeasuredVerdict): Parts {
  const limit =
    unit === 'ms' && threshold.value ? formatDuration(threshold.value) : formatQuantity(threshold.value, unit)
  const short = formatQuantity(observed, unit)
  const sign = margin !== null && margin > 0 ? '+' : ''
  return {
    observed: short === limit ? formatQuantity(observed, unit, observed !== threshold.value) : short,
    bound: threshold.bound === 'at-most' ? 'at most' : 'at least',
    limit,
    margin: margin === null ? '-' : `${sign}${formatQuantity(margin, unit)}`,
  }
}

/** The oracle, and what it is about where the scenario asks it about several things. */
export function titleOf({ oracle, about }: Pick<ReportedVerdict, 'oracle' | 'about'>): string {
  return about === undefined ? oracle : `${oracle} (${about})`
}

/** `withoutPause` as `without pause`. */
export function nameInWords(name: string): string {
  return name.replaceAll(/[A-Z]/gu, (letter) => ` ${letter.toLowerCase()}`)
}

/** `observed 1m2s, at most 10s (within, promise), margin -52s`. */
export function describeMeasure(verdict: MeasuredVerdict): string {
  const { observed, bound, limit, margin } = describeParts(verdict)
  const { name, source } = verdict.threshold
  return `observed ${observed}, ${bound} ${limit} (${nameInWords(name)}, ${source}), margin ${margin}`
}

/** What a sentence about one case leaves open: how many more there were. Empty when it was the only one. */
export function othersInWords(violations: number): string {
  return violations > 1 ? `The worst of ${violations} such cases.` : ''
}
