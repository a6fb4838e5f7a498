// The place of the incident chart. The drawing itself is made in the browser, so that it can be zoomed; what is here works
// without it: the controls, and a sentence for whoever has no scripts.

import { formatDuration } from '#clock/instant.ts'
import type { JudgedRun } from '../report-schema.ts'
import { grouped } from './grouped.ts'
import { html, type Markup } from './markup.ts'
import { foreign } from './words.ts'
import type { Scene } from '#scene/scene.ts'

export function chart(run: JudgedRun, scene: Scene | undefined): Markup | null {
  if (!scene) return null
  return html`<section aria-labelledby="incident">
    <h2 id="incident">The incident</h2>
    <p class="note">${summary(run, scene)}</p>
    <noscript
      ><p class="warn">
        The chart needs scripts, which are in this file. Its figures are in the table of phases below.
      </p></noscript
    >
    <div class="controls" role="toolbar" aria-label="What the chart shows" hidden>
      <button type="button" data-view="in" aria-label="Zoom in">+</button>
      <button type="button" data-view="out" aria-label="Zoom out">−</button>
      <button type="button" data-view="earlier" aria-label="Earlier">◀</button>
      <button type="button" data-view="later" aria-label="Later">▶</button>
      <button type="button" data-view="all">whole run</button>
      <label
        >go to
        <select data-view="phase">
          <option value="">phase…</option>
          ${run.phases.map(({ phase }, index) => html`<option value="${index}">${phase}</option>`)}
        </select></label
      >
      <a href="#t" data-view="link">link to this view</a>
      <span class="range" data-range></span>
    </div>
    <div class="overview" aria-hidden="true" hidden><span></span></div>
    <p class="readout" data-readout hidden></p>
    <div
      class="chart"
      tabindex="0"
      role="group"
      aria-roledescription="chart"
      aria-labelledby="incident"
      aria-describedby="chart-keys"
    >
      <div class="panels"></div>
    </div>
    <p class="note" id="chart-keys">
      Drag to zoom in, double click for the whole run. Keys: left and right move the cursor, plus and minus zoom, Page
      Up and Page Down move the view, 0 shows the whole run.
    </p>
    <p class="unseen" aria-live="polite" data-live></p>
    <details data-table>
      <summary>The figures of this view as a table</summary>
      <div class="scroll" tabindex="0" role="region" aria-label="The figures of this view"></div>
    </details>
  </section>`
}

function summary(run: JudgedRun, { series, silences, twin }: Scene): Markup {
  const { answers, again, others } = silences.totals
  const asked =
    answers === 0
      ? ''
      : ` ${grouped(answers)} answers asked for silence (Retry-After); ${grouped(again)} requests were sent by operations before the time they had been told was over, ${grouped(others)} by others meanwhile.`
  const ghost = twin ? ' Dashed lines: the same load without faults.' : ''
  return html`${formatDuration(run.spanMs)} in ${run.phases.length} phases:
  ${run.phases.map(({ phase }, index) => html`${index > 0 && ', '}${foreign(phase)}`)}.
  ${grouped(series.totals.operations)} operations, ${grouped(series.totals.exchanges)} requests.${asked}${ghost}`
}
