// A small workspace written by hand: a JSON file that says who and what is there when a run begins, in the words of the API.
// Whatever is wrong with it is the user's mistake, told with its line; several at once.

import { nearestName } from '#context/nearest-name.ts'
import { parseJsonTree } from '../json-tree.ts'
import type { JsonNode } from '../json-tree.ts'
import type { CustomAttributes } from './contact.ts'
import { FileReader } from './file-reader.ts'
import type { Fields } from './file-reader.ts'

type FileAdmin = { readonly id: string | null; readonly name: string; readonly email: string }

export type FileCompany = {
  readonly companyId: string
  readonly name: string | null
  readonly plan: string | null
  readonly size: number | null
  readonly website: string | null
  readonly industry: string | null
  readonly customAttributes: CustomAttributes
}

export type FileContact = {
  readonly id: string | null
  readonly externalId: string
  readonly role: 'user' | 'lead'
  readonly email: string
  readonly name: string | null
  readonly phone: string | null
  /** Unix seconds, as all times of the API; `null`: long before the run. */
  readonly createdAt: number | null
  readonly customAttributes: CustomAttributes
  readonly companies: readonly string[]
  readonly tags: readonly string[]
}

/** Without an admin the customer wrote it. */
export type FilePart = { readonly admin: string | null; readonly kind: 'comment' | 'note'; readonly body: string }

export type FileConversation = {
  readonly id: string | null
  /** The external id of its contact. */
  readonly contact: string
  readonly body: string
  readonly state: 'open' | 'closed'
  /** The email of an admin. */
  readonly assignee: string | null
  readonly createdAt: number | null
  readonly parts: readonly FilePart[]
}

export type WorkspaceFile = {
  readonly timezone: string
  readonly admins: readonly FileAdmin[]
  readonly companies: readonly FileCompany[]
  readonly contacts: readonly FileContact[]
  readonly conversations: readonly FileConversation[]
}

/** `startSeconds` is when the run begins: nothing may have been created later. */
export function parseWorkspaceFile(file: string, text: string, startSeconds = Infinity): WorkspaceFile {
  const tree = parseJsonTree(text, file)
  const reader = new FileReader(file, text)
  reader.findSecrets(tree)
  const root = reader.fields(tree, 'a workspace', ['timezone', 'admins', 'companies', 'contacts', 'conversations'])
  const read = new Reading(reader, startSeconds)
  const parsed: WorkspaceFile = {
    timezone: reader.timezone(root, 'timezone') ?? 'UTC',
    admins: reader.list(root, 'admins', 1).map((node) => read.admin(node)),
    companies: reader.list(root, 'companies').map((node) => read.company(node)),
    contacts: reader.list(root, 'contacts', 1).map((node) => read.contact(node)),
    conversations: reader.list(root, 'conversations').map((node) => read.conversation(node)),
  }
  reader.finish()
  return parsed
}

const contactId = { pattern: /^[0-9a-f]{24}$/u, words: '24 hex digits' }
const numericId = { pattern: /^[1-9]\d{0,14}$/u, words: 'a number in quotes' }
const address = { pattern: /^[^\s@]+@[^\s@]+$/u, words: 'an email address' }

/** Items in the order of the file, so that what is referred to is known when it is referred to. */
class Reading {
  readonly #reader: FileReader
  readonly #startSeconds: number
  readonly #seen = new Map<string, Set<string>>()

  constructor(reader: FileReader, startSeconds: number) {
    this.#reader = reader
    this.#startSeconds = startSeconds
  }

  admin(node: JsonNode): FileAdmin {
    const fields = this.#reader.fields(node, 'an admin', ['id', 'name', 'email'])
    return {
      id: this.#unique('admin id', fields, 'id', this.#reader.text(fields, 'id', numericId)),
      name: this.#reader.required(fields, 'name'),
      email: this.#unique('admin email', fields, 'email', this.#reader.required(fields, 'email', address)),
    }
  }

  company(node: JsonNode): FileCompany {
    const reader = this.#reader
    const fields = reader.fields(node, 'a company', [
      'company_id',
      'name',
      'plan',
      'size',
      'website',
      'industry',
      'custom_attributes',
    ])
    return {
      companyId: this.#unique('company_id', fields, 'company_id', reader.required(fields, 'company_id')),
      name: reader.text(fields, 'name'),
      plan: reader.text(fields, 'plan'),
      size: reader.wholeNumber(fields, 'size'),
      website: reader.text(fields, 'website'),
      industry: reader.text(fields, 'industry'),
      customAttributes: reader.attributes(fields, 'custom_attributes'),
    }
  }

