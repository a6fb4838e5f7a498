// The top of the page: in ten seconds whether the client degraded correctly, what its users got, and how to see it again.

import { formatDuration, formatMeasured } from '#clock/instant.ts'
import type { RunResult } from '#engine/run-result.ts'
import { seedsInWords } from '../console-card.ts'
import { titleOf } from '../quantity.ts'
import type { JudgedRun, ReportedRun } from '../report-schema.ts'
import { html, type Markup } from './markup.ts'
import type { Placed } from './names.ts'
import { servedTiles } from './served.ts'
import { dayAndTime, startOf } from './times.ts'
import { worseLine } from './trend.ts'
import { isWaived } from '../waived.ts'
import { mark } from './verdict-mark.ts'
import { cut, foreign } from './words.ts'

/** Characters of a command or a problem. */
const longest = 4_000

const answers = {
  pass: 'The client degraded correctly.',
  fail: 'The client did not degrade correctly.',
  inconclusive: 'This run does not say whether the client degrades correctly.',
  error: 'There is no verdict: the harness broke.',
  rejected: 'Nothing was judged: the scenario or the client cannot be used as it is.',
  'not-applicable': 'Nothing was judged: the client offers nothing that this scenario asks for.',
  interrupted: 'Stopped before a verdict.',
} as const

export function opening(run: ReportedRun, result: RunResult, all: readonly Placed[]): Markup {
  return html`<header class="opening ${run.outcome}">
    <p class="verdict">${mark(run.outcome)} <strong>${answers[run.outcome]}</strong></p>
    <h1>${foreign(run.scenario)} <span class="by">by client ${foreign(run.client)}</span></h1>
    ${run.kind === 'judged' ? judgedPart(run, result, all) : unjudgedPart(run)}
    <div class="reproduce">
      <span id="reproduce-label">Reproduce</span>
      <code tabindex="0" aria-labelledby="reproduce-label" id="reproduce">${cut(run.reproduce, longest)}</code>
      <button type="button" data-copy="reproduce">copy</button>
    </div>
  </header>`
}

function judgedPart(run: JudgedRun, result: RunResult, all: readonly Placed[]): Markup {
  return html`<p class="title">${foreign(run.title)}</p>
    <p class="because">${foreign(`${run.because} ${seedsInWords(run)}`)}</p>
    ${worseLine(run)} ${facts(run, result)} ${servedTiles(run, result)} ${failureList(all)}`
}

function facts(run: JudgedRun, result: RunResult): Markup {
  const startMs = startOf(run)
  const { wallMs, replayMs } = result.environment
  const took = run.rejudged
    ? html`judged again from its history`
    : html`replayed in ${wall(replayMs)} (${wall(wallMs)} in all)`
  return html`<dl class="facts">
    <div>
      <dt>seed</dt>
      <dd>${foreign(run.seed)}</dd>
    </div>
    <div>
      <dt>severity</dt>
      <dd>${run.severity}</dd>
    </div>
    <div>
      <dt>incident</dt>
      <dd>${dayAndTime(startMs)} to ${dayAndTime(startMs + run.spanMs)}</dd>
    </div>
    <div>
      <dt>time</dt>
      <dd>${formatDuration(run.spanMs)} of ${run.transport === 'virtual' ? 'virtual' : 'real'} time, ${took}</dd>
    </div>
    <div>
      <dt>profile</dt>
      <dd>${run.profile}</dd>
    </div>
  </dl>`
}

/** Marked, because it is another each time, as nothing else in a page is. */
function wall(ms: number): Markup {
  return html`<span data-wall>${formatMeasured(ms)}</span>`
}

function failureList(all: readonly Placed[]): Markup | null {
  const failed = all.filter(({ verdict }) => verdict.verdict === 'fail' && !isWaived(verdict))
  if (failed.length === 0) return null
  return html`<ol class="failed">
    ${failed.map(
      ({ verdict, id }) =>
        verdict.verdict === 'fail' &&
        html`<li><a href="#${id}">${foreign(titleOf(verdict))}</a> ${foreign(verdict.sentence)}</li>`,
    )}
  </ol>`
}

function unjudgedPart(run: Exclude<ReportedRun, JudgedRun>): Markup | null {
  switch (run.kind) {
    case 'rejected':
      return html`<pre tabindex="0" class="problem"><bdi>${cut(run.problem, longest)}</bdi></pre>`
    case 'harness-error':
      return html`<p>${foreign(run.message)}</p>
        <p>This is a mistake of the harness, not of the client. Please report it with the command below.</p>`
    case 'not-applicable':
      return html`<p>This scenario asks for ${run.needs.map((need) => html`<code>${cut(need)}</code> `)}</p>`
    case 'interrupted':
      return null
  }
}
