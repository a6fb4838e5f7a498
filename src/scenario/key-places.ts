// Where the keys of a config, or of a service, stand that is written as JavaScript or TypeScript: in the object that is exported, as far as it is
// written out. What is computed has no place, and whoever looks for it gets the nearest thing around it that has one.

import { limits } from '#context/limits.ts'
import type { KeyPlace } from './document.ts'
import type { Path } from './problem.ts'

type Span = KeyPlace['value']

/** Strings, templates and comments, in which a bracket is none. */
const opaque = /\/\/[^\n]*|\/\*[^]*?(?:\*\/|$)|'(?:[^'\\\n]|\\[^])*'?|"(?:[^"\\\n]|\\[^])*"?|`(?:[^`\\]|\\[^])*`?/uy
const blank = /(?:\s+|\/\/[^\n]*|\/\*[^]*?(?:\*\/|$))+/uy
const keyWord = /(?:[\p{ID_Start}$_][\p{ID_Continue}$]*|'[^'\\\n]*'|"[^"\\\n]*"|\d+)/uy

export function keyPlaces(text: string): readonly KeyPlace[] {
  const start = exportedObject(text)
  return start === undefined ? [] : new Reader(text, start).places()
}

/** The brace after `export default`, `defineConfig(`, `defineService(` or `module.exports =`, or of the constant that stands there. */
function exportedObject(text: string): number | undefined {
  const found =
    /(?:export\s+default|module\.exports\s*=)\s*(?:[\w$]*define(?:Config|Service)\s*\(\s*)?(?:(\{)|([\w$]+))/u.exec(
      text,
    )
  if (!found) return undefined
  const [all, brace, constant = ''] = found
  if (brace !== undefined) return found.index + all.length - 1
  const name = constant.replaceAll('$', String.raw`\$`)
  const declared = new RegExp(
    String.raw`\b(?:const|let|var)\s+${name}\b[^={]*=\s*(?:[\w$]*define(?:Config|Service)\s*\(\s*)?\{`,
    'u',
  )
  const at = declared.exec(text)
  return at ? at.index + at[0].length - 1 : undefined
}

class Reader {
  private readonly found: KeyPlace[] = []
  private readonly text: string
  private at: number

  constructor(text: string, at: number) {
    this.text = text
    this.at = at
  }

  places(): readonly KeyPlace[] {
    this.value([], undefined)
    return this.found
  }

  private value(path: Path, key: Span | undefined): void {
    this.skip(blank)
    const start = this.at
    if (path.length > limits.scenarioDepth) this.restOfValue()
    else if (this.text[start] === '{') this.members(path)
    else if (this.text[start] === '[') this.elements(path)
    const end = this.restOfValue()
    this.found.push({ path, ...(key && { key }), value: { start, end: Math.max(end, start + 1) } })
  }

  private members(path: Path): void {
    this.at += 1
    for (;;) {
      this.skip(blank)
      if (this.ends('}')) return
      const start = this.at
      const word = this.skip(keyWord)
      const key = { start, end: this.at }
      this.skip(blank)
      const name = word.replaceAll(/^['"]|['"]$/gu, '')
      if (word !== '' && this.text[this.at] === ':') {
        this.at += 1
        this.value([...path, name], key)
      } else {
        if (word !== '' && /[,}]/u.test(this.text[this.at] ?? ''))
          this.found.push({ path: [...path, name], key, value: key })
        this.restOfValue()
      }
      if (this.text[this.at] === ',') this.at += 1
    }
  }

  private elements(path: Path): void {
    this.at += 1
    for (let index = 0; ; index += 1) {
      this.skip(blank)
      if (this.ends(']')) return
      this.value([...path, index], undefined)
      if (this.text[this.at] === ',') this.at += 1
    }
  }

  /** At the closing bracket, or wherever nothing more can be read. */
  private ends(bracket: string): boolean {
    const here = this.text[this.at]
    if (here === bracket) this.at += 1
    return here === undefined || /[)\]}]/u.test(here)
  }

  /** Up to the comma or the bracket behind it; returns where the last thing of it ends. */
  private restOfValue(): number {
    let depth = 0
    let end = this.at
    while (this.at < this.text.length) {
      if (this.skip(blank) !== '') continue
      const here = this.text[this.at] ?? ''
      if (depth === 0 && /[,)\]}]/u.test(here)) return end
      if (this.skip(opaque) === '') {
        if (/[([{]/u.test(here)) depth += 1
        else if (/[)\]}]/u.test(here)) depth -= 1
        this.at += 1
      }
      end = this.at
    }
    return end
  }

  private skip(pattern: RegExp): string {
    pattern.lastIndex = this.at
    const [found = ''] = pattern.exec(this.text) ?? []
    this.at += found.length
    return found
  }
}
