// What a driver prints: messages among other lines on its standard output, and words for people on its standard error.

import type { Readable } from 'node:stream'
import { limits } from '#context/limits.ts'
import { readLines } from './lines.ts'
import type { Ear } from './link.ts'
import { ProtocolError } from './protocol-error.ts'

type Printing = { readonly stdout: Readable; readonly stderr: Readable }

/** `end` is told of what goes too far. */
export function hear({ stdout, stderr }: Printing, ear: Ear, end: (why: Error) => void): void {
  const tooLong = (bytes: number): void =>
    end(
      new ProtocolError(`it printed a line of more than ${bytes} bytes; a line has at most ${limits.driverLineBytes}`),
    )
  readLines(stdout, limits.driverLineBytes, { onLine: (line) => heard(line, ear), onTooLong: tooLong })
  hearWords(stderr, ear)
}

export function hearWords(from: Readable, ear: Ear): void {
  from.setEncoding('utf8')
  from.on('data', (text: string) => ear.onChatter(text, 0))
  from.on('error', () => {})
}

function heard(line: string, ear: Ear): void {
  try {
    // `trim` takes a mark of the byte order away, which JSON may not begin with.
    ear.onMessage(JSON.parse(line.trim()))
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error
    ear.onChatter(`${line}\n`, line.length)
  }
}
