// Texts that somebody else wrote, no longer than a reader reads them and a consumer takes them.

import { oneLine } from '#context/foreign-text.ts'

/** On one line, with three dots where something is left out. */
export function clip(text: string, most: number): string {
  // What is far longer is not looked through to its end.
  const line = oneLine(text.slice(0, most * 4))
  return line.length <= most
    ? line
    : `${line
        .slice(0, most - 3)
        .toWellFormed()
        .replace(/\uFFFD$/u, '')}...`
}
