// The intents about conversations. A written text carries its business key in itself (see ref-token.ts).

import type { InputOf, Intent } from '../../intent.ts'
import { partKey } from '../conversation-part-routes.ts'
import type { Part } from '../conversation.ts'
import { refKey, withRef } from '../ref-token.ts'
import type { Workspace } from '../workspace.ts'
import { content, holdsText, idOf } from './content.ts'
import { conversationTruth, foundTruth, openedTruth } from './conversation-truth.ts'
import { populationOf } from './population.ts'
import type { Populations } from './population.ts'
import { objectsIn, only, worst, truthOfAll } from './shown.ts'
import { openingText, replyText } from './texts.ts'

export function conversationIntents(populations: Populations): readonly Intent[] {
  return [...reads(populations), ...writes(populations)]
}

function reads(populations: Populations): readonly Intent[] {
  const of = (name: string) => populationOf(populations, name)
  return [
    {
      name: 'conversation.read',
      effect: 'read',
      draw: (workspace, rank) => {
        const conversation = of(workspace).conversation(rank)
        return { input: { conversation }, entity: `conversation:${conversation.id}` }
      },
      truth: ofConversation(populations),
    },
    {
      name: 'conversation.list',
      effect: 'read',
      draw: () => ({ input: {} }),
      truth: (workspace, _ask, value, shown) => {
        const { workspace: ours } = of(workspace)
        if (shown) return conversationTruth(ours, undefined, shown)
        return truthOfAll(ours.conversations, value, (item) => conversationTruth(ours, undefined, item))
      },
    },
    {
      name: 'conversation.search',
      effect: 'read',
      draw: (workspace, rank) => {
        const contact = of(workspace).contact(rank)
        return { input: { contact }, entity: `contact:${contact.id}` }
      },
      truth: (name, ask, value, shown) => {
        const { workspace } = of(name)
        const { contact } = ask.input as InputOf<'conversation.search'>
        const items = shown ? [shown] : objectsIn(value)
        return worst(items.map((item) => foundTruth(workspace, contact.id, item)))
      },
    },
  ]
}

function writes(populations: Populations): readonly Intent[] {
  const of = (name: string) => populationOf(populations, name)
  return [
    {
      name: 'conversation.open',
      effect: 'write',
      draw: (workspace, rank, nth, random) => {
        const contact = of(workspace).contact(rank)
        const key = refKey(nth, random)
        return { input: { contact, body: withRef(openingText(random), key) }, entity: `contact:${contact.id}`, key }
      },
      truth: (workspace, ask, value, shown) => {
        const { contact } = ask.input as InputOf<'conversation.open'>
        return openedTruth(of(workspace).workspace, contact.id, shown ?? only(value))
      },
      content: content(['contact', 'body'], (workspace, input, entity) => {
        const { contact, body } = input as InputOf<'conversation.open'>
        const stored = of(workspace).workspace.conversations.versions(idOf('conversation', entity)).at(-1)?.value
        return stored && { contact: stored.contactId === contact.id, body: holdsText(stored.sourceBody, body) }
      }),
    },
    {
      name: 'conversation.reply',
      effect: 'write',
      draw: (workspace, rank, nth, random) => {
        const { id } = of(workspace).conversation(rank)
        const key = refKey(nth, random)
        const adminId = random.pick(of(workspace).adminIds) ?? ''
        const body = withRef(replyText(random), key)
        return { input: { conversation: { id }, adminId, body }, entity: `conversation:${id}`, key }
      },
      truth: ofConversation(populations),
      content: content(['conversation', 'admin', 'body'], (workspace, input, entity) => {
        const { conversation, adminId, body } = input as InputOf<'conversation.reply'>
        const part = writtenPart(of(workspace).workspace, entity)
        return {
          conversation: idOf('conversation', entity) === conversation.id,
          admin: part?.author.id === adminId,
          body: holdsText(part?.body, body),
        }
      }),
    },
    {
      name: 'conversation.close',
      effect: 'write',
      // Each conversation once: closing it again is no new piece of business.
      draw: (workspace, _rank, nth, random) => {
        const { id } = of(workspace).leastPopularConversation(nth)
        const adminId = random.pick(of(workspace).adminIds) ?? ''
        const key = partKey('close', id) ?? id
        return { input: { conversation: { id }, adminId }, entity: `conversation:${id}`, key }
      },
      truth: ofConversation(populations),
    },
  ]
}

/** What was added to a conversation last. */
export function writtenPart({ conversations }: Workspace, entity: string): Part | undefined {
  return conversations.versions(idOf('conversation', entity)).at(-1)?.value.parts.at(-1)
}

/** Of the conversation that was asked about. */
function ofConversation(populations: Populations): Intent['truth'] {
  return (name, ask, value, shown) => {
    const { conversation } = ask.input as InputOf<'conversation.read'>
    return conversationTruth(populationOf(populations, name).workspace, conversation.id, shown ?? only(value))
  }
}
