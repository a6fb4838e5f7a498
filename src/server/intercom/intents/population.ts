// Whom loads ask about: the people and conversations a workspace started with, most popular first. Taken once, so that what
// a client does to the Store never changes what is asked next.

import assert from 'node:assert/strict'
import type { ContactRef, ConversationRef } from '../../intent.ts'
import type { Workspace } from '../workspace.ts'

export class Population {
  readonly workspace: Workspace
  readonly #contacts: readonly ContactRef[]
  readonly #conversations: readonly ConversationRef[]
  readonly adminIds: readonly string[]

  constructor(workspace: Workspace) {
    this.workspace = workspace
    this.#contacts = workspace.contacts
      .listed()
      .map(({ value }) => ({ id: value.id, externalId: value.externalId ?? '', email: value.email ?? '' }))
    this.#conversations = [...workspace.conversations.ids()].map((id) => ({ id }))
    this.adminIds = [...workspace.admins.ids()]
  }

  contact(rank: number): ContactRef {
    return this.#at(this.#contacts, rank, 'contacts')
  }

  /** From the least popular end: for asks that use a contact up. */
  leastPopularContact(nth: number): ContactRef {
    return this.#at(this.#contacts, this.#contacts.length - 1 - (nth % this.#contacts.length), 'contacts')
  }

  conversation(rank: number): ConversationRef {
    return this.#at(this.#conversations, rank, 'conversations')
  }

  leastPopularConversation(nth: number): ConversationRef {
    const size = this.#conversations.length
    return this.#at(this.#conversations, size - 1 - (nth % size), 'conversations')
  }

  #at<T>(items: readonly T[], rank: number, what: string): T {
    const item = items[rank % items.length]
    assert(item !== undefined, `Workspace ${this.workspace.name} has no ${what} to ask about.`)
    return item
  }
}

export type Populations = ReadonlyMap<string, Population>

export function populationOf(populations: Populations, name: string): Population {
  const population = populations.get(name)
  assert(population, `There is no workspace ${name}.`)
  return population
}
