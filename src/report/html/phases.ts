// The table of phases, and that of the fault-free twin below it.

import { formatMeasured } from '#clock/instant.ts'
import type { JudgedRun, ReportedPhase } from '../report-schema.ts'
import { grouped } from './grouped.ts'
import { html, type Markup } from './markup.ts'
import { timeOfDay } from './times.ts'
import { foreign } from './words.ts'

type Count = 'operations' | 'exchanges' | 'ok' | 'stale' | 'degraded' | 'error' | 'unknown' | 'cancelled'
const counts: readonly (readonly [Count, string])[] = [
  ['operations', 'asked'],
  ['exchanges', 'requests'],
  ['ok', 'fresh'],
  ['stale', 'stale'],
  ['degraded', 'queued, fallback'],
  ['error', 'error'],
  ['unknown', 'never ended'],
  ['cancelled', 'cancelled'],
]

export function phaseTables(run: JudgedRun): Markup {
  return html`<section aria-labelledby="phases">
    <h2 id="phases">Phases</h2>
    ${table(run.phases, run, 'Figures of each phase of the incident')}
    ${
      run.nominal &&
      run.nominal.length > 0 &&
      html`<details>
        <summary>The same load without faults (nominal twin)</summary>
        ${table(run.nominal, run, 'Figures of the nominal twin')}
      </details>`
    }
  </section>`
}

function table(phases: readonly ReportedPhase[], run: JudgedRun, label: string): Markup {
  const used = counts.filter(([count], index) => index < 3 || phases.some((phase) => phase[count] > 0))
  return html`<div class="scroll" tabindex="0" role="region" aria-label="${label}">
    <table class="phases">
      <thead>
        <tr>
          <th scope="col">phase</th>
          <th scope="col">from</th>
          ${used.map(([, title]) => html`<th scope="col" class="number">${title}</th>`)}
          <th scope="col" class="number">per operation</th>
          <th scope="col" class="number">p50</th>
          <th scope="col" class="number">p99</th>
        </tr>
      </thead>
      <tbody>
        ${phases.map(
          (phase) =>
            html`<tr>
              <th scope="row">${foreign(phase.phase)}</th>
              <td>${timeOfDay(run, phase.from)}</td>
              ${used.map(([count]) => html`<td class="number">${grouped(phase[count])}</td>`)}
              <td class="number">
                ${phase.exchangesPerOperation === null ? '–' : phase.exchangesPerOperation.toFixed(2)}
              </td>
              <td class="number">${latency(phase.p50Ms)}</td>
              <td class="number">${latency(phase.p99Ms)}</td>
            </tr>`,
        )}
      </tbody>
    </table>
  </div>`
}

function latency(ms: number | null): string {
  return ms === null ? '–' : formatMeasured(ms < 1_000 ? Math.round(ms) : ms)
}
