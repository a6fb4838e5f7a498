// Bytes to lines. A line that is longer than a driver may write is not kept: whoever sends it fills no memory.

import type { Readable } from 'node:stream'

type Heard = {
  onLine(line: string): void
  /** Told once; nothing more is heard afterwards. */
  onTooLong(bytes: number): void
}

const newline = 10

/** What comes after the last newline is a line too, when the stream ends. */
export function readLines(from: Readable, longest: number, { onLine, onTooLong }: Heard): void {
  let parts: Buffer[] = []
  let length = 0
  const flush = (): void => {
    const line = Buffer.concat(parts).toString('utf8')
    parts = []
    length = 0
    if (line.trim() !== '') onLine(line)
  }
  const listen = (chunk: Buffer): void => {
    let rest = chunk
    while (rest.length > 0) {
      const end = rest.indexOf(newline)
      const part = end < 0 ? rest : rest.subarray(0, end)
      parts.push(part)
      length += part.length
      if (length > longest) return tooLong()
      if (end < 0) return
      flush()
      rest = rest.subarray(end + 1)
    }
  }
  const tooLong = (): void => {
    from.off('data', listen)
    from.resume()
    parts = []
    onTooLong(length)
    length = 0
  }
  from.on('data', listen)
  from.on('end', () => {
    if (length > 0) flush()
  })
  from.on('error', () => {})
}
