// All oracles: those that failed first, then those that passed with the least to spare, then those that had nothing to say.

import { describeParts, nameInWords, titleOf } from '../quantity.ts'
import type { MeasuredVerdict, ReportedVerdict } from '../report-schema.ts'
import { isWaived, wordOf } from '../waived.ts'
import { grouped } from './grouped.ts'
import { html, type Markup } from './markup.ts'
import { slackBar, slackOf } from './measure.ts'
import type { Placed } from './names.ts'
import { mark } from './verdict-mark.ts'
import { cut, foreign } from './words.ts'

export function scorecard(all: readonly Placed[]): Markup {
  const judged = all.filter(({ verdict }) => isJudged(verdict)).toSorted((one, other) => rankOf(one) - rankOf(other))
  const silent = all.filter(({ verdict }) => verdict.verdict === 'inconclusive' || verdict.verdict === 'not-applicable')
  return html`<section aria-labelledby="scorecard">
    <h2 id="scorecard">Scorecard</h2>
    <p class="note">${countsInWords(all)} Least to spare comes first; the middle of each bar is its threshold.</p>
    <div class="scroll" tabindex="0" role="region" aria-labelledby="scorecard">
      <table class="scores">
        <thead>
          <tr>
            <th scope="col">verdict</th>
            <th scope="col">oracle</th>
            <th scope="col" class="number">worst observed</th>
            <th scope="col">threshold</th>
            <th scope="col" class="number">margin</th>
            <th scope="col"><span class="unseen">how near</span></th>
            <th scope="col">set by</th>
            <th scope="col" class="number">judged</th>
          </tr>
        </thead>
        <tbody>
          ${judged.map(row)}
        </tbody>
      </table>
    </div>
    ${silent.length > 0 && silentList(silent)}
  </section>`
}

function isJudged({ verdict }: ReportedVerdict): boolean {
  return verdict === 'pass' || verdict === 'fail' || verdict === 'error'
}

function rankOf({ verdict }: Placed): number {
  if (verdict.verdict === 'error') return -20
  if (verdict.verdict === 'fail') return (isWaived(verdict) ? -10 : -15) + slackOf(verdict)
  return verdict.verdict === 'pass' ? slackOf(verdict) : 20
}

function countsInWords(all: readonly Placed[]): string {
  const count = (word: string): number => all.filter(({ verdict }) => wordOf(verdict) === word).length
  const words = [
    [count('fail'), 'failed'],
    [count('waived'), 'waived'],
    [count('error'), 'broke'],
    [count('pass'), 'passed'],
    [count('inconclusive'), 'had too little to judge'],
    [count('not-applicable'), 'do not apply'],
  ] as const
  return `${words.flatMap(([number, word]) => (number > 0 ? [`${number} ${word}`] : [])).join(', ')}.`
}

function row({ verdict, id }: Placed): Markup {
  if (verdict.verdict === 'pass' || verdict.verdict === 'fail') return measuredRow(verdict, id)
  return html`<tr>
    <td>${mark(wordOf(verdict))}</td>
    <th scope="row"><a href="#${id}">${foreign(titleOf(verdict))}</a></th>
    <td colspan="6"></td>
  </tr>`
}

function measuredRow(verdict: MeasuredVerdict, id: string): Markup {
  const { observed, bound, limit, margin } = describeParts(verdict)
  const { name, source } = verdict.threshold
  const title = foreign(titleOf(verdict))
  const isFail = verdict.verdict === 'fail'
  return html`<tr class="${verdict.verdict}" ${!isFail && html`id="${id}"`}>
    <td>${mark(wordOf(verdict))}</td>
    <th scope="row">
      ${isFail ? html`<a href="#${id}">${title}</a>` : title}${verdict.required && html` <span class="tags">required</span>`}
    </th>
    <td class="number">${observed}</td>
    <td>${nameInWords(name)} ${bound === 'at most' ? '≤' : '≥'} ${limit}</td>
    <td class="number">${margin}</td>
    <td>${slackBar(verdict)}</td>
    <td>${source}</td>
    <td class="number">${grouped(verdict.armed)}</td>
  </tr>`
}

function silentList(silent: readonly Placed[]): Markup {
  return html`<details class="silent" id="silent">
    <summary>${silent.length} oracles with nothing to judge in this run, and why</summary>
    <table>
      <thead>
        <tr>
          <th scope="col">verdict</th>
          <th scope="col">oracle</th>
          <th scope="col">why</th>
        </tr>
      </thead>
      <tbody>
        ${silent.map(
          ({ verdict, id }) =>
            html`<tr id="${id}">
              <td>${mark(verdict.verdict)}</td>
              <th scope="row">
                ${foreign(titleOf(verdict))}${verdict.required && html` <span class="tags">required</span>`}
              </th>
              <td>${foreign(cut(whySilent(verdict)))}</td>
            </tr>`,
        )}
      </tbody>
    </table>
  </details>`
}

export function whySilent(verdict: ReportedVerdict): string {
  if (verdict.verdict === 'not-applicable') return `needs ${verdict.needs}`
  return verdict.verdict === 'inconclusive' ? verdict.detail : ''
}
