// A failure that somebody answers for: its word, and the words for who and until when.

import { oneLine } from '#context/foreign-text.ts'
import type { Word } from './paint.ts'
import type { ReportedVerdict } from './report-schema.ts'

type Waived = NonNullable<Extract<ReportedVerdict, { verdict: 'fail' }>['waived']>

export function isWaived(verdict: ReportedVerdict): boolean {
  return verdict.verdict === 'fail' && verdict.waived !== undefined
}

/** Of a failure that costs the verdict, `fail`. */
export function wordOf(verdict: ReportedVerdict): Word {
  return isWaived(verdict) ? 'waived' : verdict.verdict
}

/** `waived by ada until 2026-12-31: the new queue is on its way`. */
export function waivedInWords({ owner, until, because }: Waived): string {
  return oneLine(`waived by ${owner} until ${until}: ${because}`)
}
