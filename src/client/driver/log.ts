// What a driver prints for people: its standard error, and whatever else it says that is not of the protocol. The end is kept.

import { oneLine } from '#context/foreign-text.ts'
import { limits } from '#context/limits.ts'

/** As runtimes print what ended them. */
const errorLine = /^\s*(?:\w+\.)*\w*(?:Error|Exception|error|panic)\b.{0,20}:/u
const charactersLooked = 8_000

export class DriverLog {
  #text = ''
  #cut = 0

  add(text: string): void {
    this.#text += text
    const most = limits.driverLogCharacters
    // Cut in big steps, so that many small additions stay cheap.
    if (this.#text.length <= 2 * most) return
    this.#cut += this.#text.length - most
    this.#text = this.#text.slice(-most)
  }

  text(): string {
    const kept = this.#text.slice(-limits.driverLogCharacters)
    const cut = this.#cut + this.#text.length - kept.length
    return cut === 0 ? kept : `(${cut} characters before this are not kept)\n${kept}`
  }

  /** The line that says why, or the last one; empty when there is none. */
  lastWords(): string {
    const lines = this.#text
      .slice(-charactersLooked)
      .split('\n')
      .map(oneLine)
      .filter((line) => line !== '')
    return lines.findLast((line) => errorLine.test(line)) ?? lines.at(-1) ?? ''
  }
}
