// Reads fields of a JSON file and collects what is wrong with them, each with its place. A wrong field reads as if it were
// missing, so that the rest can still be checked; `finish` throws when there was anything.

import { plainText, redactSecrets } from '#context/foreign-text.ts'
import { limits } from '#context/limits.ts'
import { nearestName } from '#context/nearest-name.ts'
import { UserError } from '#context/user-error.ts'
import { placeOf } from '../json-tree.ts'
import type { JsonMember, JsonNode } from '../json-tree.ts'
import type { CustomAttributes } from './contact.ts'

/** What is known of an object, and where it stands. */
export type Fields = { readonly at: number; readonly members: ReadonlyMap<string, JsonMember>; readonly what: string }
export type Format = { readonly pattern: RegExp; readonly words: string }
type Placed = { readonly value: string; readonly at: number }

const characters = 10_000
const something: Format = { pattern: /\S/u, words: 'some text' }

export class FileReader {
  readonly #file: string
  readonly #text: string
  readonly #problems: { readonly at: number; readonly what: string; readonly hint: string | undefined }[] = []

  constructor(file: string, text: string) {
    this.#file = file
    this.#text = text
  }

  fields(node: JsonNode, what: string, known: readonly string[]): Fields {
    if (node.kind !== 'object') {
      this.report(node.at, `${what} must be an object`)
      return { at: node.at, members: new Map(), what }
    }
    for (const [name, { at }] of node.members)
      if (!known.includes(name)) {
        const near = nearestName(name, known)
        const hint = near === undefined ? `It can have: ${known.join(', ')}.` : `Did you mean \`${near}\`?`
        this.report(at, `${what} has no ${this.quote(name)}`, hint)
      }
    return { at: node.at, members: node.members, what }
  }

  list(fields: Fields, name: string, fewest = 0): readonly JsonNode[] {
    const node = this.#node(fields, name)
    if (node && node.kind !== 'list') this.report(node.at, `\`${name}\` must be a list`)
    const items = node?.kind === 'list' ? node.items : []
    if (items.length < fewest && (!node || node.kind === 'list'))
      this.report(node?.at ?? fields.at, `${fields.what} needs at least ${fewest} of \`${name}\``)
    return items
  }

  /** `null` when it is missing, or wrong. */
  text(fields: Fields, name: string, { pattern, words }: Format = something): string | null {
    const node = this.#node(fields, name)
    if (!node) return null
    if (node.kind === 'scalar' && typeof node.value === 'string' && node.value.length <= characters) {
      if (pattern.test(node.value)) return node.value
    }
    this.report(node.at, `\`${name}\` must be ${words}`)
    return null
  }

  /** Empty when it is missing, or wrong. */
  required(fields: Fields, name: string, format?: Format): string {
    if (!this.#node(fields, name)) this.report(fields.at, `${fields.what} needs \`${name}\``)
    return this.text(fields, name, format) ?? ''
  }

  texts(fields: Fields, name: string): readonly Placed[] {
    return this.list(fields, name).flatMap((node) => {
      if (node.kind === 'scalar' && typeof node.value === 'string' && node.value !== '')
        return [{ value: node.value, at: node.at }]
      this.report(node.at, `\`${name}\` must be a list of texts`)
      return []
    })
  }

  wholeNumber(fields: Fields, name: string): number | null {
    const node = this.#node(fields, name)
    if (!node) return null
    if (node.kind === 'scalar' && typeof node.value === 'number' && Number.isSafeInteger(node.value) && node.value >= 0)
      return node.value
    this.report(node.at, `\`${name}\` must be a whole number`)
    return null
  }

  /** The first choice when it is missing. */
  oneOf<C extends string>(fields: Fields, name: string, choices: readonly [C, ...C[]]): C {
    const node = this.#node(fields, name)
    const found = node?.kind === 'scalar' ? choices.find((choice) => choice === node.value) : undefined
    if (node && found === undefined) this.report(node.at, `\`${name}\` must be ${choices.join(' or ')}`)
    return found ?? choices[0]
  }

  attributes(fields: Fields, name: string): CustomAttributes {
    const node = this.#node(fields, name)
    if (!node) return {}
    if (node.kind !== 'object') {
      this.report(node.at, `\`${name}\` must be an object`)
      return {}
    }
    const flat = [...node.members].flatMap(([key, { node: value }]) => {
      if (value.kind === 'scalar') return [[key, value.value] as const]
      this.report(value.at, `\`${name}\` must be flat: text, numbers, true, false and null`)
      return []
    })
    return Object.fromEntries(flat)
  }

  timezone(fields: Fields, name: string): string | null {
    const zone = this.text(fields, name)
    if (zone === null || isTimezone(zone)) return zone
    this.wrong(fields, name, `\`${name}\` must be a time zone such as Europe/Dublin`)
    return null
  }

  /** No secret may lie in a file that is committed and shown in reports. It is not repeated either. */
  findSecrets(node: JsonNode, key = ''): void {
    if (node.kind === 'list') for (const item of node.items) this.findSecrets(item, key)
    if (node.kind === 'object')
      for (const [name, { at, node: value }] of node.members) {
        if (isSecret(name)) this.#secret(at)
        this.findSecrets(value, name)
      }
    if (node.kind !== 'scalar' || typeof node.value !== 'string') return
    if (isSecret(node.value) || isSecret(`${key}=${node.value}`)) this.#secret(node.at)
  }

  wrong(fields: Fields, name: string, what: string, hint?: string): void {
    this.report(this.#node(fields, name)?.at ?? fields.at, what, hint)
  }

  report(at: number, what: string, hint?: string): void {
    this.#problems.push({ at, what, hint })
  }

  quote(value: string): string {
    return JSON.stringify(redactSecrets(plainText(value.slice(0, 60))))
  }

  /** The first problem is the message; the others are listed in the hint. */
  finish(): void {
    const [first, ...others] = this.#problems
      .toSorted((one, other) => one.at - other.at)
      .slice(0, limits.scenarioProblems)
      .map(({ at, what, hint }) => {
        const place = { file: this.#file, ...placeOf(this.#text, at) }
        return new UserError(what, { place, ...(hint === undefined ? {} : { hint }) })
      })
    if (!first) return
    const unsaid = this.#problems.length - others.length - 1
    const lines = [first.hint, ...others.map(String), unsaid > 0 ? `... and ${unsaid} more.` : undefined]
    const hint = lines.filter((line) => line !== undefined).join('\n')
    const { place } = first
    throw new UserError(first.message, { ...(place && { place }), ...(hint === '' ? {} : { hint }) })
  }

  #secret(at: number): void {
    this.report(at, 'this looks like a secret', 'Put an invented value in its place, and revoke the real one.')
  }

  /** A field that is `null` counts as missing. */
  #node({ members }: Fields, name: string): JsonNode | undefined {
    const node = members.get(name)?.node
    return node?.kind === 'scalar' && node.value === null ? undefined : node
  }
}

const redacted = '[redacted]'

function isSecret(text: string): boolean {
  const plain = text.replaceAll(redacted, '')
  return redactSecrets(plain).includes(redacted)
}

function isTimezone(zone: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: zone }).resolvedOptions().timeZone !== ''
  } catch {
    return false
  }
}
