// One Intercom workspace: who may enter, what it holds, how much it may be asked.

import type { Prng } from '#random/prng.ts'
import { Store } from '../store.ts'
import { ContactBook } from './contact-book.ts'
import type { Conversation } from './conversation.ts'
import { RateLimiter } from './rate-limiter.ts'

export type Admin = {
  readonly id: string
  readonly name: string
  readonly email: string
}

/** A workspace knows its own app only; others that share its quota would be a fault's business. */
const appCallsPerMinute = 10_000
const workspaceCallsPerMinute = 25_000

export class Workspace {
  readonly name: string
  readonly region: string
  readonly token: string
  /** As the API shows it. */
  readonly idCode: string
  readonly createdAt: number
  readonly contacts = new ContactBook()
  readonly conversations = new Store<Conversation>('conversation')
  readonly admins = new Store<Admin>('admin')
  readonly appLimiter = new RateLimiter(appCallsPerMinute)
  readonly workspaceLimiter = new RateLimiter(workspaceCallsPerMinute)
  readonly #random: Prng
  readonly #numbers = new Map<string, number>()

  constructor(options: { name: string; region: string; createdAt: number; random: Prng }) {
    this.name = options.name
    this.region = options.region
    this.createdAt = options.createdAt
    this.#random = options.random
    // The prefix and the length of real access tokens, which clients may log and must redact.
    this.token = `dG9rO${hex(options.random.fork('token'), 48)}`
    this.idCode = hex(options.random.fork('id-code'), 8)
  }

  /** 24 hex digits that begin with the second of creation. The same contact gets the same id whatever else was created. */
  newContactId(createdAt: number, identity: string): string {
    const seconds = createdAt.toString(16).padStart(8, '0')
    for (let attempt = 0; ; attempt += 1) {
      const id = seconds + hex(this.#random.fork('contact-id', identity, attempt), 16)
      if (!this.contacts.store.has(id)) return id
    }
  }

  /** Numbers of one kind (conversations, messages, parts) count up from a place of their own. */
  newNumber(kind: 'admin' | 'conversation' | 'message' | 'part'): string {
    const next = this.#numbers.get(kind) ?? this.#random.fork('first-number', kind).integer(1_000_000, 9_000_000)
    this.#numbers.set(kind, next + 1)
    return String(next)
  }
}

export function hex(random: Prng, length: number): string {
  let text = ''
  while (text.length < length) text += random.integer(0, 0xffff).toString(16).padStart(4, '0')
  return text.slice(0, length)
}
