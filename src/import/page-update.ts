// One update of a status page, whoever runs it.

import type { Moment } from './account.ts'
import type { Change } from './stretches.ts'

export type PageUpdate = {
  readonly status: string
  readonly body: string
  readonly moment: Moment
  readonly changes: readonly Change[]
}

/** What the page said when it closed. */
export function closedBy(updates: readonly PageUpdate[], end: Moment | null): Moment | null {
  const words = updates.find(({ status }) => status === 'resolved')?.body
  return end && { ...end, words: words ?? '' }
}
