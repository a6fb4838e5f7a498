// The notes of one workspace, by the contact they are about. A note never changes.

import type { Moment } from '../moment.ts'
import type { EffectFacts } from '../service.ts'
import { Store } from '../store.ts'
import type { Version } from '../store.ts'
import { refIn } from './ref-token.ts'

export type Note = {
  readonly id: string
  readonly createdAt: number
  readonly contactId: string
  readonly adminId: string
  /** HTML. */
  readonly body: string
}

const none: readonly Version<Note>[] = []

export class NoteBook {
  readonly store: Store<Note>
  readonly #byContact = new Map<string, string[]>()

  constructor(moment?: Moment) {
    this.store = new Store('note', moment)
  }

  /** Newest first. */
  ofContact(contactId: string): readonly Version<Note>[] {
    const ids = this.#byContact.get(contactId)
    return ids ? ids.toReversed().flatMap((id) => this.store.current(id) ?? []) : none
  }

  /** The business key is the one in its text. */
  add(note: Note): EffectFacts {
    const ids = this.#byContact.get(note.contactId) ?? []
    this.#byContact.set(note.contactId, [...ids, note.id])
    return this.store.commit(note.id, note, { change: 'note added', key: refIn(note.body) })
  }
}
