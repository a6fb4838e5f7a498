// A text without any time tells of no incident: a runbook, a list of errors. What its words speak for is played one after another, at
// times that are made up.

import { parseInstant } from '#clock/instant.ts'
import { UserError } from '#context/user-error.ts'
import type { Phase } from './phases.ts'
import type { Proposal } from './proposal.ts'

const minute = 60_000
const baseline = 10 * minute
const lasts = 5 * minute
const pause = 5 * minute

export type Drill = { readonly faults: readonly Proposal[]; readonly phases: readonly Phase[] }

export function drillOf(faults: readonly Proposal[], date: string, file: string): Drill {
  const morning = parseInstant(`${date} 09:00Z`)
  if (morning === undefined)
    throw new UserError('the text has neither a time nor a date', {
      place: { file },
      hint: 'Say which day it is about: --date 2026-04-27. All times of the scenario will be made up.',
    })
  const placed = faults.map((fault, nth) => {
    const from = morning + baseline + nth * (lasts + pause)
    return { ...fault, from, until: from + lasts }
  })
  const last = placed.at(-1)
  return {
    faults: placed,
    phases: [...placed.map(({ name, from }) => ({ name, at: from })), { name: 'recovery', at: last?.until ?? morning }],
  }
}
