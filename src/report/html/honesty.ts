// What this page does not know, or leaves out. A reader who trusts a verdict must see where it ends.

import { formatDuration } from '#clock/instant.ts'
import type { Judged } from '#engine/run-result.ts'
import type { Scene } from '#scene/scene.ts'
import { titleOf } from '../quantity.ts'
import { handshakesInWords, machineInWords, movedInWords, servicesInWords, untracedInWords } from '../real-time.ts'
import type { JudgedRun } from '../report-schema.ts'
import { grouped } from './grouped.ts'
import { html, type Markup } from './markup.ts'
import { whySilent } from './scorecard.ts'
import { cut, foreign } from './words.ts'

export function honesty(run: JudgedRun, result: Judged, history: string | null): Markup {
  const required = run.verdicts.filter((verdict) => verdict.verdict === 'inconclusive' && verdict.required)
  return html`<section aria-labelledby="honesty" class="honesty">
    <h2 id="honesty">What this does not tell</h2>
    <ul>
      <li><strong>Not modelled:</strong> ${run.notModelled.join(', ')}.</li>
      <li>
        <strong>Transport:</strong>
        ${run.transport === 'virtual' ? 'virtual. Requests never left the process, and time is that of the scenario' : 'loopback: real sockets on this machine'}${run.https && ', over HTTPS'}${run.scale !== 1 && `, scaled by ${run.scale}`}${run.transport !== 'virtual' && `; ${machineInWords()}`}.
      </li>
      ${[...untracedInWords(run), ...handshakesInWords(run)].map((words) => html`<li class="warn"><strong>Connections:</strong> ${words}.</li>`)}
      ${run.moved !== undefined && html`<li><strong>Moved:</strong> ${foreign(movedInWords(run, cut) ?? '')}.</li>`}
      ${run.services && html`<li><strong>Real:</strong> ${foreign(servicesInWords(run, cut) ?? '')}.</li>`}
      ${run.notExercised && html`<li><strong>Not exercised:</strong> ${run.notExercised.join(', ')}: longer than this replay.</li>`}
      ${!result.arming.armed && html`<li class="warn"><strong>Not armed:</strong> ${foreign(result.arming.detail)}</li>`}
      ${required.map((verdict) => html`<li class="warn"><strong>Required and inconclusive:</strong> ${foreign(titleOf(verdict))}: ${foreign(cut(whySilent(verdict)))}</li>`)}
      ${silent(run)}
      ${run.notOffered.length > 0 && html`<li><strong>Not offered by the client:</strong> ${run.notOffered.map((name) => html`<code>${cut(name)}</code> `)}</li>`}
      ${run.rejudged && html`<li><strong>Judged again:</strong> ${run.rejudged.changedThresholds} thresholds differ from those recorded. The figures of the fault-free twin are not in a history.</li>`}
      ${run.withoutFaults && html`<li class="warn">The client was not healthy without any fault. That run is shown, and the incident was not judged.</li>`}
      ${result.scene ? drawn(result.scene) : html`<li class="warn">There is no drawing: the history of this run was not kept.</li>`}
      ${history !== null && html`<li><strong>Evidence:</strong> event <i>n</i> is line <i>n</i> + 1 of <code>${cut(history)}</code>; sha256 of what was recorded: <code class="hash">${run.historySha256}</code></li>`}
    </ul>
    ${counted(run)}
  </section>`
}

const reasons = {
  'not-armed': 'what they judge never happened',
  'few-samples': 'it happened too seldom',
  uncertain: 'what happened can be read in two ways',
} as const

/** How much of a client was looked at: a pass of few oracles is worth less than one of many. */
function silent({ verdicts }: JudgedRun): Markup | null {
  const open = verdicts.filter((verdict) => verdict.verdict === 'inconclusive')
  const without = verdicts.filter(({ verdict }) => verdict === 'not-applicable').length
  if (open.length + without === 0) return null
  const said = Object.entries(reasons).flatMap(([reason, words]) => {
    const count = open.filter((verdict) => verdict.reason === reason).length
    return count > 0 ? [`${count} because ${words}`] : []
  })
  const others = without > 0 ? [`${without} because the client or the scenario has nothing of the kind`] : []
  return html`<li>
    <strong>Not judged:</strong> ${open.length + without} of ${verdicts.length} oracles,
    ${[...said, ...others].join(', ')}. <a href="#silent">Why each</a>
  </li>`
}

/** How exact the drawing is, and what was left out of it. */
function drawn({ series, bands, moments, silences, events }: Scene): Markup {
  const left = [
    [bands.leftOut, 'bands'],
    [moments.leftOut, 'happenings'],
    [silences.spans.leftOut, 'silences'],
  ] as const
  const said = left.flatMap(([count, what]) => (count > 0 ? [`${grouped(count)} ${what}`] : []))
  const { operations, exchanges } = series.totals
  return html`<li>
    <strong>The drawing</strong> counts all ${grouped(operations)} operations and ${grouped(exchanges)} requests of
    ${grouped(events)} events, in steps of
    ${formatDuration(series.grid.stepMs)}${series.latencies.grid.stepMs !== series.grid.stepMs && ` (latencies: ${formatDuration(series.latencies.grid.stepMs)})`};
    latencies are exact to a tenth. ${said.length > 0 ? `Not drawn: ${said.join(', ')}.` : 'Nothing was left out.'}
  </li>`
}

function counted({ counts }: JudgedRun): Markup {
  return html`<details>
    <summary>How often each kind of event happened</summary>
    <table class="counts">
      <tbody>
        ${Object.entries(counts).map(
          ([kind, count]) =>
            html`<tr>
              <th scope="row"><code>${kind}</code></th>
              <td class="number">${grouped(count)}</td>
            </tr>`,
        )}
      </tbody>
    </table>
  </details>`
}
