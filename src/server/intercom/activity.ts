// What happens in a workspace without the client: customers write, colleagues edit. Each happening goes through the API's own
// routes, outside of every quota, and says what a webhook would tell of it.

import assert from 'node:assert/strict'
import { UserError } from '#context/user-error.ts'
import type { Prng } from '#random/prng.ts'
import { noLevers } from '../service.ts'
import type { EffectFacts, Levers } from '../service.ts'
import type { Happening, Notice } from '../webhooks/notice.ts'
import type { Answer } from './answer.ts'
import type { JsonObject } from './call.ts'
import { hex } from './identifiers.ts'
import { serve } from './lagging.ts'
import { matchRoute } from './routes.ts'
import { openingText, personName } from './intents/texts.ts'
import type { Workspace } from './workspace.ts'

export const activityTopics = [
  'conversation.user.created',
  'conversation.user.replied',
  'contact.user.created',
  'contact.user.updated',
] as const

type ActivityTopic = (typeof activityTopics)[number]

export type ActivityOptions = {
  /** The message carries a file. Contacts have none. */
  readonly attachment?: boolean
}

export type Occasion = ActivityOptions & {
  /** A stream of this one happening. */
  readonly random: Prng
  readonly epochMs: number
  /** Those in force: a webhook shows no attachment that the API does not show. */
  readonly levers: Levers
}

const remarks = [
  'Is there any news on this?',
  'It works on my phone now, but not on the laptop.',
  'Sorry, I meant the other account.',
  'Here is what I see on my side.',
  'Thank you, that helped!',
  'It happened again ten minutes ago.',
] as const
const files = ['screenshot.png', 'voice-message.ogg', 'invoice.pdf', 'photo.jpg'] as const

export function happen(workspace: Workspace, topic: string, occasion: Occasion): Happening {
  assert(isActivityTopic(topic), `Nothing happens under the topic ${topic}.`)
  const { effects, entity, item } = happenings[topic](workspace, occasion)
  const notification: Notice = { topic, appId: workspace.idCode, entity, item }
  return { effects, notification }
}

const happenings: Readonly<Record<ActivityTopic, (workspace: Workspace, occasion: Occasion) => Told>> = {
  'conversation.user.created': openConversation,
  'conversation.user.replied': replyToConversation,
  'contact.user.created': createContact,
  'contact.user.updated': updateContact,
}

function isActivityTopic(topic: string): topic is ActivityTopic {
  return Object.hasOwn(happenings, topic)
}

type Told = { readonly effects: readonly EffectFacts[]; readonly entity: string; readonly item: JsonObject }

function openConversation(workspace: Workspace, occasion: Occasion): Told {
  const { random, attachment } = occasion
  const contactId = anyContact(workspace, random)
  const body = { from: { type: 'user', id: contactId }, body: openingText(random) }
  const opened = perform(workspace, occasion, 'POST', '/conversations', body)
  const id = String(objectIn(opened)['conversation_id'])
  // The API takes no files with a first message, so the file comes right after it.
  const filed = attachment === true ? write(workspace, occasion, id, contactId).effects : []
  return tellConversation(workspace, occasion, id, [...opened.effects, ...filed])
}

function replyToConversation(workspace: Workspace, occasion: Occasion): Told {
  const open = [...workspace.conversations.all()]
    .map(({ value }) => value)
    .filter((conversation) => !conversation.deleted && workspace.contacts.find(conversation.contactId))
  const conversation = occasion.random.pick(open)
  if (!conversation) throw nobody(workspace, 'conversation that a customer could reply to')
  const { effects } = write(workspace, occasion, conversation.id, conversation.contactId)
  return tellConversation(workspace, occasion, conversation.id, effects)
}

/** A customer's message into a conversation. */
function write(workspace: Workspace, occasion: Occasion, id: string, contactId: string): Answer {
  const { random, attachment } = occasion
  const body = { message_type: 'comment', type: 'user', intercom_user_id: contactId, body: random.pick(remarks) }
  const url = `https://downloads.intercomcdn.com/i/o/${workspace.idCode}/${hex(random, 16)}/${random.pick(files)}`
  const attached = attachment === true ? { attachment_urls: [url] } : {}
  return perform(workspace, occasion, 'POST', `/conversations/${id}/reply`, { ...body, ...attached })
}

/** A webhook shows the conversation with its newest part alone. */
function tellConversation(workspace: Workspace, occasion: Occasion, id: string, effects: readonly EffectFacts[]): Told {
  const whole = objectIn(perform(workspace, occasion, 'GET', `/conversations/${id}`))
  const { conversation_parts: parts } = whole['conversation_parts'] as { conversation_parts: readonly unknown[] }
  const newest = parts.slice(-1)
  const list = { type: 'conversation_part.list', conversation_parts: newest, total_count: newest.length }
  return { effects, entity: workspace.conversations.entity(id), item: { ...whole, conversation_parts: list } }
}

function createContact(workspace: Workspace, occasion: Occasion): Told {
  const { random } = occasion
  const externalId = `walk-in-${hex(random, 10)}`
  const body = {
    role: 'user',
    external_id: externalId,
    email: `${externalId}@customers.example`,
    name: personName(random),
    custom_attributes: { plan: 'free', seats: 1 },
  }
  return tellContact(workspace, perform(workspace, occasion, 'POST', '/contacts', body))
}

function updateContact(workspace: Workspace, occasion: Occasion): Told {
  const { random } = occasion
  const id = anyContact(workspace, random)
  const seats = Number(workspace.contacts.find(id)?.value.customAttributes['seats'] ?? 0)
  // One more seat than before: whatever the name, it is a change.
  const body = { name: personName(random), custom_attributes: { seats: seats + 1 } }
  return tellContact(workspace, perform(workspace, occasion, 'PUT', `/contacts/${id}`, body))
}

function tellContact(workspace: Workspace, said: Answer): Told {
  const item = objectIn(said)
  return { effects: said.effects, entity: workspace.contacts.store.entity(String(item['id'])), item }
}

/** Only a workspace file can leave a workspace so empty. */
function nobody({ name }: Workspace, what: string): UserError {
  return new UserError(`the workspace ${name} has no ${what}, and its activity needs one`, {
    hint: 'Add some to the workspace file, or leave the activity out.',
  })
}

function anyContact(workspace: Workspace, random: Prng): string {
  const contact = random.pick(workspace.contacts.listed())
  if (!contact) throw nobody(workspace, 'contact')
  return contact.value.id
}

function perform(
  workspace: Workspace,
  occasion: Occasion,
  method: string,
  path: string,
  body: JsonObject = {},
): Answer {
  const { epochMs, levers } = occasion
  const match = matchRoute(method, path)
  assert(match, `There is no route ${method} ${path}.`)
  const { route, ...parameters } = match
  const now = Math.floor(epochMs / 1_000)
  const call = { workspace, ...parameters, query: new URLSearchParams(), body, version: 14, now }
  const { attachmentLagMs } = levers
  const { said } = serve(route, call, epochMs, { ...noLevers, attachmentLagMs })
  assert(said.kind === 'answer', `${method} ${path} of a happening was refused.`)
  return said
}

function objectIn({ text }: Answer): JsonObject {
  return JSON.parse(text) as JsonObject
}
