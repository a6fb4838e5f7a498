// Intents: what a load asks of a client, in the language of the business and not of an SDK. A service publishes them; users
// may add their own by declaration merging.

import type { Truth } from '#history/event.ts'
import type { Prng } from '#random/prng.ts'

export type ContactRef = { readonly id: string; readonly externalId: string; readonly email: string }
/** A visitor who left an address. */
export type LeadRef = { readonly id: string }
export type ConversationRef = { readonly id: string }
export type CompanyRef = { readonly id: string; readonly companyId: string }
export type TicketRef = { readonly id: string }
export type ArticleRef = { readonly id: string }
/** A file that a customer sent over WhatsApp. Meta knows it by this id for seven days. */
export type MediaRef = { readonly id: string; readonly mimeType: string }

export interface Intents {
  'contact.read': { input: { readonly contact: ContactRef }; effect: 'read' }
  'contact.search': { input: { readonly email: string }; effect: 'read' }
  /** All contacts, page by page. */
  'contact.list': { input: Readonly<Record<never, never>>; effect: 'read' }
  'contact.create': {
    input: { readonly externalId: string; readonly email: string; readonly name: string }
    effect: 'write'
  }
  'contact.upsert': {
    input: { readonly externalId: string; readonly email: string; readonly name: string }
    effect: 'write'
  }
  'contact.update': { input: { readonly contact: ContactRef; readonly name: string }; effect: 'write' }
  'contact.delete': { input: { readonly contact: ContactRef }; effect: 'write' }
  /** A visitor turns out to be this contact, who takes over what the lead has. */
  'contact.merge': { input: { readonly lead: LeadRef; readonly contact: ContactRef }; effect: 'write' }
  'conversation.read': { input: { readonly conversation: ConversationRef }; effect: 'read' }
  'conversation.list': { input: Readonly<Record<never, never>>; effect: 'read' }
  'conversation.open': { input: { readonly contact: ContactRef; readonly body: string }; effect: 'write' }
  'conversation.reply': {
    input: { readonly conversation: ConversationRef; readonly adminId: string; readonly body: string }
    effect: 'write'
  }
  'conversation.close': { input: { readonly conversation: ConversationRef; readonly adminId: string }; effect: 'write' }
  'conversation.search': { input: { readonly contact: ContactRef }; effect: 'read' }
  'company.read': { input: { readonly company: CompanyRef }; effect: 'read' }
  'company.upsert': { input: { readonly companyId: string; readonly name: string }; effect: 'write' }
  /** All companies, page by page. */
  'company.list': { input: Readonly<Record<never, never>>; effect: 'read' }
  /** All companies, by scrolling. */
  'company.scroll': { input: Readonly<Record<never, never>>; effect: 'read' }
  'tag.add': { input: { readonly contact: ContactRef; readonly tag: string }; effect: 'write' }
  'note.add': { input: { readonly contact: ContactRef; readonly body: string }; effect: 'write' }
  /** An outbound message of an admin to a contact. */
  'message.send': {
    input: { readonly contact: ContactRef; readonly adminId: string; readonly body: string }
    effect: 'write'
  }
  /** A text that a customer wrote on another channel, entered into the conversation on the customer's behalf. */
  'message.relay': {
    input: { readonly conversation: ConversationRef; readonly contact: ContactRef; readonly body: string }
    effect: 'write'
  }
  /** A file that a customer sent: fetched from Meta and attached to the conversation on the customer's behalf. */
  'media.fetch': {
    input: { readonly media: MediaRef; readonly conversation: ConversationRef; readonly contact: ContactRef }
    effect: 'write'
  }
  /** `at`: when it happened, Unix seconds. With it, Intercom recognises a repetition. */
  'event.track': {
    input: { readonly contact: ContactRef; readonly name: string; readonly at: number }
    effect: 'write'
  }
  'ticket.create': {
    input: {
      readonly contact: ContactRef
      readonly ticketTypeId: string
      readonly title: string
      readonly body: string
    }
    effect: 'write'
  }
  'ticket.read': { input: { readonly ticket: TicketRef }; effect: 'read' }
  'article.read': { input: { readonly article: ArticleRef }; effect: 'read' }
  'article.list': { input: Readonly<Record<never, never>>; effect: 'read' }
  'admin.list': { input: Readonly<Record<never, never>>; effect: 'read' }
  'me.read': { input: Readonly<Record<never, never>>; effect: 'read' }
}

export type IntentName = keyof Intents & string
export type InputOf<N extends IntentName> = Intents[N]['input']
export type ReadIntent = { [N in IntentName]: Intents[N]['effect'] extends 'read' ? N : never }[IntentName]
export type WriteIntent = Exclude<IntentName, ReadIntent>

/** One thing to ask, drawn for a load. */
export type Ask = { readonly input: unknown; readonly entity?: string; readonly key?: string }

/** Of what a write was to leave behind the part that its business key does not tell by itself. */
export type Content = {
  readonly fields: readonly string[]
  /** Those that are not as asked in the newest version of what was just changed. */
  lacking(workspace: string, ask: Ask, entity: string): readonly string[]
}

export interface Intent {
  readonly name: string
  readonly effect: 'read' | 'write'
  /** Draws an input. `rank` 0 is the most popular entity of the workspace; it is reduced to what the workspace has. `nth`
   * numbers the asks of one load, so that written texts are unique; `at` is when it will be asked, ms since the run's start. */
  draw(workspace: string, rank: number, nth: number, random: Prng, at: number): Ask
  /** Compares what the client handed over with the Store. `undefined` when the value names nothing that can be compared.
   * `shown` are the fields to compare when the value is a view model. */
  truth(workspace: string, ask: Ask, value: unknown, shown?: Readonly<Record<string, unknown>>): Truth | undefined
  /** Absent where there is nothing to compare. */
  readonly content?: Content
}
