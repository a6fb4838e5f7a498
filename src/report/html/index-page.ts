// index.html: many runs on one page. Every scenario has a row and every client a column, so that one sees who fails where; each
// cell leads to the page of its run, and says how it differs from a saved baseline where one is compared with.

import type { RunResult } from '#engine/run-result.ts'
import { nameOf } from '../paint.ts'
import { outcomes } from '../outcome.ts'
import { reportOf } from '../report.ts'
import type { Report, ReportedRun } from '../report-schema.ts'
import type { ReportOptions } from '../reporter.ts'
import { documentOf } from './document.ts'
import { html, type Markup } from './markup.ts'
import { runTable, type Cell } from './run-table.ts'
import { sparkOf, type Spark } from './spark.ts'
import { trendInWords } from './trend.ts'
import { mark } from './verdict-mark.ts'
import { foreign } from './words.ts'

export type Entry = {
  readonly result: RunResult
  /** Where its page lies, seen from this one; `null` when it has none. */
  readonly page: string | null
}
export type IndexData = { readonly sparks: readonly (Spark | null)[] }

export function indexPage(entries: readonly Entry[], options: ReportOptions): string {
  const report = reportOf(
    entries.map(({ result }) => result),
    options,
  )
  const cells = report.runs.map((run, index) => ({ run, page: entries[index]?.page ?? null, index }))
  const sparks = entries.map(({ result }) => (result.kind === 'judged' && result.scene ? sparkOf(result.scene) : null))
  return documentOf({
    title: `${nameOf(report.outcome)} ${report.runs.length} runs`,
    body: bodyOf(report, cells),
    data: { sparks } satisfies IndexData,
  })
}

function bodyOf({ runs, outcome, complaints = [] }: Report, cells: readonly Cell[]): Markup {
  const clients = [...new Set(runs.map(({ client }) => client))]
  const isCompared = runs.some((run) => run.kind === 'judged' && run.against)
  return html`<nav aria-label="Page">
      <strong>Brownout</strong><button type="button" data-theme-button hidden>dark or light</button>
    </nav>
    <main id="content">
      <header class="opening ${outcome}">
        <p class="verdict">${mark(outcome)} <strong>${countsInWords(runs)}</strong></p>
        <h1>
          ${runs.length} runs
          <span class="by"
            >of ${clients.slice(0, 10).map((client, index) => html`${index > 0 && ', '}${foreign(client)}`)}</span
          >
        </h1>
        ${isCompared && html`<p class="because">Against the baseline: ${trendInWords(runs)}.</p>`}
        ${complaintList(complaints)}
      </header>
      <div class="scroll" tabindex="0" role="region" aria-label="All runs">${runTable(cells, clients, isCompared)}</div>
      <p class="note">
        Served: of the operations that somebody waited for, those that got something of use, in the whole run. The small
        drawings show operations over the time of the run: what was served, and above it what was not.
        ${isCompared && 'A figure is worse or better than in the baseline by more than the tolerance, or passed a threshold.'}
      </p>
    </main>`
}

const toldAtOnce = 5

function complaintList(complaints: readonly string[]): Markup {
  const lines = complaints.map((complaint) => html`<p class="warn">${foreign(complaint)}</p>`)
  const more = lines.slice(toldAtOnce)
  return html`${lines.slice(0, toldAtOnce)}
  ${
    more.length > 0 &&
    html`<details>
      <summary>${more.length} more that make the command fail</summary>
      ${more}
    </details>`
  }`
}

function countsInWords(runs: readonly ReportedRun[]): string {
  const counts = outcomes.flatMap((outcome) => {
    const count = runs.filter((run) => run.outcome === outcome).length
    return count > 0 ? [`${count} ${nameOf(outcome).toLowerCase()}`] : []
  })
  return counts.toReversed().join(', ')
}
