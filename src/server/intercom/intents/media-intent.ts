// A customer has sent a file over WhatsApp. It is to be fetched from Meta, who forgets it after seven days, and attached to
// the conversation, once. What links the two is the id of the media: in the URL or the name of what is attached.

import assert from 'node:assert/strict'
import type { ContactRef, ConversationRef, InputOf, Intent, MediaRef } from '../../intent.ts'
import { mediaKey, newMedia } from '../../media-id.ts'
import { conversationTruth } from './conversation-truth.ts'
import { populationOf } from './population.ts'
import type { Population, Populations } from './population.ts'
import { only } from './shown.ts'

/** Told of each file that a load sends, and when; Meta must know it. */
export type MediaSent = (workspace: string, media: MediaRef, sentAt: number) => void

export function mediaIntent(populations: Populations, sent: MediaSent): Intent {
  return {
    name: 'media.fetch',
    effect: 'write',
    draw: (workspace, rank, nth, random, at) => {
      const population = populationOf(populations, workspace)
      const media = newMedia(nth, random)
      sent(workspace, media, at)
      const conversation = population.conversation(rank)
      const input: InputOf<'media.fetch'> = { media, conversation, contact: customerIn(population, conversation) }
      return { input, entity: `media:${media.id}`, key: mediaKey(media.id) }
    },
    truth: (workspace, ask, value, shown) => {
      const { conversation, media } = ask.input as InputOf<'media.fetch'>
      const fields = shown ?? only(value)
      // What was fetched may be handed over as well as where it went; the Store knows the latter.
      if (fields['id'] === media.id) return undefined
      return conversationTruth(populationOf(populations, workspace).workspace, conversation.id, fields)
    },
  }
}

/** Whoever the conversation is with: the file is theirs. */
function customerIn({ workspace }: Population, { id }: ConversationRef): ContactRef {
  const contactId = workspace.conversations.current(id)?.value.contactId ?? ''
  const contact = workspace.contacts.store.current(contactId)?.value
  assert(contact, `Conversation ${id} is with nobody.`)
  return { id: contact.id, externalId: contact.externalId ?? '', email: contact.email ?? '' }
}
