// A data event: what a contact did, as the customer's application tells it.

import type { Contact } from './contact.ts'
import type { CustomAttributes } from './contact.ts'
import { refIn } from './ref-token.ts'

export type DataEvent = {
  readonly id: string
  readonly name: string
  readonly createdAt: number
  readonly contactId: string
  readonly externalId: string | null
  readonly email: string | null
  readonly metadata: CustomAttributes
}

/** What makes two events the same one to Intercom, within a workspace. */
export function eventIdentity({ id, externalId }: Contact, name: string, createdAt: number): string {
  return JSON.stringify([externalId ?? id, name, createdAt])
}

/** The business key does not depend on the time: who repeats an event without its time makes a duplicate. */
export function eventKey(name: unknown): string | undefined {
  return refIn(name)
}
