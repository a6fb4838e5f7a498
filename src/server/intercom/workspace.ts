// One Intercom workspace: who may enter, what it holds, how much it may be asked.

import type { Prng } from '#random/prng.ts'
import { Moment } from '../moment.ts'
import { Store } from '../store.ts'
import type { Article } from './article.ts'
import { CompanyBook } from './company-book.ts'
import { CompanyScroll } from './company-scroll.ts'
import { ContactBook } from './contact-book.ts'
import type { Conversation } from './conversation.ts'
import type { DataEvent } from './data-event.ts'
import type { Message } from './message.ts'
import { hex } from './identifiers.ts'
import { NoteBook } from './note-book.ts'
import { RateLimiter } from './rate-limiter.ts'
import { TagBook } from './tag-book.ts'
import type { Ticket, TicketState, TicketType } from './ticket.ts'

export type Admin = {
  readonly id: string
  readonly name: string
  readonly email: string
}

/** How old a workspace is when a run begins. */
export const ageSeconds = 1_095 * 86_400

type NumberKind = 'admin' | 'article' | 'conversation' | 'message' | 'note' | 'part' | 'tag' | 'ticket' | 'ticket-part'

export class Workspace {
  readonly name: string
  readonly region: string
  readonly shard: string
  /** Whose calendar days dates are matched by. */
  readonly timezone: string
  /** What all its stores show. */
  readonly moment = new Moment()
  /** As the API shows it. */
  readonly idCode: string
  readonly createdAt: number
  readonly contacts = new ContactBook(this.moment)
  readonly companies = new CompanyBook(this.moment)
  readonly companyScroll: CompanyScroll
  readonly tags = new TagBook(this.moment)
  readonly notes = new NoteBook(this.moment)
  readonly conversations = new Store<Conversation>('conversation', this.moment)
  readonly admins = new Store<Admin>('admin', this.moment)
  readonly messages = new Store<Message>('message', this.moment)
  readonly dataEvents = new Store<DataEvent>('event', this.moment)
  readonly ticketStates = new Store<TicketState>('ticket_state', this.moment)
  readonly ticketTypes = new Store<TicketType>('ticket_type', this.moment)
  readonly tickets = new Store<Ticket>('ticket', this.moment)
  readonly articles = new Store<Article>('article', this.moment)
  readonly appLimiter = new RateLimiter()
  readonly workspaceLimiter = new RateLimiter()
  readonly #random: Prng
  readonly #numbers = new Map<string, number>()

  constructor(options: {
    name: string
    region: string
    shard?: string | undefined
    timezone?: string | undefined
    createdAt: number
    random: Prng
  }) {
    this.name = options.name
    this.region = options.region
    this.shard = options.shard ?? 'a'
    this.timezone = options.timezone ?? 'UTC'
    this.createdAt = options.createdAt
    this.#random = options.random
    this.idCode = hex(options.random.fork('id-code'), 8)
    this.companyScroll = new CompanyScroll(options.random.fork('company-scroll'))
  }

  /** The prefix and the length of real access tokens, which clients may log and must redact. */
  token(generation: number): string {
    const random = generation === 0 ? this.#random.fork('token') : this.#random.fork('token', generation)
    return `dG9rO${hex(random, 48)}`
  }

  /** 24 hex digits that begin with the second of creation. The same contact gets the same id whatever else was created. */
  newContactId(createdAt: number, identity: string): string {
    return this.#newId('contact-id', this.contacts.store, createdAt, identity)
  }

  newCompanyId(createdAt: number, identity: string): string {
    return this.#newId('company-id', this.companies.store, createdAt, identity)
  }

  #newId(stream: string, store: Store<unknown>, createdAt: number, identity: string): string {
    const seconds = createdAt.toString(16).padStart(8, '0')
    for (let attempt = 0; ; attempt += 1) {
      const id = seconds + hex(this.#random.fork(stream, identity, attempt), 16)
      if (!store.has(id)) return id
    }
  }

  /** Numbers of one kind (conversations, messages, parts, tags) count up from a place of their own. */
  newNumber(kind: NumberKind): string {
    const next = this.#numbers.get(kind) ?? this.#random.fork('first-number', kind).integer(1_000_000, 9_000_000)
    this.#numbers.set(kind, next + 1)
    return String(next)
  }
}
