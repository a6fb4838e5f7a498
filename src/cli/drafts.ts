// `--postmortem`: the documents of an incident, drafted beside the reports of each run that was judged. They are for people to go on
// with, so nothing clears them away; a new draft replaces an old one.

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { RunResult } from '#engine/run-result.ts'
import { readHistory } from '#history/read-history.ts'
import { draftFiles, draftsOf } from '#report/postmortem/draft.ts'
import { reportOf } from '#report/report.ts'
import { writeReport } from '#report/write.ts'
import type { Losses } from './losses.ts'
import { complain } from './terminal.ts'

/** A history that was lost has been told of, and nothing can be drafted from it. Throws UserError for one that is broken. */
export async function writeDrafts(result: RunResult, history: string, folder: string, losses: Losses): Promise<void> {
  const [run] = reportOf([result], { reproduce: () => '', record: () => null }).runs
  if (run?.kind !== 'judged' || result.environment.lost) return
  if (run.withoutFaults) return complain(`No postmortem of ${run.scenario}: no incident was replayed.`)
  const drafts = draftsOf(readHistory(readFileSync(history, 'utf8'), history), run)
  for (const name of ['postmortem', 'update'] as const)
    await losses.attempt(() => writeReport(join(folder, draftFiles[name]), drafts[name]))
}
