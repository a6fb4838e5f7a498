// Fills a fresh workspace with ticket types, tickets and articles. Every stream is forked anew, so the people and conversations
// beside them stay as they are.

import type { Prng } from '#random/prng.ts'
import { botOf } from './acting-admin.ts'
import type { Article } from './article.ts'
import type { Contact } from './contact.ts'
import { articleBodies, articleTitles, ticketDescriptions, ticketTitles } from './seed-texts.ts'
import { descriptionAttribute, titleAttribute } from './ticket.ts'
import type { Ticket, TicketPart, TicketState, TicketType, TicketTypeAttribute } from './ticket.ts'
import type { Workspace } from './workspace.ts'

const tickets = 60
const articles = 40
const daySeconds = 86_400
const historyDays = 365

const states = [
  ['submitted', 'Submitted', 'Submitted'],
  ['in_progress', 'In progress', 'In progress'],
  ['waiting_on_customer', 'Waiting on customer', 'Waiting on you'],
  ['resolved', 'Resolved', 'Resolved'],
] as const

const types = [
  ['Bug report', 'Something does not work as it should.', '🐞', 'Customer'],
  ['Feature request', 'Something is missing.', '💡', 'Customer'],
  ['Refund', 'Money goes back to the customer.', '💳', 'Back-office'],
  ['Known problem', 'Many customers are affected by it.', '📌', 'Tracker'],
] as const

const seeded = { change: 'seeded' }

export function seedHelpDesk(workspace: Workspace, nowSeconds: number, random: Prng): void {
  for (const [index, [category, internalLabel, externalLabel]] of states.entries()) {
    const state: TicketState = { id: String(8_001 + index), category, internalLabel, externalLabel }
    workspace.ticketStates.commit(state.id, state, seeded)
  }
  for (const [index, [name, description, icon, category]] of types.entries()) {
    const id = String(101 + index)
    const attributes = attributesOf(index)
    const type: TicketType = { id, name, description, icon, category, createdAt: workspace.createdAt, attributes }
    workspace.ticketTypes.commit(id, type, seeded)
  }
  const contacts = workspace.contacts.listed().map(({ value }) => value)
  for (let index = 0; index < tickets && contacts.length > 0; index += 1) {
    const contact = contacts[(index * 7) % contacts.length] as Contact
    const ticket = seedTicket(workspace, contact, index, nowSeconds, random.fork('ticket', index))
    workspace.tickets.commit(ticket.id, ticket, seeded)
  }
  const authors = [...workspace.admins.ids()]
  for (let index = 0; index < articles && authors.length > 0; index += 1) {
    const authorId = authors[index % authors.length] as string
    const article = seedArticle(workspace, authorId, index, nowSeconds, random.fork('article', index))
    workspace.articles.commit(article.id, article, seeded)
  }
}

function attributesOf(type: number): TicketTypeAttribute[] {
  const common = { description: '', dataType: 'string', isDefault: true } as const
  return [
    { ...common, id: String(1_001 + type * 2), name: titleAttribute, multiline: false },
    { ...common, id: String(1_002 + type * 2), name: descriptionAttribute, multiline: true },
  ]
}

function seedTicket(workspace: Workspace, contact: Contact, index: number, nowSeconds: number, random: Prng): Ticket {
  const createdAt = nowSeconds - random.integer(3_600, historyDays * daySeconds)
  const updatedAt = Math.min(createdAt + random.integer(60, 3 * daySeconds), nowSeconds - 60)
  const [category] = random.pick(states) ?? states[0]
  const admin = random.pick([...workspace.admins.all()])?.value
  const part: TicketPart = {
    id: workspace.newNumber('ticket-part'),
    partType: 'ticket_state_updated_by_admin',
    createdAt,
    author: botOf(workspace),
    states: { now: category, before: 'submitted' },
  }
  const typeId = String(101 + random.integer(0, types.length - 1))
  const stateId = String(8_001 + states.findIndex(([known]) => known === category))
  return {
    id: workspace.newNumber('ticket'),
    ticketId: String(index + 1),
    typeId,
    stateId,
    attributes: {
      [titleAttribute]: random.pick(ticketTitles),
      [descriptionAttribute]: random.pick(ticketDescriptions),
    },
    contacts: [{ id: contact.id, externalId: contact.externalId }],
    adminAssigneeId: random.next() < 0.7 ? (admin?.id ?? null) : null,
    teamAssigneeId: null,
    createdAt,
    updatedAt,
    open: category !== 'resolved',
    snoozedUntil: null,
    isShared: typeId === '101' || typeId === '102',
    parts: [part],
  }
}

function seedArticle(workspace: Workspace, authorId: string, index: number, nowSeconds: number, random: Prng): Article {
  const createdAt = nowSeconds - random.integer(daySeconds, historyDays * daySeconds)
  const title = articleTitles[index % articleTitles.length] ?? ''
  const edition = Math.floor(index / articleTitles.length)
  return {
    id: workspace.newNumber('article'),
    title: edition === 0 ? title : `${title} (part ${edition + 1})`,
    description: random.pick(articleBodies),
    body: `<p class="no-margin">${random.pick(articleBodies)}</p>`,
    authorId,
    state: random.next() < 0.9 ? 'published' : 'draft',
    parentId: null,
    createdAt,
    updatedAt: random.integer(createdAt, nowSeconds - 60),
    deleted: false,
  }
}
