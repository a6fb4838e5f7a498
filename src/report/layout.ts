// Columns of text, and where lines break. Widths are counted in UTF-16 units, which is right for all text of our own.

export type Align = 'left' | 'right'

/** Rows of equal length as aligned lines, columns two spaces apart. The last column is not padded. */
export function alignColumns(rows: readonly (readonly string[])[], aligns: readonly Align[]): string[] {
  const widths = aligns.map((_, column) => Math.max(0, ...rows.map((row) => row[column]?.length ?? 0)))
  return rows.map((row) =>
    row
      .map((cell, column) => {
        const width = widths[column] ?? 0
        return aligns[column] === 'right' ? cell.padStart(width) : cell.padEnd(width)
      })
      .join('  ')
      .trimEnd(),
  )
}

/** As above, but columns that a reader can spare are left out, in the order given, for as long as a line is wider than `width`. */
export function fitColumns(
  rows: readonly (readonly string[])[],
  aligns: readonly Align[],
  width: number,
  spare: readonly number[],
): string[] {
  const lines = alignColumns(rows, aligns)
  const [first, ...others] = spare
  if (first === undefined || lines.every((line) => line.length <= width)) return lines
  const without = <T>(all: readonly T[]): T[] => all.filter((_, column) => column !== first)
  const left = others.map((column) => (column > first ? column - 1 : column))
  return fitColumns(rows.map(without), without(aligns), width, left)
}

/** Breaks at spaces; a word longer than a line is broken where the line ends. */
export function wrapText(text: string, width: number): string[] {
  const lines: string[] = []
  let line = ''
  for (const word of text.split(' ').flatMap((long) => pieces(long, width))) {
    if (line && line.length + 1 + word.length > width) {
      lines.push(line)
      line = word
    } else line = line ? `${line} ${word}` : word
  }
  return line ? [...lines, line] : lines
}

function pieces(word: string, width: number): string[] {
  if (word.length <= width) return [word]
  const characters = Array.from(word)
  const cut = Math.max(1, Math.floor(width / 2))
  return Array.from({ length: Math.ceil(characters.length / cut) }, (_, index) =>
    characters.slice(index * cut, (index + 1) * cut).join(''),
  )
}

/** At most `count` lines, the last one ending in `...` when something was left out. */
export function clipLines(lines: readonly string[], count: number, width: number): string[] {
  if (lines.length <= count) return [...lines]
  const kept = lines.slice(0, count)
  const last = kept.pop()
  return last === undefined ? [] : [...kept, `${last.slice(0, width - 4).trimEnd()} ...`]
}
