// report.html: one run on one page, in one file.

import type { Judged, RunResult } from '#engine/run-result.ts'
import { nameOf } from '../paint.ts'
import { reportOf } from '../report.ts'
import type { JudgedRun, ReportedRun } from '../report-schema.ts'
import type { ReportOptions } from '../reporter.ts'
import { chart } from './chart.ts'
import { coverage } from './coverage.ts'
import { documentOf } from './document.ts'
import { failureCards } from './failures.ts'
import { honesty } from './honesty.ts'
import { html, type Markup } from './markup.ts'
import { placed, type Placed } from './names.ts'
import { opening } from './opening.ts'
import type { PageData } from './page-data.ts'
import { phaseTables } from './phases.ts'
import { printed } from './printed.ts'
import { scorecard } from './scorecard.ts'
import { againstSection } from './trend.ts'
import { fit, fitAll } from './words.ts'

export function runPage(result: RunResult, options: ReportOptions): string {
  const run = reportOf([result], { ...options, complaints: [] }).runs[0]
  if (!run) throw new Error('A report of one run has one run.')
  const all = run.kind === 'judged' ? placed(run.verdicts) : []
  // It lies beside the page, wherever that is.
  const history = options.history(result)?.split('/').at(-1) ?? null
  return documentOf({
    title: `${nameOf(run.outcome)} ${fit(run.scenario, 200)}, client ${fit(run.client, 200)}`,
    body: bodyOf(run, result, all, history),
    data: run.kind === 'judged' && result.kind === 'judged' ? dataOf(run, result, all) : null,
  })
}

function bodyOf(run: ReportedRun, result: RunResult, all: readonly Placed[], history: string | null): Markup {
  const isJudged = run.kind === 'judged' && result.kind === 'judged'
  return html`<a class="skip" href="#content">Skip to the report</a>
    <nav aria-label="Sections">
      <strong>Brownout</strong>${isJudged && sections(all, run, result)}<button type="button" data-theme-button hidden>
        dark or light
      </button>
    </nav>
    <main id="content">
      ${opening(run, result, all)}
      ${
        isJudged &&
        html`${chart(run, result.scene)} ${failureCards(all, { run, result, history })} ${againstSection(run)}
        ${scorecard(all)} ${phaseTables(run)} ${coverage(run, result)} ${honesty(run, result, history)}`
      }
      ${printed(result)}
    </main>`
}

function sections(all: readonly Placed[], { against }: JudgedRun, { scene, environment }: RunResult & Judged): Markup {
  const hasFailures = all.some(({ verdict }) => verdict.verdict === 'fail' || verdict.verdict === 'error')
  return html`<ul>
    ${scene && html`<li><a href="#incident">Incident</a></li>`}
    ${hasFailures && html`<li><a href="#failures">Failures</a></li>`}
    ${against && html`<li><a href="#against">Baseline</a></li>`}
    <li><a href="#scorecard">Scorecard</a></li>
    <li><a href="#phases">Phases</a></li>
    <li><a href="#coverage">Coverage</a></li>
    <li><a href="#honesty">Limits</a></li>
    ${environment.clientLog && html`<li><a href="#printed">Log</a></li>`}
  </ul>`
}

function dataOf(run: JudgedRun, { scene, header }: Judged, all: readonly Placed[]): PageData | null {
  if (!scene) return null
  const { series, twin, bands, moments, silences, backlog, stories } = scene
  const told = all.flatMap(({ id, index }) => {
    const story = stories[index]
    return story ? [[id, story] as const] : []
  })
  const asked = new Set(scene.names)
  const due = Object.entries(header.promises).flatMap(([name, { withinMs }]) =>
    withinMs === undefined || !asked.has(name) ? [] : [{ name, withinMs }],
  )
  return {
    startMs: header.startMs,
    spanMs: run.spanMs,
    series,
    twin,
    backlog,
    silences: fitAll(silences),
    bands: fitAll(bands.shown),
    moments: fitAll(moments.shown),
    stories: fitAll(Object.fromEntries(told)),
    due: fitAll(due.slice(0, 20)),
    faultsFrom: header.firstFaultAt,
    faultsUntil: header.lastLiftAt,
  }
}
