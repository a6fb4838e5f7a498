// Whom loads ask about: the people and conversations a workspace started with, most popular first. Taken once, so that what
// a client does to the Store never changes what is asked next.

import assert from 'node:assert/strict'
import { UserError } from '#context/user-error.ts'
import type { ArticleRef, CompanyRef, ContactRef, ConversationRef, LeadRef, TicketRef } from '../../intent.ts'
import { listedConversations } from '../conversation-changes.ts'
import { ageSeconds } from '../workspace.ts'
import type { Workspace } from '../workspace.ts'

export class Population {
  readonly workspace: Workspace
  readonly #contacts: readonly ContactRef[]
  readonly #leads: readonly LeadRef[]
  readonly #companies: readonly CompanyRef[]
  readonly #conversations: readonly ConversationRef[]
  readonly #openLast: readonly ConversationRef[]
  readonly #customers = new Map<string, ContactRef>()
  readonly #tickets: readonly TicketRef[]
  readonly #articles: readonly ArticleRef[]
  readonly adminIds: readonly string[]
  /** Of tickets that customers can have. */
  readonly ticketTypeIds: readonly string[]
  /** When the run began. */
  readonly startSeconds: number

  constructor(workspace: Workspace) {
    this.workspace = workspace
    const people = workspace.contacts.listed()
    this.#leads = people.filter(({ value }) => value.role === 'lead').map(({ value }) => ({ id: value.id }))
    this.#contacts = people
      .filter(({ value }) => value.role === 'user')
      .map(({ value }) => ({ id: value.id, externalId: value.externalId ?? '', email: value.email ?? '' }))
    this.#companies = workspace.companies.listed().map(({ value: { id, companyId } }) => ({ id, companyId }))
    this.#conversations = [...workspace.conversations.ids()].map((id) => ({ id }))
    const isClosed = ({ id }: ConversationRef) => workspace.conversations.current(id)?.value.state === 'closed'
    this.#openLast = [...this.#conversations.filter(isClosed), ...this.#conversations.filter((one) => !isClosed(one))]
    const byId = new Map(this.#contacts.map((contact) => [contact.id, contact]))
    for (const { value } of listedConversations(workspace)) {
      const customer = byId.get(value.contactId)
      if (customer) this.#customers.set(value.id, customer)
    }
    this.#tickets = [...workspace.tickets.ids()].map((id) => ({ id }))
    this.#articles = [...workspace.articles.ids()].map((id) => ({ id }))
    this.ticketTypeIds = [...workspace.ticketTypes.all()]
      .filter(({ value }) => value.category === 'Customer')
      .map(({ value }) => value.id)
    this.startSeconds = workspace.createdAt + ageSeconds
    this.adminIds = [...workspace.admins.ids()]
  }

  contact(rank: number): ContactRef {
    return this.#at(this.#contacts, rank, 'contacts')
  }

  /** From the least popular end: for asks that use a contact up. */
  leastPopularContact(nth: number): ContactRef {
    return this.#at(this.#contacts, this.#contacts.length - 1 - (nth % this.#contacts.length), 'contacts')
  }

  lead(nth: number): LeadRef {
    return this.#at(this.#leads, nth, 'leads')
  }

  company(rank: number): CompanyRef {
    return this.#at(this.#companies, rank, 'companies')
  }

  conversation(rank: number): ConversationRef {
    return this.#at(this.#conversations, rank, 'conversations')
  }

  /** Whoever the conversation is with. */
  customerOf({ id }: ConversationRef): ContactRef {
    const customer = this.#customers.get(id)
    assert(customer, `Conversation ${id} is with nobody.`)
    return customer
  }

  ticket(rank: number): TicketRef {
    return this.#at(this.#tickets, rank, 'tickets')
  }

  article(rank: number): ArticleRef {
    return this.#at(this.#articles, rank, 'articles')
  }

  /** Those first that were open when the run began: closing a closed one is no piece of business. */
  leastPopularConversation(nth: number): ConversationRef {
    const size = this.#openLast.length
    return this.#at(this.#openLast, size - 1 - (nth % size), 'conversations')
  }

  #at<T>(items: readonly T[], rank: number, what: string): T {
    const item = items[rank % items.length]
    if (item === undefined)
      throw new UserError(`the workspace ${this.workspace.name} has no ${what} to ask about`, {
        hint: 'A load asks for them: add some to the workspace, or leave the load out.',
      })
    return item
  }
}

export type Populations = ReadonlyMap<string, Population>

export function populationOf(populations: Populations, name: string): Population {
  const population = populations.get(name)
  assert(population, `There is no workspace ${name}.`)
  return population
}
