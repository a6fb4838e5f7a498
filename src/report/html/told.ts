// What the parts of a page are told of a run: its report, and what lies behind it.

import type { Judged } from '#engine/run-result.ts'
import type { JudgedRun } from '../report-schema.ts'

export type Told = { readonly run: JudgedRun; readonly result: Judged; readonly history: string | null }
