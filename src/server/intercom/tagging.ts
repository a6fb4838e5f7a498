// Putting tags on contacts and companies, and taking them off. What is so already changes nothing.

import type { EffectFacts } from '../service.ts'
import type { CompanyBook } from './company-book.ts'
import type { Company } from './company.ts'
import type { Contact } from './contact.ts'
import type { Conversation } from './conversation.ts'
import { ownAdmin } from './me-routes.ts'
import type { Tag } from './tag-book.ts'
import type { Workspace } from './workspace.ts'

/** A contact has a tag or not, so tagging it is one piece of business, known by the tag's name. */
export function tagKey(contactId: string, name: string): string {
  return `tag-${contactId}-${name}`
}

export function tagContact(workspace: Workspace, contact: Contact, { id, name }: Tag, now: number): EffectFacts[] {
  const { tags = [] } = contact
  if (tags.some((tag) => tag.id === id)) return []
  const applied = { id, appliedAt: now, adminId: ownAdmin(workspace).id }
  const changed = { ...contact, tags: [...tags, applied], updatedAt: now }
  return [workspace.contacts.commit(changed, 'tag added', tagKey(contact.id, name))]
}

export function untagContact(workspace: Workspace, contact: Contact, { id, name }: Tag, now: number): EffectFacts[] {
  const tags = contact.tags?.filter((tag) => tag.id !== id) ?? []
  if (tags.length === (contact.tags?.length ?? 0)) return []
  const changed = { ...contact, tags, updatedAt: now }
  return [workspace.contacts.commit(changed, 'tag removed', `un${tagKey(contact.id, name)}`)]
}

export function tagCompany(companies: CompanyBook, company: Company, { id }: Tag, now: number): EffectFacts[] {
  if (company.tagIds.includes(id)) return []
  return [companies.commit({ ...company, tagIds: [...company.tagIds, id], updatedAt: now }, 'tag added', null)]
}

export function untagCompany(companies: CompanyBook, company: Company, { id }: Tag, now: number): EffectFacts[] {
  if (!company.tagIds.includes(id)) return []
  const tagIds = company.tagIds.filter((other) => other !== id)
  return [companies.commit({ ...company, tagIds, updatedAt: now }, 'tag removed', null)]
}

function untagConversation(workspace: Workspace, conversation: Conversation, { id }: Tag, now: number): EffectFacts[] {
  const tags = conversation.tags?.filter((tag) => tag.id !== id) ?? []
  if (tags.length === (conversation.tags?.length ?? 0)) return []
  const changed = { ...conversation, tags, updatedAt: now }
  return [workspace.conversations.commit(conversation.id, changed, { change: 'tag removed' })]
}

/** For a tag that is no more. */
export function untagAll(workspace: Workspace, tag: Tag, now: number): EffectFacts[] {
  const { contacts, companies, conversations } = workspace
  return [
    ...contacts.listed().flatMap(({ value }) => untagContact(workspace, value, tag, now)),
    ...companies.listed().flatMap(({ value }) => untagCompany(companies, value, tag, now)),
    ...[...conversations.all()].flatMap(({ value }) => untagConversation(workspace, value, tag, now)),
  ]
}
