// The contacts of one workspace: the Store and the two ways to find somebody without an id. Deleted contacts keep their
// versions but are found by nothing but the id. While the moment is late the indexes are of no use, as they tell the present.

import type { EffectFacts } from '../service.ts'
import type { Moment } from '../moment.ts'
import { Store } from '../store.ts'
import type { Version } from '../store.ts'
import type { Contact } from './contact.ts'

export class ContactBook {
  readonly store: Store<Contact>
  readonly #byExternalId = new Map<string, string>()
  readonly #byEmail = new Map<string, string>()
  readonly #byCompany = new Map<string, Set<string>>()

  constructor(moment?: Moment) {
    this.store = new Store('contact', moment)
  }

  find(id: string): Version<Contact> | undefined {
    const version = this.store.current(id)
    return version?.value.deleted ? undefined : version
  }

  findByExternalId(externalId: string): Version<Contact> | undefined {
    if (this.store.moment.isLate) return this.listed().find(({ value }) => value.externalId === externalId)
    const id = this.#byExternalId.get(externalId)
    return id === undefined ? undefined : this.find(id)
  }

  findByEmail(email: string): Version<Contact> | undefined {
    const address = email.toLowerCase()
    if (this.store.moment.isLate) return this.listed().find(({ value }) => value.email?.toLowerCase() === address)
    const id = this.#byEmail.get(address)
    return id === undefined ? undefined : this.find(id)
  }

  /** Contacts that are neither deleted nor archived. */
  listed(): Version<Contact>[] {
    return [...this.store.all()].filter(({ value }) => !value.deleted && !value.archived)
  }

  /** Contacts attached to a company, in the order they were attached. */
  ofCompany(companyId: string): Version<Contact>[] {
    if (this.store.moment.isLate) return this.listed().filter(({ value }) => value.companyIds?.includes(companyId))
    const attached = [...(this.#byCompany.get(companyId) ?? [])].flatMap((id) => this.find(id) ?? [])
    return attached.filter(({ value }) => !value.archived)
  }

  /** The business key of a change to a contact is its external id, unless another is given; `null`: none. */
  commit(contact: Contact, change: string, key: string | null = contact.externalId): EffectFacts {
    const before = this.store.current(contact.id)?.value
    if (before) this.#forget(before)
    if (!contact.deleted) this.#index(contact)
    return this.store.commit(contact.id, contact, { change, key: key ?? undefined })
  }

  #index({ id, externalId, email, companyIds = [] }: Contact): void {
    for (const company of companyIds) this.#byCompany.set(company, (this.#byCompany.get(company) ?? new Set()).add(id))
    if (externalId !== null) this.#byExternalId.set(externalId, id)
    if (email !== null) this.#byEmail.set(email.toLowerCase(), id)
  }

  #forget({ id, externalId, email, companyIds = [] }: Contact): void {
    for (const company of companyIds) this.#byCompany.get(company)?.delete(id)
    if (externalId !== null && this.#byExternalId.get(externalId) === id) this.#byExternalId.delete(externalId)
    const address = email?.toLowerCase()
    if (address !== undefined && this.#byEmail.get(address) === id) this.#byEmail.delete(address)
  }
}
