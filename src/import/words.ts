// Foreign words made fit for a file that is committed: on one line, without secrets, addresses and invisible characters, and cut.

import { oneLine, redactSecrets } from '#context/foreign-text.ts'

/** As many characters as a sentence of a scenario may have. */
export const sentenceCharacters = 600

export function tidy(text: string, most = sentenceCharacters): string {
  const line = redactSecrets(oneLine(text))
  return line.length > most ? `${cutAt(line, most - 3)}...` : line
}

/** For a list that is looked through, not read. */
export function glimpse(text: string): string {
  return JSON.stringify(tidy(text, 160))
}

/** Rows of a table that stand on one line are sentences, too. */
export function sentencesOf(text: string): readonly string[] {
  return text
    .split(/\|\s+\|/u)
    .flatMap((row) => row.split(/(?<=[.!?]["')\]]?)\s+(?=["'([]?[A-Z0-9])/u))
    .map((sentence) => sentence.trim())
    .filter((sentence) => /[\p{L}\p{N}]/u.test(sentence))
}

/** Not between the halves of a character. */
function cutAt(text: string, length: number): string {
  return text.slice(0, length).replace(/[\uD800-\uDBFF]$/u, '')
}
