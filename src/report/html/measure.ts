// What was observed against its threshold: the numbers, and a bar that shows how near they are.

import { describeParts, nameInWords } from '../quantity.ts'
import type { MeasuredVerdict } from '../report-schema.ts'
import { grouped } from './grouped.ts'
import { html, type Markup } from './markup.ts'

/** How much of its threshold is left, from 1 (all of it) to -1 (beyond it by as much again, or more). */
export function slackOf({ observed, margin, threshold }: MeasuredVerdict): number {
  if (observed === null || margin === null) return -1
  const scale = Math.max(Math.abs(threshold.value ?? 0), threshold.unit === 'share' ? 0.01 : Number.EPSILON)
  if (threshold.value === 0) return margin < 0 ? -1 : 1
  const room = threshold.bound === 'at-least' && threshold.unit === 'share' ? Math.max(0.01, 1 - scale) : scale
  return Math.max(-1, Math.min(1, margin / room))
}

/** The middle is the threshold; what is right of it is slack. */
export function slackBar(verdict: MeasuredVerdict): Markup {
  const half = Math.round(Math.abs(slackOf(verdict)) * 50)
  const isGood = verdict.verdict === 'pass'
  const left = isGood ? 50 : 50 - half
  return html`<span class="slack" aria-hidden="true"
    ><span class="${isGood ? 'good' : 'bad'}" style="left:${left}%;width:${half}%"></span
  ></span>`
}

export function measureList(verdict: MeasuredVerdict): Markup {
  const { observed, bound, limit, margin } = describeParts(verdict)
  const { name, source } = verdict.threshold
  return html`<dl class="measure">
    <div>
      <dt>observed</dt>
      <dd>${observed}</dd>
    </div>
    <div>
      <dt>${nameInWords(name)}, ${bound}</dt>
      <dd>${limit}</dd>
    </div>
    <div>
      <dt>margin</dt>
      <dd>${margin} ${slackBar(verdict)}</dd>
    </div>
    <div>
      <dt>number set by</dt>
      <dd>${source}</dd>
    </div>
    <div>
      <dt>judged</dt>
      <dd>${grouped(verdict.armed)}</dd>
    </div>
  </dl>`
}

/** `It would pass if the limit were 20s instead of 10s.` What a number would have to be is the quickest way to see how far off a client is. */
export function wouldPassAt(verdict: MeasuredVerdict): string {
  const { observed, limit } = describeParts(verdict)
  if (verdict.verdict === 'pass' || verdict.observed === null) return ''
  return `It would pass if the limit were ${observed} instead of ${limit}.`
}
