// JSON that remembers where everything stands, so that a mistake in a file can be told by line and column. Strict, as
// JSON.parse is, and stricter: a key may not come twice. Linear in the length of the text, bounded in depth.

import { limits } from '#context/limits.ts'
import { UserError } from '#context/user-error.ts'

/** `at` is an offset in the text. */
export type JsonNode =
  | { readonly kind: 'object'; readonly at: number; readonly members: ReadonlyMap<string, JsonMember> }
  | { readonly kind: 'list'; readonly at: number; readonly items: readonly JsonNode[] }
  | { readonly kind: 'scalar'; readonly at: number; readonly value: string | number | boolean | null }

/** `at` is where its key stands. */
export type JsonMember = { readonly at: number; readonly node: JsonNode }

const blank = /[ \t\n\r]*/uy
const number = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?(?![\w.])/uy
const word = /(?:true|false|null)(?!\w)/uy
// oxlint-disable-next-line no-control-regex -- JSON forbids exactly these in a string
const string = /"(?:[^"\\\u0000-\u001F]|\\(?:["\\/bfnrt]|u[0-9A-Fa-f]{4}))*"/uy

/** `what` is what the file is, at the beginning of a sentence. */
export function parseJsonTree(text: string, file: string, what = 'A workspace file'): JsonNode {
  return new Parser(text, file, what).document()
}

export function placeOf(text: string, at: number): { readonly line: number; readonly column: number } {
  const before = text.slice(0, at)
  return { line: before.split('\n').length, column: at - before.lastIndexOf('\n') }
}

class Parser {
  readonly #text: string
  readonly #file: string
  readonly #what: string
  #at: number

  constructor(text: string, file: string, what: string) {
    this.#text = text
    this.#file = file
    this.#what = what
    this.#at = text.startsWith('\uFEFF') ? 1 : 0
  }

  document(): JsonNode {
    const node = this.#value(0)
    if (this.#next() !== undefined) throw this.#wrong('the file goes on after its end')
    return node
  }

  #value(depth: number): JsonNode {
    if (depth > limits.scenarioDepth) throw this.#wrong('the file is nested too deep')
    const next = this.#next()
    const at = this.#at
    if (next === '{') return { kind: 'object', at, members: this.#members(depth) }
    if (next === '[') return { kind: 'list', at, items: this.#items(depth) }
    const found = this.#match(string) ?? this.#match(number) ?? this.#match(word)
    if (found === undefined) throw this.#wrong(next === '"' ? 'this text is not valid JSON' : 'a value is missing here')
    return { kind: 'scalar', at, value: JSON.parse(found) as string | number | boolean | null }
  }

  #members(depth: number): ReadonlyMap<string, JsonMember> {
    const members = new Map<string, JsonMember>()
    this.#each('}', () => {
      const at = this.#at
      const name = this.#match(string)
      if (name === undefined) throw this.#wrong('a name in double quotes is missing here')
      const key = JSON.parse(name) as string
      if (members.has(key)) throw this.#wrong('this name comes twice', at)
      if (this.#next() !== ':') throw this.#wrong('a colon is missing here')
      this.#at += 1
      members.set(key, { at, node: this.#value(depth + 1) })
    })
    return members
  }

  #items(depth: number): readonly JsonNode[] {
    const items: JsonNode[] = []
    this.#each(']', () => items.push(this.#value(depth + 1)))
    return items
  }

  /** Reads what is between brackets and separated by commas. */
  #each(closing: '}' | ']', read: () => void): void {
    this.#at += 1
    if (this.#next() === closing) {
      this.#at += 1
      return
    }
    for (;;) {
      this.#next()
      read()
      const next = this.#next()
      if (next !== ',' && next !== closing) throw this.#wrong(`a comma or ${closing} is missing here`)
      this.#at += 1
      if (next === closing) return
    }
  }

  #next(): string | undefined {
    this.#match(blank)
    return this.#text[this.#at]
  }

  #match(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.#at
    const found = pattern.exec(this.#text)?.[0]
    this.#at += found?.length ?? 0
    return found
  }

  #wrong(what: string, at = this.#at): UserError {
    const place = { file: this.#file, ...placeOf(this.#text, at) }
    return new UserError(at >= this.#text.length ? 'the file ends too early' : what, {
      place,
      hint: `${this.#what} is JSON, without comments and trailing commas.`,
    })
  }
}
