// What this run has covered: which fault met which kind of request, and which things happened that are to happen sometimes. A
// client is judged by what it met; what it never met proves nothing.

import type { Judged } from '#engine/run-result.ts'
import type { PropertySeen } from '#scene/coverage.ts'
import type { Scene } from '#scene/scene.ts'
import type { JudgedRun } from '../report-schema.ts'
import { grouped } from './grouped.ts'
import { html, type Markup } from './markup.ts'
import { timeOfDay } from './times.ts'
import { fit, foreign } from './words.ts'

export function coverage(run: JudgedRun, { scene }: Judged): Markup {
  return html`<section aria-labelledby="coverage">
    <h2 id="coverage">What was covered</h2>
    ${scene ? html`${meetings(run, scene)}${properties(run, scene)}` : html`<p>The history of this run is not at hand, so nothing can be said of it.</p>`}
  </section>`
}

function meetings({ untouched }: JudgedRun, { meetings: { shown, leftOut } }: Scene): Markup {
  const faults = [...new Set(shown.map(({ fault }) => fault)), ...untouched]
  if (faults.length === 0) return html`<p>No fault was on in this run.</p>`
  const routes = [...new Set(shown.map(({ route }) => route))]
  const hits = new Map(shown.map(({ fault, route, hits: count }) => [`${fault} ${route}`, count]))
  return html`<h3>Faults by kind of request</h3>
    <div class="scroll" tabindex="0" role="region" aria-label="How often each fault met each kind of request">
      <table class="matrix">
        <thead>
          <tr>
            <th scope="col">request</th>
            ${faults.map((fault) => html`<th scope="col" class="number">${foreign(fit(fault))}</th>`)}
          </tr>
        </thead>
        <tbody>
          ${routes.map(
            (route) =>
              html`<tr>
                <th scope="row"><code>${fit(route)}</code></th>
                ${faults.map((fault) => {
                  const count = hits.get(`${fault} ${route}`) ?? 0
                  return html`<td class="number ${count === 0 && 'none'}">${count === 0 ? '·' : grouped(count)}</td>`
                })}
              </tr>`,
          )}${
            untouched.length > 0 &&
            routes.length === 0 &&
            html`<tr>
              <th scope="row">any</th>
              ${faults.map(() => html`<td class="number none">·</td>`)}
            </tr>`
          }
        </tbody>
      </table>
    </div>
    ${leftOut > 0 && html`<p class="note">${leftOut} more pairs, the least met, are not shown.</p>`}
    ${untouched.length > 0 && html`<p class="warn">Never met this client, so nothing is proven against it: ${untouched.map((fault) => html`<code>${fit(fault)}</code> `)}</p>`}`
}

function properties(run: JudgedRun, { properties: { shown, leftOut } }: Scene): Markup {
  if (shown.length === 0)
    return html`<h3>Conditions</h3>
      <p>Neither the client nor the scenario names conditions that must hold always or sometimes.</p>`
  return html`<h3>Conditions</h3>
    <table>
      <thead>
        <tr>
          <th scope="col">condition</th>
          <th scope="col">must hold</th>
          <th scope="col">named by</th>
          <th scope="col">seen</th>
        </tr>
      </thead>
      <tbody>
        ${shown.map(
          (one) =>
            html`<tr class="${isMet(one) ? '' : 'unmet'}">
              <th scope="row">${foreign(fit(one.property))}</th>
              <td>${one.type}</td>
              <td>${one.by}</td>
              <td>${seenInWords(run, one)}</td>
            </tr>`,
        )}
      </tbody>
    </table>
    ${leftOut > 0 && html`<p class="note">${leftOut} more conditions are not shown.</p>`}`
}

function isMet({ type, held, broken }: PropertySeen): boolean {
  return type === 'always' ? broken === 0 && held > 0 : held > 0
}

function seenInWords(run: JudgedRun, { held, broken, firstAt, type }: PropertySeen): string {
  if (held + broken === 0) return 'never looked at'
  const first = firstAt === null ? '' : `, first at ${timeOfDay(run, firstAt)}`
  if (type === 'always') return `held ${grouped(held)} times, broken ${grouped(broken)} times`
  return held === 0 ? `never, of ${grouped(broken)} times` : `${grouped(held)} times${first}`
}
