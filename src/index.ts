// What a client file imports, and a config. Everything here is part of the contract and stays this small.

export { defineConfig } from '#cli/config/config.ts'
export type { Config, Override } from '#cli/config/config.ts'
export { defineClient } from '#client/client.ts'
export { always, reachable, sometimes } from '#client/properties.ts'
export type { Property } from '#client/properties.ts'
export { dropped, fallback, queued, stale } from '#client/outcome.ts'
export type {
  Call,
  Client,
  ClientDefinition,
  ClientWorld,
  DeclaredTexts,
  DurableStore,
  HealthReport,
  Operation,
  Operations,
  PromiseTexts,
  ReadPromise,
  ServicesTexts,
  WebhookAnswer,
  WebhookCall,
  WebhookRequest,
  WorkspaceAccess,
  WritePromise,
} from '#client/client.ts'
export type { Branded, Outcome } from '#client/outcome.ts'
export type {
  ArticleRef,
  CompanyRef,
  ContactRef,
  ConversationRef,
  InputOf,
  IntentName,
  Intents,
  MediaRef,
  ReadIntent,
  TicketRef,
  WriteIntent,
} from '#server/intent.ts'
