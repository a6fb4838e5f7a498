// Texts as a page shows them: cut where nobody would read on, and kept apart from ours, so that a name in another direction of
// writing does not turn round what stands beside it.

import { oneLine, presentable } from '#context/foreign-text.ts'
import { html, type Markup } from './markup.ts'

/** Characters of one foreign text that are shown. */
const most = 1_500

export function cut(text: string, length: number = most): string {
  if (text.length <= length) return text
  const kept = text.slice(0, length).toWellFormed()
  return `${kept}… (${text.length - length} more characters)`
}

/** Fit to be shown: no secrets, no paths, no controls. It is cut first, so that a text of any length costs the same. */
export function fit(text: string, length: number = most): string {
  return presentable(cut(text, length))
}

/** On one line, isolated. */
export function foreign(text: string): Markup {
  return html`<bdi>${oneLine(cut(text))}</bdi>`
}

/** A text of ours, what stands between backticks as code. */
export function withCode(text: string): readonly Markup[] {
  return oneLine(cut(text))
    .split('`')
    .map((part, index) => (index % 2 === 1 ? html`<code>${part}</code>` : html`${part}`))
}

/** Every string in plain data made fit to be shown. */
export function fitAll<T>(data: T): T {
  if (typeof data === 'string') return oneLine(fit(data, 400)) as T
  if (Array.isArray(data)) return (data.length > 0 && typeof data[0] === 'number' ? data : data.map(fitAll)) as T
  if (typeof data !== 'object' || data === null) return data
  return Object.fromEntries(Object.entries(data).map(([key, value]) => [key, fitAll(value)])) as T
}

export function percent(part: number, whole: number): string {
  if (whole === 0) return '–'
  const share = (part / whole) * 100
  if (share > 0 && share < 1) return '<1 %'
  if (share > 99 && share < 100) return '>99 %'
  return `${Math.round(share)} %`
}
