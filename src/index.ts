// What a client file imports, a config, and the definition of a service. Everything here is part of the contract and stays this small.

export { defineConfig } from '#config/config.ts'
export type { Config, Override } from '#config/config.ts'
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
  ApiAccess,
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
export { defineService } from '#server/defined/definition.ts'
export type { IntentsOf } from '#server/defined/intents-of.ts'
export type {
  AuthDefinition,
  ErrorsDefinition,
  FieldDefinition,
  LimitsDefinition,
  PaginationDefinition,
  ResourceDefinition,
  ServiceDefinition,
} from '#server/defined/definition.ts'
