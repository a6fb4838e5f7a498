// Fills a fresh workspace with people, companies and conversations, as if it had been in use for two years. Nothing here is an effect of
// the run: it is version 1 of everything.

import type { Prng } from '#random/prng.ts'
import type { Contact } from './contact.ts'
import type { Author, Conversation, Part } from './conversation.ts'
import { seedHelpDesk } from './seed-help-desk.ts'
import { seedCompanies } from './seed-companies.ts'
import { firstNames, lastNames } from './seed-names.ts'
import type { Admin, Workspace } from './workspace.ts'

const daySeconds = 86_400
const historyDays = 730

const questions = [
  'Where can I change the billing address?',
  'The export has been stuck at 90 % since this morning.',
  'Can I move my data to another workspace?',
  'How do I invite a colleague?',
  'My invoice shows the wrong plan.',
] as const

export type Population = {
  readonly contacts: number
  readonly conversations: number
  readonly companies: number
  readonly leads?: number | undefined
}

export function seedWorkspace(workspace: Workspace, population: Population, nowSeconds: number, random: Prng): void {
  const admins = ['Ciara Doyle', 'Amara Nwosu', 'Felix Brandt'].map((name): Admin => {
    const id = workspace.newNumber('admin')
    return { id, name, email: `${slug(name)}@support.example` }
  })
  for (const admin of admins) workspace.admins.commit(admin.id, admin, { change: 'seeded' })
  const contacts = Array.from({ length: population.contacts }, (_, index) =>
    seedContact(workspace, index, nowSeconds, random.fork('contact', index)),
  )
  for (const contact of contacts) workspace.contacts.commit(contact, 'seeded')
  for (let index = 0; index < (population.leads ?? 0); index += 1) {
    const lead = seedLead(workspace, index, nowSeconds, random.fork('lead', index))
    workspace.contacts.commit(lead, 'seeded')
  }
  seedCompanies(workspace, population.companies, nowSeconds, random.fork('companies'))
  seedHelpDesk(workspace, nowSeconds, random)
  for (let index = 0; index < population.conversations; index += 1) {
    const contact = contacts[index % Math.max(1, contacts.length)]
    if (!contact) return
    const admin = admins[index % admins.length] as Admin
    const conversation = seedConversation(workspace, contact, admin, nowSeconds, random.fork('conversation', index))
    workspace.conversations.commit(conversation.id, conversation, { change: 'seeded' })
  }
}

function seedContact(workspace: Workspace, index: number, nowSeconds: number, random: Prng): Contact {
  const name = `${random.pick(firstNames)} ${random.pick(lastNames)}`
  const externalId = `customer-${10_000 + index}`
  const createdAt = nowSeconds - random.integer(daySeconds, historyDays * daySeconds)
  const updatedAt = random.integer(createdAt, nowSeconds - 60)
  return {
    id: workspace.newContactId(createdAt, externalId),
    externalId,
    role: 'user',
    email: `${slug(name)}.${index}@customers.example`,
    phone: null,
    name,
    avatar: null,
    ownerId: null,
    unsubscribedFromEmails: false,
    languageOverride: null,
    createdAt,
    updatedAt,
    signedUpAt: createdAt,
    lastSeenAt: updatedAt,
    customAttributes: { plan: random.pick(['free', 'team', 'enterprise']), seats: random.integer(1, 250) },
    deleted: false,
  }
}

/** Somebody who came by some days ago, and is in nobody's books. */
function seedLead(workspace: Workspace, index: number, nowSeconds: number, random: Prng): Contact {
  const createdAt = nowSeconds - random.integer(60, 7 * daySeconds)
  const name = `${random.pick(firstNames)} ${random.pick(lastNames)}`
  return {
    id: workspace.newContactId(createdAt, 'lead'),
    externalId: null,
    role: 'lead',
    email: `${slug(name)}.visitor.${index}@customers.example`,
    phone: null,
    name,
    avatar: null,
    ownerId: null,
    unsubscribedFromEmails: false,
    languageOverride: null,
    createdAt,
    updatedAt: createdAt,
    signedUpAt: null,
    lastSeenAt: createdAt,
    customAttributes: {},
    deleted: false,
  }
}

function seedConversation(
  workspace: Workspace,
  contact: Contact,
  admin: Admin,
  nowSeconds: number,
  random: Prng,
): Conversation {
  const createdAt = random.integer(contact.createdAt, nowSeconds - 120)
  const updatedAt = Math.min(createdAt + random.integer(30, 7_200), nowSeconds - 30)
  const state = random.next() < 0.6 ? 'open' : 'closed'
  const author: Author = { type: 'user', id: contact.id, name: contact.name, email: contact.email }
  const part: Part = {
    id: workspace.newNumber('part'),
    partType: state === 'closed' ? 'close' : 'comment',
    body: '<p>Thank you for asking. We are looking into it.</p>',
    createdAt: updatedAt,
    assignedTo: null,
    author: { type: 'admin', ...admin },
    state,
  }
  return {
    id: workspace.newNumber('conversation'),
    createdAt,
    updatedAt,
    waitingSince: null,
    snoozedUntil: null,
    sourceId: workspace.newNumber('message'),
    sourceBody: `<p>${random.pick(questions)}</p>`,
    sourceAuthor: author,
    contactId: contact.id,
    contactExternalId: contact.externalId,
    firstContactReplyAt: createdAt,
    adminAssigneeId: admin.id,
    teamAssigneeId: null,
    state,
    read: true,
    parts: [part],
  }
}

function slug(name: string): string {
  return name
    .normalize('NFD')
    .toLowerCase()
    .replaceAll(/[^a-z]+/gu, '.')
    .replaceAll(/^\.|\.$/gu, '')
}
