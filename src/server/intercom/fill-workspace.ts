// Fills a fresh workspace with what a workspace file says. What the file leaves open follows from the order of its items, so
// the same file makes the same workspace.

import assert from 'node:assert/strict'
import type { Prng } from '#random/prng.ts'
import type { Contact } from './contact.ts'
import { asHtml } from './conversation-changes.ts'
import type { Author, Conversation, Part } from './conversation.ts'
import { seedHelpDesk } from './seed-help-desk.ts'
import type { Admin, Workspace } from './workspace.ts'
import type { FileCompany, FileContact, FileConversation, FilePart, WorkspaceFile } from './workspace-file.ts'

const seeded = 'seeded'
const daySeconds = 86_400
/** Between two items whose times are not told. */
const stepSeconds = 600
const contactsAge = 365 * daySeconds
const conversationsAge = 30 * daySeconds

/** Articles, ticket types and tickets are not in the file: they are generated as in any workspace. */
export function fillWorkspace(workspace: Workspace, file: WorkspaceFile, nowSeconds: number, random: Prng): void {
  for (const { id, name, email } of file.admins) {
    const admin: Admin = { id: id ?? workspace.newNumber('admin'), name, email }
    workspace.admins.commit(admin.id, admin, { change: seeded })
  }
  for (const [index, company] of file.companies.entries()) fillCompany(workspace, company, nowSeconds, index)
  for (const [index, contact] of file.contacts.entries()) fillContact(workspace, contact, nowSeconds, index)
  for (const [index, conversation] of file.conversations.entries())
    fillConversation(workspace, conversation, nowSeconds, index)
  seedHelpDesk(workspace, nowSeconds, random)
}

function fillCompany(workspace: Workspace, company: FileCompany, nowSeconds: number, index: number): void {
  const createdAt = nowSeconds - contactsAge + index * stepSeconds
  const { companyId, plan, ...rest } = company
  workspace.companies.commit(
    {
      ...rest,
      id: workspace.newCompanyId(createdAt, companyId),
      companyId,
      plan: plan === null ? null : workspace.companies.plan(plan),
      monthlySpend: 0,
      remoteCreatedAt: createdAt,
      createdAt,
      updatedAt: createdAt,
      lastRequestAt: null,
      tagIds: [],
      deleted: false,
    },
    seeded,
  )
}

function fillContact(workspace: Workspace, contact: FileContact, nowSeconds: number, index: number): void {
  const createdAt = contact.createdAt ?? nowSeconds - contactsAge + index * stepSeconds
  const { externalId, role, email, name, phone, customAttributes } = contact
  const tags = contact.tags.map((tag) => ({
    id: tagNamed(workspace, tag),
    appliedAt: createdAt,
    adminId: firstAdmin(workspace).id,
  }))
  const companyIds = contact.companies.map((companyId) => {
    const company = workspace.companies.findByCompanyId(companyId)
    assert(company, `There is no company ${companyId}.`)
    return company.value.id
  })
  const whole: Contact = {
    id: contact.id ?? workspace.newContactId(createdAt, externalId),
    externalId,
    role,
    email,
    phone,
    name,
    avatar: null,
    ownerId: null,
    unsubscribedFromEmails: false,
    languageOverride: null,
    createdAt,
    updatedAt: createdAt,
    signedUpAt: role === 'user' ? createdAt : null,
    lastSeenAt: null,
    customAttributes,
    ...(tags.length > 0 && { tags }),
    ...(companyIds.length > 0 && { companyIds }),
    deleted: false,
  }
  workspace.contacts.commit(whole, seeded)
}

function tagNamed(workspace: Workspace, name: string): string {
  const known = workspace.tags.findByName(name)
  if (known) return known.value.id
  const id = workspace.newNumber('tag')
  workspace.tags.commit({ id, name, deleted: false }, seeded)
  return id
}

function fillConversation(workspace: Workspace, told: FileConversation, nowSeconds: number, index: number): void {
  const contact = workspace.contacts.findByExternalId(told.contact)?.value
  assert(contact, `There is no contact ${told.contact}.`)
  const created = told.createdAt ?? nowSeconds - conversationsAge + index * stepSeconds
  const createdAt = Math.max(created, contact.createdAt)
  const customer: Author = { type: contact.role, id: contact.id, name: contact.name, email: contact.email }
  const parts = told.parts.map((part, nth) => {
    const at = Math.min(createdAt + (nth + 1) * stepSeconds, nowSeconds)
    return partOf(workspace, part, at, customer)
  })
  if (told.state === 'closed') parts.push(closing(workspace, parts.at(-1)?.createdAt ?? createdAt))
  const isAnswered = parts.some(({ author }) => author.type === 'admin')
  const conversation: Conversation = {
    id: told.id ?? freshNumber(workspace),
    createdAt,
    updatedAt: parts.at(-1)?.createdAt ?? createdAt,
    waitingSince: isAnswered || told.state === 'closed' ? null : createdAt,
    snoozedUntil: null,
    sourceId: workspace.newNumber('message'),
    sourceBody: asHtml(told.body),
    sourceAuthor: customer,
    contactId: contact.id,
    contactExternalId: contact.externalId,
    firstContactReplyAt: createdAt,
    adminAssigneeId: told.assignee === null ? null : adminOf(workspace, told.assignee).id,
    teamAssigneeId: null,
    state: told.state,
    read: isAnswered,
    parts,
  }
  workspace.conversations.commit(conversation.id, conversation, { change: seeded })
}

/** The file may have given the next number to another conversation. */
function freshNumber(workspace: Workspace): string {
  for (;;) {
    const id = workspace.newNumber('conversation')
    if (!workspace.conversations.has(id)) return id
  }
}

function partOf(workspace: Workspace, { admin, kind, body }: FilePart, createdAt: number, customer: Author): Part {
  const author = admin === null ? customer : authorOf(adminOf(workspace, admin))
  return {
    id: workspace.newNumber('part'),
    partType: kind,
    body: asHtml(body),
    createdAt,
    assignedTo: null,
    author,
    state: 'open',
  }
}

function closing(workspace: Workspace, createdAt: number): Part {
  return {
    id: workspace.newNumber('part'),
    partType: 'close',
    body: null,
    createdAt,
    assignedTo: null,
    author: authorOf(firstAdmin(workspace)),
    state: 'closed',
  }
}

function firstAdmin(workspace: Workspace): Admin {
  const [first] = workspace.admins.all()
  assert(first, 'A workspace file has at least one admin.')
  return first.value
}

function adminOf(workspace: Workspace, email: string): Admin {
  const found = [...workspace.admins.all()].find(({ value }) => value.email.toLowerCase() === email.toLowerCase())
  assert(found, `There is no admin ${email}.`)
  return found.value
}

function authorOf({ id, name, email }: Admin): Author {
  return { type: 'admin', id, name, email }
}
