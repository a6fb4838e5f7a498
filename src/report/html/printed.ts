// What the programs of a client printed while they ran: the end of it, which is where they say why they ended. All of it is in a
// file beside the page.

import type { RunResult } from '#engine/run-result.ts'
import { presentable } from '#context/foreign-text.ts'
import { grouped } from './grouped.ts'
import { html, type Markup } from './markup.ts'

/** Characters that are shown. */
const most = 20_000

export function printed({ environment: { clientLog = '' } }: RunResult): Markup | false {
  if (clientLog === '') return false
  const leftOut = clientLog.length - most
  const shown = leftOut > 0 ? fromLine(clientLog.slice(leftOut)) : clientLog
  return html`<section aria-labelledby="printed">
    <h2 id="printed">What its programs printed</h2>
    ${leftOut > 0 && html`<p class="note">The end; ${grouped(clientLog.length - shown.length)} characters before it are in <code>client.log</code>.</p>`}
    <pre tabindex="0" class="problem"><bdi>${presentable(shown)}</bdi></pre>
  </section>`
}

/** From the first whole line on. */
function fromLine(text: string): string {
  const end = text.indexOf('\n')
  return (end < 0 ? text : text.slice(end + 1)).toWellFormed()
}
