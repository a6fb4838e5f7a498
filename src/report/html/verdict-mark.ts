// The word for an end, with its symbol: never colour alone.

import { html, type Markup } from './markup.ts'
import { createPaint, nameOf, type Word } from '../paint.ts'

const paint = createPaint({ color: false, unicode: true })

export function mark(word: Word): Markup {
  return html`<span class="mark ${word}"><span aria-hidden="true">${paint.symbol(word)}</span> ${nameOf(word)}</span>`
}
