// Where the end of a campaign is told: what `--output` prints, and the page of the job when it is a workflow of GitHub.

import { appendReport } from '#report/write.ts'
import { factsText, type CampaignFacts } from '#report/campaign.ts'
import { fuzzLine, fuzzScreen, type Told } from './fuzz-screen.ts'
import type { Output } from './printing.ts'
import { print, screenOf } from './terminal.ts'

export type HowToPrint = { readonly output: Output; readonly quiet: boolean; readonly color: boolean }

/** Throws a UserError when the page cannot be written to. */
export function printCampaign(facts: CampaignFacts, told: Told, { output, quiet, color }: HowToPrint): void {
  const screen = screenOf(process.stdout, process.env, color)
  print(output === 'json' ? factsText(facts) : quiet ? fuzzLine(facts) : fuzzScreen(facts, screen, told))
  const page = process.env['GITHUB_STEP_SUMMARY']
  if (!page) return
  // What is quoted cannot end the block.
  const text = fuzzScreen(facts, { color: false, unicode: true, columns: screen.columns }, told)
  appendReport(page, `~~~~~~~~text\n${text.replaceAll('~~~~', '~ ~ ')}\n~~~~~~~~\n`)
}
