// The intents that leave a mark on a contact: a tag, which it has or has not, and a note, which it can have twice. So a tag's
// business key is the contact and the tag, and a note carries its own in its text.

import type { Truth } from '#history/event.ts'
import type { Fields } from '../../compare.ts'
import type { InputOf, Intent } from '../../intent.ts'
import type { Note } from '../note-book.ts'
import { refKey, withRef } from '../ref-token.ts'
import type { Tag } from '../tag-book.ts'
import { tagKey } from '../tagging.ts'
import type { Workspace } from '../workspace.ts'
import { contactTruth } from './contact-truth.ts'
import { content, holdsText, idOf } from './content.ts'
import { populationOf } from './population.ts'
import type { Populations } from './population.ts'
import { only } from './shown.ts'
import { storedTruth } from './stored-truth.ts'
import { noteText } from './texts.ts'

const tagNames = ['billing', 'churn risk', 'early adopter', 'feature request', 'onboarding', 'vip'] as const

export function markIntents(populations: Populations): readonly Intent[] {
  return [
    {
      name: 'tag.add',
      effect: 'write',
      draw: (workspace, rank, _nth, random) => {
        const contact = populationOf(populations, workspace).contact(rank)
        const tag = random.pick(tagNames)
        return { input: { contact, tag }, entity: `contact:${contact.id}`, key: tagKey(contact.id, tag) }
      },
      truth: (name, ask, value, shown) => {
        const { workspace } = populationOf(populations, name)
        const { contact, tag } = ask.input as InputOf<'tag.add'>
        return markTruth(workspace, contact.id, shown ?? only(value), 'tag', (fields) => {
          const asked = workspace.tags.findByName(tag)?.value.id
          return storedTruth(workspace.tags.store, asked, fields, tagFields)
        })
      },
    },
    {
      name: 'note.add',
      effect: 'write',
      draw: (workspace, rank, nth, random) => {
        const contact = populationOf(populations, workspace).contact(rank)
        const key = refKey(nth, random)
        return { input: { contact, body: withRef(noteText(random), key) }, entity: `contact:${contact.id}`, key }
      },
      truth: (name, ask, value, shown) => {
        const { workspace } = populationOf(populations, name)
        const { contact } = ask.input as InputOf<'note.add'>
        return markTruth(workspace, contact.id, shown ?? only(value), 'note', (fields) => {
          const truth = storedTruth(workspace.notes.store, undefined, fields, noteFields)
          const about = truth && workspace.notes.store.current(truth.entity.slice('note:'.length))?.value.contactId
          return truth && { ...truth, foreign: about !== undefined && about !== contact.id }
        })
      },
      content: content(['contact', 'body'], (name, input, entity) => {
        const { contact, body } = input as InputOf<'note.add'>
        const { notes } = populationOf(populations, name).workspace
        const stored = notes.store.versions(idOf('note', entity)).at(-1)?.value
        return stored && { contact: stored.contactId === contact.id, body: holdsText(stored.body, body) }
      }),
    },
  ]
}

/** A client hands over the mark, or the contact that has it now; of anything else nothing is known. */
function markTruth(
  workspace: Workspace,
  contactId: string,
  value: Fields,
  type: 'tag' | 'note',
  ofMark: (fields: Fields) => Truth | undefined,
): Truth | undefined {
  if (value['type'] === 'contact') return contactTruth(workspace, contactId, value)
  return value['type'] === type ? ofMark(value) : undefined
}

function tagFields({ id, name }: Tag): Fields {
  return { id, name }
}

function noteFields({ id, createdAt, body }: Note): Fields {
  return { id, created_at: createdAt, body }
}
