// The table of the index. Runs of one client have a column for each figure; of several clients each has one column, and what is said of
// a run stands below each other, so that who fails where is seen without scrolling.

import { titleOf } from '../quantity.ts'
import type { JudgedRun, ReportedRun } from '../report-schema.ts'
import { isWaived } from '../waived.ts'
import { grouped } from './grouped.ts'
import { html, type Markup } from './markup.ts'
import { trendOf } from './trend.ts'
import { mark } from './verdict-mark.ts'
import { cut, fit, foreign, percent } from './words.ts'

/** `index`: which of the drawings is of this run. */
export type Cell = { readonly run: ReportedRun; readonly page: string | null; readonly index: number }

export function runTable(cells: readonly Cell[], clients: readonly string[], isCompared: boolean): Markup {
  const rows = [...Map.groupBy(cells, ({ run }) => run.scenario)]
  const columns = clients.length > 1 ? clients.map(foreign) : [...figureColumns, ...(isCompared ? ['baseline'] : [])]
  return html`<table class="runs">
    <thead>
      <tr>
        <th scope="col">scenario</th>
        <th scope="col">severity</th>
        ${columns.map((column) => html`<th scope="col">${column}</th>`)}
      </tr>
    </thead>
    <tbody>
      ${rows.map(([scenario, own]) => rowsOf(scenario, own, clients, isCompared))}
    </tbody>
  </table>`
}

const figureColumns = ['verdict', 'over its time', 'served', 'requests per operation', 'why']

/** Usually one; as many as a scenario was played by the client that played it most. */
function rowsOf(
  scenario: string,
  cells: readonly Cell[],
  clients: readonly string[],
  isCompared: boolean,
): readonly Markup[] {
  const byClient = clients.map((client) => cells.filter(({ run }) => run.client === client))
  const count = Math.max(...byClient.map((own) => own.length))
  const severity = cells.map(({ run }) => run).find((run) => run.kind === 'judged')?.severity ?? ''
  const cellsOf = clients.length > 1 ? stackedCell : figureCells
  return Array.from(
    { length: count },
    (_, nth) =>
      html`<tr>
        <th scope="row">${foreign(fit(scenario, 120))}</th>
        <td>${severity}</td>
        ${byClient.map((own) => cellsOf(own[nth], isCompared))}
      </tr>`,
  )
}

function figureCells(cell: Cell | undefined, isCompared: boolean): Markup {
  if (!cell) return html`<td colspan="${figureColumns.length + (isCompared ? 1 : 0)}"></td>`
  const { run, index } = cell
  const figures = run.kind === 'judged' ? figuresOf(run) : null
  return html`<td>${linked(cell)}</td>
    <td><span class="spark" data-spark="${index}"></span></td>
    <td class="number">${figures?.served}</td>
    <td class="number">${figures?.ratio}</td>
    <td class="why">${foreign(cut(whyOf(run), 240))}</td>
    ${isCompared && html`<td class="why">${trendOf(run)}</td>`}`
}

function stackedCell(cell: Cell | undefined, isCompared: boolean): Markup {
  if (!cell) return html`<td></td>`
  const { run, index } = cell
  const figures = run.kind === 'judged' ? figuresOf(run) : null
  const why = whyOf(run)
  return html`<td class="stacked">
    ${linked(cell)} <span class="spark" data-spark="${index}"></span>
    ${figures && html`<p class="note">${figures.served} served, ${figures.ratio} requests each</p>`}
    ${why !== '' && html`<p class="note">${foreign(cut(why, 240))}</p>`} ${isCompared && trendOf(run)}
  </td>`
}

function linked({ run, page }: Cell): Markup {
  const word = mark(run.outcome)
  return page === null ? word : html`<a href="${encodeURI(page)}">${word}</a>`
}

function figuresOf({ phases }: JudgedRun): { readonly served: string; readonly ratio: string } {
  const sum = (figure: 'operations' | 'exchanges' | 'cancelled' | 'ok' | 'stale' | 'degraded'): number =>
    phases.reduce((all, phase) => all + phase[figure], 0)
  const kept = sum('operations') - sum('cancelled')
  return {
    served: `${percent(sum('ok') + sum('stale') + sum('degraded'), kept)} of ${grouped(kept)}`,
    ratio: sum('operations') === 0 ? '–' : (sum('exchanges') / sum('operations')).toFixed(2),
  }
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