  contact(node: JsonNode): FileContact {
    const reader = this.#reader
    const fields = reader.fields(node, 'a contact', [
      'id',
      'external_id',
      'role',
      'email',
      'name',
      'phone',
      'created_at',
      'custom_attributes',
      'companies',
      'tags',
    ])
    return {
      id: this.#unique('contact id', fields, 'id', reader.text(fields, 'id', contactId)),
      externalId: this.#unique('external_id', fields, 'external_id', reader.required(fields, 'external_id')),
      role: reader.oneOf(fields, 'role', ['user', 'lead']),
      email: this.#unique('contact email', fields, 'email', reader.required(fields, 'email', address)),
      name: reader.text(fields, 'name'),
      phone: reader.text(fields, 'phone'),
      createdAt: this.#past(fields),
      customAttributes: reader.attributes(fields, 'custom_attributes'),
      companies: this.#known('company_id', fields, 'companies'),
      tags: reader.texts(fields, 'tags').map(({ value }) => value),
    }
  }

  conversation(node: JsonNode): FileConversation {
    const reader = this.#reader
    const fields = reader.fields(node, 'a conversation', [
      'id',
      'contact',
      'body',
      'state',
      'assignee',
      'created_at',
      'parts',
    ])
    const contact = reader.required(fields, 'contact')
    this.#refer('external_id', fields, 'contact', contact)
    return {
      id: this.#unique('conversation id', fields, 'id', reader.text(fields, 'id', numericId)),
      contact,
      body: reader.required(fields, 'body'),
      state: reader.oneOf(fields, 'state', ['open', 'closed']),
      assignee: this.#adminOf(fields, 'assignee'),
      createdAt: this.#past(fields),
      parts: reader.list(fields, 'parts').map((part) => this.#part(part)),
    }
  }

  #part(node: JsonNode): FilePart {
    const fields = this.#reader.fields(node, 'a part', ['admin', 'kind', 'body'])
    return {
      admin: this.#adminOf(fields, 'admin'),
      kind: this.#reader.oneOf(fields, 'kind', ['comment', 'note']),
      body: this.#reader.required(fields, 'body'),
    }
  }

  #adminOf(fields: Fields, name: string): string | null {
    const email = this.#reader.text(fields, name)
    if (email !== null) this.#refer('admin email', fields, name, email)
    return email
  }

  #past(fields: Fields): number | null {
    const seconds = this.#reader.wholeNumber(fields, 'created_at')
    if (seconds !== null && seconds > this.#startSeconds)
      this.#reader.wrong(fields, 'created_at', '`created_at` lies after the beginning of the run')
    return seconds
  }

  #known(kind: string, fields: Fields, name: string): readonly string[] {
    return this.#reader.texts(fields, name).map(({ value, at }) => {
      if (!this.#seen.get(kind)?.has(value.toLowerCase())) this.#reader.report(at, ...this.#unknown(kind, name, value))
      return value
    })
  }

  #refer(kind: string, fields: Fields, name: string, value: string): void {
    if (value !== '' && !this.#seen.get(kind)?.has(value.toLowerCase()))
      this.#reader.wrong(fields, name, ...this.#unknown(kind, name, value))
  }

  #unknown(kind: string, name: string, value: string): [what: string, hint: string] {
    const known = [...(this.#seen.get(kind) ?? [])]
    const near = nearestName(value.toLowerCase(), known)
    const hint = near === undefined ? `No item of the file has this ${kind}.` : `Did you mean \`${near}\`?`
    return [`\`${name}\` refers to the unknown ${kind} ${this.#reader.quote(value)}`, hint]
  }

  /** Case does not tell two apart, because in searches it does not either. */
  #unique<T extends string | null>(kind: string, fields: Fields, name: string, value: T): T {
    if (value === null || value === '') return value
    const seen = this.#seen.get(kind) ?? new Set()
    this.#seen.set(kind, seen)
    if (seen.has(value.toLowerCase()))
      this.#reader.wrong(fields, name, `the ${kind} ${this.#reader.quote(value)} comes twice`)
    seen.add(value.toLowerCase())
    return value
  }
}
