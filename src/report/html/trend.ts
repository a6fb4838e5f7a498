// How a run differs from what a saved baseline keeps of it. A client that passes can still be worse than the release before, and then
// the command fails: whoever opens a page must see that at its top.

import { changeInWords, countInWords, type Change } from '../baseline/compare.ts'
import type { JudgedRun, ReportedRun } from '../report-schema.ts'
import { html, type Markup } from './markup.ts'
import { cut, foreign } from './words.ts'

/** A figure can be named by a client. */
const longest = 200

const words = {
  worse: { symbol: '▼', word: 'fail' },
  better: { symbol: '▲', word: 'pass' },
  different: { symbol: '≠', word: 'not-applicable' },
} as const

/** The direction with its word: never colour alone. */
function trendMark(is: Change['is']): Markup {
  const { symbol, word } = words[is]
  return html`<span class="mark ${word}"><span aria-hidden="true">${symbol}</span> ${is}</span>`
}

function isWorse({ is }: Pick<Change, 'is'>): boolean {
  return is === 'worse'
}

/** One sentence, where the run is worse. */
export function worseLine({ against }: JudgedRun): Markup | null {
  const worse = (against ?? []).filter(isWorse)
  if (worse.length === 0) return null
  const more = worse.length > 3 ? `, and ${worse.length - 3} more` : ''
  return html`<p class="worse">
    <a href="#against">Worse than the baseline</a>:
    ${foreign(`${worse.slice(0, 3).map(shortChange).join(', ')}${more}.`)}
  </p>`
}

export function againstSection({ against }: JudgedRun): Markup | null {
  if (!against) return null
  return html`<section aria-labelledby="against">
    <h2 id="against">Against the baseline</h2>
    <p class="note">
      ${countInWords(against)}. A figure that only differs is within the tolerance, or has no good side.
    </p>
    ${against.length > 0 && changeTable(against)}
  </section>`
}

function changeTable(changes: readonly Change[]): Markup {
  return html`<div class="scroll" tabindex="0" role="region" aria-labelledby="against">
    <table class="changes">
      <thead>
        <tr>
          <th scope="col">is</th>
          <th scope="col">figure</th>
          <th scope="col" class="number">baseline</th>
          <th scope="col" class="number">now</th>
        </tr>
      </thead>
      <tbody>
        ${changes.map(
          ({ figure, before, now, is }) =>
            html`<tr>
              <td>${trendMark(is)}</td>
              <th scope="row">${foreign(cut(figure, longest))}</th>
              <td class="number">${before ?? '–'}</td>
              <td class="number">${now ?? '–'}</td>
            </tr>`,
        )}
      </tbody>
    </table>
  </div>`
}

/** For a cell of the index: the counts, and what is worse or better in words. */
export function trendOf(run: ReportedRun): Markup {
  if (run.kind !== 'judged') return html``
  const { against } = run
  if (!against) return html`<span class="tags">not in the baseline</span>`
  const told = against.filter(({ is }) => is !== 'different')
  if (told.length === 0) return html`<span class="tags">no better, no worse</span>`
  return html`<ul class="trend">
    ${told.slice(0, 3).map((change) => html`<li>${trendMark(change.is)} ${foreign(shortChange(change))}</li>`)}
    ${told.length > 3 && html`<li>and ${countInWords(told.slice(3))}</li>`}
  </ul>`
}

function shortChange(change: Change): string {
  return cut(changeInWords(change), longest)
}

/** Of many runs: how many are worse, how many better. */
export function trendInWords(runs: readonly ReportedRun[]): string {
  const all = runs.flatMap((run) => (run.kind === 'judged' && run.against ? [run.against] : []))
  const worse = all.filter((changes) => changes.some(isWorse))
  const better = all.filter((changes) => !worse.includes(changes) && changes.some(({ is }) => is === 'better'))
  const same = all.length - worse.length - better.length
  const words_ = [
    [worse.length, 'worse'],
    [better.length, 'better'],
    [same, 'the same'],
    [runs.length - all.length, 'not compared'],
  ] as const
  return words_.flatMap(([count, word]) => (count > 0 ? [`${count} ${word}`] : [])).join(', ')
}
