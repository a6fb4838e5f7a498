// The protocol of drivers, version 1, as types: what the harness asks, and what a driver answers or notes. docs/drivers.md says it
// in words. Everything a driver writes is foreign: its fields are looked at one by one.

import type { ClientWorld, WebhookRequest, WorkspaceAccess } from '../client.ts'

export const protocolVersion = 1

export type WorldOfDriver = {
  readonly url: string
  readonly token: string
  readonly workspaces: Readonly<Record<string, WorkspaceAccess>>
  readonly apis: ClientWorld['apis']
  readonly statusPage: string
  readonly graph: { readonly url: string; readonly token: string }
  readonly webhookSecret: string
  readonly instance: number
  /** Whom to trust, as PEM, where the addresses begin with https. */
  readonly ca?: string
  readonly services: ClientWorld['services']
  /** A directory that outlives the process. */
  readonly storeDirectory: string
  /** To be sent with requests that nobody asked for. */
  readonly traceparent: string
}

type Traced = { readonly traceparent: string }

/** What is answered. The id is given when it is sent. */
export type Question =
  | { readonly do: 'hello'; readonly protocol: number }
  | { readonly do: 'create'; readonly world: WorldOfDriver }
  | (Traced & {
      readonly do: 'invoke'
      readonly operation: string
      readonly input: unknown
      readonly workspace: string
    })
  | (Traced & { readonly do: 'webhook'; readonly request: WebhookRequest })
  | (Traced & { readonly do: 'health' })
  | (Traced & { readonly do: 'action'; readonly action: string; readonly workspace: string })
  | (Traced & { readonly do: 'drain' })
  | (Traced & { readonly do: 'close' })

/** `cancel` has the id of what is cancelled, and no answer of its own. */
export type Message = (Question & { readonly id: number }) | { readonly do: 'cancel'; readonly id: number }

/** Absent fields and those that are null mean the same. */
export type Answer = {
  readonly id: number
  readonly value?: unknown
  /** `fresh` when absent. */
  readonly outcome?: unknown
  readonly ageMs?: unknown
  /** The fields of a view model that may be compared with the truth. */
  readonly shown?: unknown
  readonly error?: unknown
  readonly notes?: unknown
}

/** Said unasked. `of` is the question during which it was said. */
export type Note = {
  readonly note: string
  readonly of?: unknown
  readonly [field: string]: unknown
}

const fields = new Set<string>([
  'id',
  'value',
  'outcome',
  'ageMs',
  'shown',
  'error',
  'notes',
] satisfies (keyof Answer)[])

export function isAnswer(message: unknown): message is Answer {
  return isRecord(message) && typeof message['id'] === 'number' && message['note'] === undefined
}

/** The question that somebody answers who takes ids for texts: nothing is in it but what is in an answer, so it is no line of a log. */
export function textualId(message: unknown): number | undefined {
  if (!isRecord(message)) return undefined
  const { id } = message
  const isOne = typeof id === 'string' && /^\d+$/u.test(id) && Object.keys(message).every((key) => fields.has(key))
  return isOne ? Number(id) : undefined
}

export function isNote(message: unknown): message is Note {
  return isRecord(message) && typeof message['note'] === 'string'
}

export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
