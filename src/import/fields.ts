// Fields of a JSON document that somebody else's program wrote. A field that is there and wrong is an error with its path, its line and
// its column; one that is unknown is remembered, so that it can be told.

import { parseInstant } from '#clock/instant.ts'
import { UserError } from '#context/user-error.ts'
import { parseJsonTree, placeOf, type JsonNode } from '#server/json-tree.ts'
import type { Unread } from './account.ts'
import { firstYear, lastYear } from './calendar.ts'
import { tidy } from './words.ts'

type Where = { readonly text: string; readonly file: string; readonly unread: Unread[] }

/** A field that is `null` counts as missing. */
export class Fields {
  readonly path: string
  readonly #node: JsonNode & { readonly kind: 'object' }
  readonly #where: Where
  readonly #read = new Set<string>()

  constructor(node: JsonNode & { readonly kind: 'object' }, path: string, where: Where) {
    this.#node = node
    this.path = path
    this.#where = where
  }

  static of(text: string, file: string, what: string, unread: Unread[]): Fields {
    const node = parseJsonTree(text, file, what)
    if (node.kind === 'object') return new Fields(node, '', { text, file, unread })
    throw new UserError(`${what.toLowerCase()} is a JSON object`, { place: { file, ...placeOf(text, node.at) } })
  }

  has(name: string): boolean {
    return this.#find(name) !== undefined
  }

  pathOf(name: string): string {
    return this.path === '' ? name : `${this.path}.${name}`
  }

  text(name: string): string | undefined {
    const node = this.#find(name)
    if (!node) return undefined
    if (node.kind === 'scalar' && typeof node.value === 'string') return node.value
    throw this.#wrong(name, node.at, 'must be a text')
  }

  needed(name: string): string {
    return this.text(name) ?? this.missing(name)
  }

  /** In ms since the epoch. */
  time(name: string): number | undefined {
    const text = this.text(name)
    if (text === undefined) return undefined
    const at = instantOf(text)
    if (at !== undefined) return at
    throw this.#wrong(name, this.#find(name)?.at ?? 0, 'must be a time such as 2026-04-27T11:37:00Z')
  }

  neededTime(name: string): number {
    return this.time(name) ?? this.missing(name)
  }

  oneOf<C extends string>(name: string, choices: readonly C[]): C | undefined {
    const text = this.text(name)
    const found = choices.find((choice) => choice === text)
    if (text === undefined || found !== undefined) return found
    throw this.#wrong(name, this.#find(name)?.at ?? 0, `must be one of ${choices.join(', ')}`)
  }

  inside(name: string): Fields | undefined {
    const node = this.#find(name)
    if (!node) return undefined
    if (node.kind === 'object') return new Fields(node, this.pathOf(name), this.#where)
    throw this.#wrong(name, node.at, 'must be an object')
  }

  list(name: string): readonly Fields[] {
    const node = this.#find(name)
    if (!node) return []
    if (node.kind !== 'list') throw this.#wrong(name, node.at, 'must be a list')
    return node.items.map((item, index) => {
      const path = `${this.pathOf(name)}[${index}]`
      if (item.kind === 'object') return new Fields(item, path, this.#where)
      throw this.#wrong(`${name}[${index}]`, item.at, 'must be an object')
    })
  }

  /** What nobody asked for, apart from `dull`, of which a scenario could have no use. */
  tellRest(dull: readonly string[]): void {
    for (const [name, { node }] of this.#node.members) {
      const empty = node.kind === 'scalar' ? node.value === null || node.value === '' : false
      if (this.#read.has(name) || dull.includes(name) || empty) continue
      const words = node.kind === 'scalar' ? String(node.value) : ''
      this.#where.unread.push({ words, place: tidy(this.pathOf(name), 120), why: 'a field that is not read' })
    }
  }

  missing(name: string): never {
    throw this.#wrong(name, this.#node.at, 'is missing')
  }

  wrong(name: string, what: string, hint?: string): UserError {
    return this.#wrong(name, this.#find(name)?.at ?? this.#node.at, what, hint)
  }

  #find(name: string): JsonNode | undefined {
    this.#read.add(name)
    const node = this.#node.members.get(name)?.node
    return node?.kind === 'scalar' && node.value === null ? undefined : node
  }

  #wrong(name: string, at: number, what: string, hint?: string): UserError {
    const { text, file } = this.#where
    const place = { file, ...placeOf(text, at) }
    return new UserError(`\`${this.pathOf(name)}\` ${what}`, { place, ...(hint !== undefined && { hint }) })
  }
}

/** ISO 8601 as programs write it: with `Z` or an offset, and any number of digits behind the second. */
function instantOf(text: string): number | undefined {
  const match = /^(\d{4}-\d{2}-\d{2})T(\d{2}:\d{2})(?::(\d{2})(?:\.(\d{1,9}))?)?(?:Z|([+-])(\d{2}):?(\d{2}))$/u.exec(
    text,
  )
  if (!match) return undefined
  const [, day = '', minute, second = '00', fraction = '', sign, hours = '0', minutes = '0'] = match
  if (Number(day.slice(0, 4)) < firstYear || Number(day.slice(0, 4)) > lastYear) return undefined
  const at = parseInstant(`${day} ${minute}:${second}.${fraction.padEnd(3, '0').slice(0, 3)}Z`)
  const ahead = (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes)) * 60_000
  return at === undefined ? undefined : at - ahead
}
