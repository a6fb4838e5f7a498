// The intents about messages that are not replies of an admin: what an admin sends on their own initiative, and what a customer
// wrote elsewhere. A written text carries its business key in itself (see ref-token.ts).

import type { InputOf, Intent } from '../../intent.ts'
import type { Message } from '../message.ts'
import { refKey, withRef } from '../ref-token.ts'
import { content, holdsText, idOf } from './content.ts'
import { writtenPart } from './conversation-intents.ts'
import { conversationTruth, openedTruth } from './conversation-truth.ts'
import { populationOf } from './population.ts'
import type { Populations } from './population.ts'
import { apiNamed, only } from './shown.ts'
import { storedTruth } from './stored-truth.ts'
import { announcementText, openingText } from './texts.ts'

export function messageIntents(populations: Populations): readonly Intent[] {
  const of = (name: string) => populationOf(populations, name)
  return [
    {
      name: 'message.send',
      effect: 'write',
      draw: (workspace, rank, nth, random) => {
        const contact = of(workspace).contact(rank)
        const adminId = random.pick(of(workspace).adminIds) ?? ''
        const key = refKey(nth, random)
        const body = withRef(announcementText(random), key)
        return { input: { contact, adminId, body }, entity: `contact:${contact.id}`, key }
      },
      truth: (name, ask, value, shown) => {
        const { workspace } = of(name)
        const { contact } = ask.input as InputOf<'message.send'>
        const fields = shown ?? only(value)
        const truth = storedTruth(workspace.messages, undefined, fields, fieldsOf)
        // A client may send by opening a conversation, whose message has the same shape.
        if (truth?.invented.includes('id') && 'conversation_id' in apiNamed(fields)) {
          return openedTruth(workspace, contact.id, fields)
        }
        const message = truth && workspace.messages.current(truth.entity.slice('message:'.length))?.value
        return truth && message ? { ...truth, foreign: !message.contactIds.includes(contact.id) } : truth
      },
      content: content(['contact', 'body'], (name, input, entity) => {
        const { contact, body } = input as InputOf<'message.send'>
        const { messages, conversations } = of(name).workspace
        const sent = messages.versions(idOf('message', entity)).at(-1)?.value
        if (sent) return { contact: sent.contactIds.includes(contact.id), body: holdsText(sent.body, body) }
        const opened = conversations.versions(idOf('conversation', entity)).at(-1)?.value
        return opened && { contact: opened.contactId === contact.id, body: holdsText(opened.sourceBody, body) }
      }),
    },
    {
      name: 'message.relay',
      effect: 'write',
      draw: (workspace, rank, nth, random) => {
        const conversation = of(workspace).conversation(rank)
        const contact = of(workspace).customerOf(conversation)
        const key = refKey(nth, random)
        const body = withRef(openingText(random), key)
        return { input: { conversation, contact, body }, entity: `conversation:${conversation.id}`, key }
      },
      truth: (workspace, ask, value, shown) => {
        const { conversation } = ask.input as InputOf<'message.relay'>
        return conversationTruth(of(workspace).workspace, conversation.id, shown ?? only(value))
      },
      content: content(['conversation', 'contact', 'body'], (workspace, input, entity) => {
        const { conversation, contact, body } = input as InputOf<'message.relay'>
        const part = writtenPart(of(workspace).workspace, entity)
        return {
          conversation: idOf('conversation', entity) === conversation.id,
          contact: part?.author.id === contact.id,
          body: holdsText(part?.body, body),
        }
      }),
    },
  ]
}

function fieldsOf({ id, createdAt, messageType, subject, body }: Message): Record<string, unknown> {
  return { id, created_at: createdAt, message_type: messageType, subject: subject ?? undefined, body }
}
