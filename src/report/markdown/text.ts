// Foreign text in Markdown, as nothing but text: no link, no image, no HTML, no table cell that ends early.

import { clip } from '../clip.ts'

const characters = 400

/** A sentence. Escaped is what could mean something, and nothing else: people read the text itself too. */
export function plain(text: string): string {
  return clip(text, characters)
    .replaceAll(/[\\`*_{}[\]<>&|~!#@]/gu, String.raw`\$&`)
    .replaceAll(/:(?=\/\/)|(?<=mailto|xmpp):/giu, String.raw`\:`)
    .replaceAll(/(?<=www)\./giu, String.raw`\.`)
    .replace(/^[-+=]/u, String.raw`\$&`)
    .replace(/^(\d+)([.)])/u, String.raw`$1\$2`)
}

/** Nothing is no bold nothing: four stars are a line across the page. */
export function bold(text: string): string {
  const shown = plain(text)
  return shown === '' ? '' : `**${shown}**`
}

/** A name or a command, as it is typed. */
export function code(text: string): string {
  const line = clip(text, characters)
  const longest = Math.max(0, ...Array.from(line.matchAll(/`+/gu), ([ticks]) => ticks.length))
  const fence = '`'.repeat(longest + 1)
  const padded = /^`|`$/u.test(line) || line === '' ? ` ${line} ` : line
  return `${fence}${padded}${fence}`
}

/** Cells of one row. A stroke ends a cell even in code. */
function row(cells: readonly string[]): string {
  return `| ${cells.map((cell) => cell.replaceAll(/\\?\|/gu, String.raw`\|`)).join(' | ')} |`
}

export function table(head: readonly string[], rows: readonly (readonly string[])[]): string[] {
  return [row(head), row(head.map(() => '---')), ...rows.map(row)]
}
