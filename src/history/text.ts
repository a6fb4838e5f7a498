// The NDJSON of a history: a string, or, of a run so long that no string should hold it, pieces that are read anew from a file each
// time somebody wants them.

import { createHash } from 'node:crypto'

export type HistoryText = string | LongText

export interface LongText {
  /** In order, and cut between lines. */
  pieces(): Iterable<string>
  /** Gives the file up. Nobody may read it any more. */
  close(): void
}

export function piecesOf(text: HistoryText): Iterable<string> {
  return typeof text === 'string' ? [text] : text.pieces()
}

/** Without what stands after the last end of a line, as a killed process leaves it. */
export function* linesOf(text: HistoryText): Iterable<string> {
  for (const piece of piecesOf(text)) {
    for (let from = 0; ;) {
      const end = piece.indexOf('\n', from)
      if (end < 0) break
      yield piece.slice(from, end)
      from = end + 1
    }
  }
}

/** Both with their ends of lines. */
export function withFirstLine(text: HistoryText, line: string): HistoryText {
  if (typeof text === 'string') return line + text.slice(text.indexOf('\n') + 1)
  return {
    *pieces() {
      let isFirst = true
      for (const piece of text.pieces()) {
        yield isFirst ? line + piece.slice(piece.indexOf('\n') + 1) : piece
        isFirst = false
      }
    },
    close: () => text.close(),
  }
}

/** The whole lines of a text, and some more. */
export function continued(text: HistoryText, more: string): HistoryText {
  if (typeof text === 'string') return text.slice(0, text.lastIndexOf('\n') + 1) + more
  return {
    *pieces() {
      for (const piece of text.pieces())
        yield piece.endsWith('\n') ? piece : piece.slice(0, piece.lastIndexOf('\n') + 1)
      yield more
    },
    close: () => text.close(),
  }
}

export function closeText(text: HistoryText): void {
  if (typeof text !== 'string') text.close()
}

/** For what is known to be short. */
export function wholeText(text: HistoryText): string {
  return typeof text === 'string' ? text : Array.from(text.pieces()).join('')
}

export function sha256(text: HistoryText): string {
  const hash = createHash('sha256')
  for (const piece of piecesOf(text)) hash.update(piece)
  return hash.digest('hex')
}

/** From which line on two of them differ. */
export function firstDifference(one: HistoryText, other: HistoryText): number {
  const [ours, theirs] = [linesOf(one)[Symbol.iterator](), linesOf(other)[Symbol.iterator]()]
  for (let line = 1; ; line += 1) {
    const [own, their] = [ours.next(), theirs.next()]
    if (own.done || their.done || own.value !== their.value) return line
  }
}
