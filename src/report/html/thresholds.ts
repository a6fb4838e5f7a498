// The numbers an oracle judged by, and where each comes from.

import { formatDuration } from '#clock/instant.ts'
import type { Threshold } from '#history/header.ts'
import { nameInWords } from '../quantity.ts'
import { html, type Markup } from './markup.ts'
import { fit, foreign } from './words.ts'

export function thresholdTable(oracle: string, thresholds: readonly Threshold[]): Markup | null {
  const own = thresholds.filter((threshold) => threshold.oracle === oracle)
  if (own.length === 0) return null
  return html`<table class="thresholds">
    <thead>
      <tr>
        <th scope="col">number</th>
        <th scope="col">value</th>
        <th scope="col">set by</th>
        <th scope="col">because</th>
      </tr>
    </thead>
    <tbody>
      ${own.map(
        ({ name, bound, value, unit, source, cite }) =>
          html`<tr>
            <th scope="row">${nameInWords(fit(name))}, ${bound === 'at-most' ? 'at most' : 'at least'}</th>
            <td>${valueOf(value, unit)}</td>
            <td>${source}</td>
            <td>${foreign(fit(cite))}</td>
          </tr>`,
      )}
    </tbody>
  </table>`
}

function valueOf(value: number, unit: Threshold['unit']): string {
  if (!Number.isFinite(value)) return 'no limit'
  if (unit === 'ms') return value === 0 ? '0' : formatDuration(value)
  if (unit === 'share') return `${Math.round(value * 10_000) / 100} %`
  return unit === 'ratio' ? `${value}×` : String(value)
}
