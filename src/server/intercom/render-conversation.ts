// Conversations in the shape of API 2.14: without parts in lists, with the 500 newest parts alone.

import type { Moment } from '../moment.ts'
import { attachmentShape } from './attachment.ts'
import type { Author, Conversation, ConversationTag, Part } from './conversation.ts'

const partsShown = 500
const listTexts = new WeakMap<Conversation, string>()
const wholeTexts = new WeakMap<Conversation, string>()
const partTexts = new WeakMap<Part, string>()

export function conversationListText(conversation: Conversation): string {
  return remember(listTexts, conversation, () => JSON.stringify(conversationShape(conversation)))
}

/** The parts' texts outlive a conversation's version, so that a long conversation is not rendered anew for each reply. What
 * the moment hides is rendered for this moment only. */
export function conversationText(conversation: Conversation, moment?: Moment): string {
  const shown = conversation.parts.slice(-partsShown)
  const late = moment?.delaysAttachments ? shown.filter((part) => isLate(part, moment)) : []
  if (late.length === 0) return remember(wholeTexts, conversation, () => wholeText(conversation, shown.map(partText)))
  const texts = shown.map((part) => (late.includes(part) ? newPartText({ ...part, attachments: [] }) : partText(part)))
  return wholeText(conversation, texts)
}

function wholeText(conversation: Conversation, parts: readonly string[]): string {
  const head = conversationListText(conversation).slice(0, -1)
  const list = `{"type":"conversation_part.list","conversation_parts":[${parts.join(',')}],"total_count":${conversation.parts.length}}`
  return `${head},"conversation_parts":${list}}`
}

function isLate({ attachments = [], createdAt }: Part, moment: Moment): boolean {
  return attachments.length > 0 && moment.hidesAttachment(createdAt * 1_000)
}

function conversationShape(conversation: Conversation): Record<string, unknown> {
  const { contactId, contactExternalId, firstContactReplyAt } = conversation
  return {
    type: 'conversation',
    id: conversation.id,
    created_at: conversation.createdAt,
    updated_at: conversation.updatedAt,
    waiting_since: conversation.waitingSince,
    snoozed_until: conversation.snoozedUntil,
    source: {
      type: 'conversation',
      id: conversation.sourceId,
      delivered_as: deliveredAs(conversation),
      subject: '',
      body: conversation.sourceBody,
      author: authorShape(conversation.sourceAuthor),
      attachments: [],
      url: null,
      redacted: false,
    },
    contacts: { type: 'contact.list', contacts: [{ type: 'contact', id: contactId, external_id: contactExternalId }] },
    first_contact_reply:
      firstContactReplyAt === null ? null : { created_at: firstContactReplyAt, type: 'conversation', url: null },
    admin_assignee_id: numeric(conversation.adminAssigneeId),
    team_assignee_id: numeric(conversation.teamAssigneeId),
    open: conversation.state !== 'closed',
    state: conversation.state,
    read: conversation.read,
    tags: { type: 'tag.list', tags: (conversation.tags ?? []).map(tagShape) },
    priority: 'not_priority',
    sla_applied: null,
    statistics: null,
    conversation_rating: null,
    teammates: null,
    title: conversation.title ?? null,
    custom_attributes: conversation.customAttributes ?? {},
    topics: {},
    ticket: null,
    linked_objects: { type: 'list', data: [], total_count: 0, has_more: false },
    ai_agent: null,
    ai_agent_participated: false,
  }
}

function partText(part: Part): string {
  return remember(partTexts, part, () => newPartText(part))
}

function newPartText(part: Part): string {
  return JSON.stringify({
    type: 'conversation_part',
    id: part.id,
    part_type: part.partType,
    body: part.body,
    created_at: part.createdAt,
    updated_at: part.createdAt,
    notified_at: part.createdAt,
    assigned_to: part.assignedTo,
    author: authorShape(part.author),
    attachments: (part.attachments ?? []).map(attachmentShape),
    external_id: null,
    redacted: false,
    metadata: {},
    email_message_metadata: null,
    state: part.state,
    tags: [],
    event_details: null,
    app_package_code: null,
  })
}

export function deliveredAs({ sourceAuthor }: Conversation): string {
  return sourceAuthor.type === 'admin' ? 'admin_initiated' : 'customer_initiated'
}

export function tagShape({ id, name, appliedAt, adminId }: ConversationTag): Record<string, unknown> {
  return { type: 'tag', id, name, applied_at: appliedAt, applied_by: { type: 'admin', id: adminId } }
}

function authorShape({ type, id, name, email }: Author): Author {
  return { type, id, name, email }
}

function numeric(id: string | null): number | null {
  return id === null ? null : Number(id)
}

function remember<K extends object>(texts: WeakMap<K, string>, key: K, make: () => string): string {
  const known = texts.get(key)
  if (known !== undefined) return known
  const text = make()
  texts.set(key, text)
  return text
}
