// index.html: many runs on one page. Every scenario has a row and every client a column, so that one sees who fails where; each
// cell leads to the page of its run.

import type { RunResult } from '#engine/run-result.ts'
import { titleOf } from '../quantity.ts'
import { nameOf } from '../paint.ts'
import { outcomes } from '../outcome.ts'
import { reportOf } from '../report.ts'
import type { JudgedRun, Report, ReportedRun } from '../report-schema.ts'
import type { ReportOptions } from '../reporter.ts'
import { isWaived } from '../waived.ts'
import { documentOf } from './document.ts'
import { html, type Markup } from './markup.ts'
import { sparkOf, type Spark } from './spark.ts'
import { mark } from './verdict-mark.ts'
import { cut, fit, foreign, grouped, percent } from './words.ts'

export type Entry = {
  readonly result: RunResult
  /** Where its page lies, seen from this one; `null` when it has none. */
  readonly page: string | null
}
export type IndexData = { readonly sparks: readonly (Spark | null)[] }

type Cell = { readonly run: ReportedRun; readonly page: string | null; readonly index: number }

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
  const rows = [...Map.groupBy(cells, ({ run }) => run.scenario)]
  return html`<nav aria-label="Page">
      <strong>Brownout</strong><button type="button" data-theme-button hidden>dark or light</button>
    </nav>
    <main id="content">
      <header class="opening ${outcome}">
        <p class="verdict">${mark(outcome)} <strong>${countsInWords(runs)}</strong></p>
        <h1>
          ${runs.length} runs
          <span class="by">of ${clients.slice(0, 10).map((client) => html`${foreign(client)} `)}</span>
        </h1>
        ${complaints.map((complaint) => html`<p class="warn">${foreign(complaint)}</p>`)}
      </header>
      <div class="scroll" tabindex="0" role="region" aria-label="All runs">
        <table class="runs">
          ${headOf(clients)}
          <tbody>
            ${rows.map(([scenario, own]) => rowsOf(scenario, own, clients))}
          </tbody>
        </table>
      </div>
      <p class="note">
        Served: of the operations that somebody waited for, those that got something of use, in the whole run. The small
        drawings show operations over the time of the run: what was served, and above it what was not.
      </p>
    </main>`
}

function countsInWords(runs: readonly ReportedRun[]): string {
  const counts = outcomes.flatMap((outcome) => {
    const count = runs.filter((run) => run.outcome === outcome).length
    return count > 0 ? [`${count} ${nameOf(outcome).toLowerCase()}`] : []
  })
  return counts.toReversed().join(', ')
}

const columns = ['verdict', 'over its time', 'served', 'requests per operation', 'why']

function headOf(clients: readonly string[]): Markup {
  const several =
    clients.length > 1 &&
    html`<tr>
      <td colspan="2"></td>
      ${clients.map((client) => html`<th scope="colgroup" colspan="${columns.length}">${foreign(client)}</th>`)}
    </tr>`
  return html`<thead>
    ${several}
    <tr>
      <th scope="col">scenario</th>
      <th scope="col">severity</th>
      ${clients.map(() => columns.map((column) => html`<th scope="col">${column}</th>`))}
    </tr>
  </thead>`
}

/** Usually one; as many as a scenario was played by the client that played it most. */
function rowsOf(scenario: string, cells: readonly Cell[], clients: readonly string[]): readonly Markup[] {
  const byClient = clients.map((client) => cells.filter(({ run }) => run.client === client))
  const count = Math.max(...byClient.map((own) => own.length))
  const severity = cells.map(({ run }) => run).find((run) => run.kind === 'judged')?.severity ?? ''
  return Array.from(
    { length: count },
    (_, nth) =>
      html`<tr>
        <th scope="row">${foreign(fit(scenario, 120))}</th>
        <td>${severity}</td>
        ${byClient.map((own) => cellsOf(own[nth]))}
      </tr>`,
  )
}

function cellsOf(cell: Cell | undefined): Markup {
  if (!cell) return html`<td colspan="${columns.length}"></td>`
  const { run, page, index } = cell
  const word = mark(run.outcome)
  const [served, ratio] = run.kind === 'judged' ? figuresOf(run) : ['', '']
  return html`<td>${page === null ? word : html`<a href="${encodeURI(page)}">${word}</a>`}</td>
    <td><span class="spark" data-spark="${index}"></span></td>
    <td class="number">${served}</td>
    <td class="number">${ratio}</td>
    <td class="why">${foreign(cut(whyOf(run), 240))}</td>`
}

function figuresOf({ phases }: JudgedRun): [string, string] {
  const sum = (figure: 'operations' | 'exchanges' | 'cancelled' | 'ok' | 'stale' | 'degraded'): number =>
    phases.reduce((all, phase) => all + phase[figure], 0)
  const kept = sum('operations') - sum('cancelled')
  const ratio = sum('operations') === 0 ? '–' : (sum('exchanges') / sum('operations')).toFixed(2)
  return [`${percent(sum('ok') + sum('stale') + sum('degraded'), kept)} of ${grouped(kept)}`, ratio]
}

function whyOf(run: ReportedRun): string {
  if (run.kind === 'rejected') return run.problem.split('\n')[0] ?? ''
  if (run.kind === 'harness-error') return run.message
  if (run.kind === 'not-applicable') return `needs ${run.needs.join(', ')}`
  if (run.kind === 'interrupted') return ''
  const failed = run.verdicts.filter((verdict) => verdict.verdict === 'fail' && !isWaived(verdict)).map(titleOf)
  const waived = run.verdicts.filter(isWaived).map(titleOf)
  if (failed.length > 0 && !run.withoutFaults) return failed.join(', ')
  return run.outcome === 'pass' ? (waived.length > 0 ? `waived: ${waived.join(', ')}` : '') : run.because
}
