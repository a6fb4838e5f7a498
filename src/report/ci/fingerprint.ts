// By what code scanning knows a failure again: which rule fails, of which client, in which scenario. Neither the seed nor a figure
// is in it, so that a failure that moves is still the same.

import { createHash } from 'node:crypto'
import type { ReportedRun, ReportedVerdict } from '../report-schema.ts'

/** The second name is the one that GitHub looks for. */
export function fingerprintsOf(
  { scenario, client }: Pick<ReportedRun, 'scenario' | 'client'>,
  { oracle, about = '' }: Pick<ReportedVerdict, 'oracle' | 'about'>,
): Readonly<Record<string, string>> {
  const hash = createHash('sha256')
    .update(JSON.stringify([scenario, client, oracle, about]))
    .digest('hex')
  return { 'brownoutFailure/v1': hash, primaryLocationLineHash: `${hash.slice(0, 16)}:1` }
}
