// The story of a witness as a table, for readers who do not see the drawing, and for whoever wants the lines of the history.

import { formatMeasured } from '#clock/instant.ts'
import type { Attempt } from '#scene/attempt.ts'
import type { Lane, Story } from '#scene/story.ts'
import { html, type Markup } from './markup.ts'
import { timeOfDay } from './times.ts'
import type { Told } from './told.ts'
import { fit, foreign } from './words.ts'

export function storyTable(story: Story, told: Told): Markup {
  return html`<div class="scroll" tabindex="0" role="region" aria-label="The witness as a table">
      <table>
        <thead>
          <tr>
            <th scope="col">when</th>
            <th scope="col">what</th>
            <th scope="col">how it ended</th>
            <th scope="col">faults, effects</th>
            <th scope="col">line of the history</th>
          </tr>
        </thead>
        <tbody>
          ${story.lanes.map((lane) => laneRows(lane, told))}${story.moments.map(
            ({ at, seq, says }) =>
              html`<tr>
                <td>${timeOfDay(told.run, at)}</td>
                <td colspan="3">${foreign(fit(says))}</td>
                <td>${seq + 1}</td>
              </tr>`,
          )}
        </tbody>
      </table>
    </div>
    ${story.leftOut > 0 && html`<p class="note">${story.leftOut} more operations of this witness are not shown.</p>`}`
}

function laneRows(lane: Lane, told: Told): Markup {
  const took = lane.settledAt === null ? '' : ` after ${formatMeasured(lane.settledAt - lane.from)}`
  return html`<tr class="operation">
      <th scope="row">${timeOfDay(told.run, lane.from)}</th>
      <td>${lane.title}: ${foreign(fit(lane.asked))}</td>
      <td>${foreign(fit(lane.settled))}${took}</td>
      <td></td>
      <td></td>
    </tr>
    ${lane.attempts.map((attempt) => attemptRow(attempt, told))}
    ${
      lane.leftOut > 0 &&
      html`<tr>
        <td colspan="5">${lane.leftOut} attempts in the middle are not shown.</td>
      </tr>`
    }`
}

function attemptRow(attempt: Attempt, { run }: Told): Markup {
  const { from, until, request, host, end, faults, effects, line, seq, retryAfter, requestId, uncertain } = attempt
  const asked = retryAfter === null ? '' : `, Retry-After: ${retryAfter}`
  const by = requestId === null ? '' : `, request id ${requestId}`
  return html`<tr>
    <td>${timeOfDay(run, from)}</td>
    <td>
      exchange ${attempt.exchange}: ${foreign(fit(request))} to
      ${foreign(fit(host))}${line !== null && html`, sent by <code>${fit(line)}</code>`}${uncertain && ' (perhaps for another operation)'}
    </td>
    <td>${foreign(fit(`${end}${asked}${by}`))} after ${formatMeasured(until - from)}</td>
    <td>${foreign(fit([...faults, ...effects.map((effect) => `committed: ${effect}`)].join(', ')))}</td>
    <td>${seq + 1}</td>
  </tr>`
}
