// `--postmortem`: the documents of an incident, drafted beside the reports of each run that was judged. They are for people to go on
// with, so nothing clears them away; a new draft replaces an old one.

import { join } from 'node:path'
import { plainText } from '#context/foreign-text.ts'
import type { RunResult } from '#engine/run-result.ts'
import { draftFiles, draftsOf } from '#report/postmortem/draft.ts'
import { reportOf } from '#report/report.ts'
import { writeReport } from '#report/write.ts'
import type { Losses } from './losses.ts'
import { complain } from './terminal.ts'

export async function writeDrafts(result: RunResult, folder: string, losses: Losses): Promise<void> {
  const [run] = reportOf([result], { reproduce: () => '', record: () => null }).runs
  if (run?.kind !== 'judged' || result.kind !== 'judged') return
  if (!result.incident) return complain(plainText(`No postmortem of ${run.scenario}: no incident was replayed.`))
  const drafts = draftsOf(result.incident, run)
  for (const name of ['postmortem', 'update'] as const)
    await losses.attempt(() => writeReport(join(folder, draftFiles[name]), drafts[name]))
}
