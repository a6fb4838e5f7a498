// Where one can link to: each verdict has a place of its own on the page, named after its oracle, the same in every run.

import { titleOf } from '../quantity.ts'
import type { ReportedVerdict } from '../report-schema.ts'

export type Placed = { readonly verdict: ReportedVerdict; readonly id: string; readonly index: number }

export function placed(verdicts: readonly ReportedVerdict[]): readonly Placed[] {
  const seen = new Map<string, number>()
  return verdicts.map((verdict, index) => {
    const name = slugOf(titleOf(verdict))
    const count = (seen.get(name) ?? 0) + 1
    seen.set(name, count)
    return { verdict, index, id: count === 1 ? name : `${name}-${count}` }
  })
}

function slugOf(text: string): string {
  const slug = text
    .slice(0, 200)
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/gu, '-')
    .replaceAll(/^-|-$/gu, '')
  return slug === '' ? 'verdict' : slug
}
