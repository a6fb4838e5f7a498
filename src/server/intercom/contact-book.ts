// The contacts of one workspace: the Store and the two ways to find somebody without an id. Deleted contacts keep their
// versions but are found by nothing but the id.

import type { EffectFacts } from '../service.ts'
import { Store } from '../store.ts'
import type { Version } from '../store.ts'
import type { Contact } from './contact.ts'

export class ContactBook {
  readonly store = new Store<Contact>('contact')
  readonly #byExternalId = new Map<string, string>()
  readonly #byEmail = new Map<string, string>()

  find(id: string): Version<Contact> | undefined {
    const version = this.store.current(id)
    return version?.value.deleted ? undefined : version
  }

  findByExternalId(externalId: string): Version<Contact> | undefined {
    const id = this.#byExternalId.get(externalId)
    return id === undefined ? undefined : this.find(id)
  }

  findByEmail(email: string): Version<Contact> | undefined {
    const id = this.#byEmail.get(email.toLowerCase())
    return id === undefined ? undefined : this.find(id)
  }

  /** Contacts that are not deleted. */
  listed(): Version<Contact>[] {
    return [...this.store.all()].filter(({ value }) => !value.deleted)
  }

  /** The business key of every change to a contact is its external id. */
  commit(contact: Contact, change: string): EffectFacts {
    const before = this.store.current(contact.id)?.value
    if (before) this.#forget(before)
    if (!contact.deleted) this.#index(contact)
    return this.store.commit(contact.id, contact, { change, key: contact.externalId ?? undefined })
  }

  #index({ id, externalId, email }: Contact): void {
    if (externalId !== null) this.#byExternalId.set(externalId, id)
    if (email !== null) this.#byEmail.set(email.toLowerCase(), id)
  }

  #forget({ id, externalId, email }: Contact): void {
    if (externalId !== null && this.#byExternalId.get(externalId) === id) this.#byExternalId.delete(externalId)
    const address = email?.toLowerCase()
    if (address !== undefined && this.#byEmail.get(address) === id) this.#byEmail.delete(address)
  }
}
