// The client contract: what a user writes on the first day. `defineClient` is generic only to reject, at compile time, a
// ladder that an operation cannot have and a promise that no operation keeps.

import type { InputOf, IntentName, ReadIntent } from '#server/intent.ts'

type Span = `${number}${'ms' | 's' | 'm' | 'h' | 'd'}` | `${number}h${number}m` | `${number}m${number}s`

/** Ladders that a read may have, and those of a write. */
type ReadStep = `stale ${Span}` | 'fallback' | 'error'
type WriteStep = `queue ${Span}` | 'drop' | 'error'

type Common = { readonly within?: Span }
export type ReadPromise = Common & { readonly fresh?: Span; readonly degrade?: readonly ReadStep[] }
export type WritePromise<N extends IntentName = IntentName> = Common & {
  readonly degrade?: readonly WriteStep[]
  readonly key?: InputField<N>
  readonly order?: InputField<N>
}

/** `externalId` may be promised as the API's `external_id`. */
type InputField<N extends IntentName> =
  | Extract<keyof InputOf<N>, string>
  | (N extends `contact.${string}` ? 'external_id' : never)

export type PromiseTexts = { readonly [N in IntentName]?: N extends ReadIntent ? ReadPromise : WritePromise<N> }

export interface Call {
  /** Aborted when the caller no longer wants the answer. */
  readonly signal: AbortSignal
  readonly workspace: string
  /** Runs `work` on behalf of this call, for clients whose queues lose the context. */
  resume<T>(work: () => T): T
}

/** Where a service of your own answers, with the beginning of all its paths and without a slash at the end, and its token. */
export type ApiAccess = { readonly url: string; readonly token: string }

export type WorkspaceAccess = {
  readonly region: string
  /** Of Intercom; empty, as the token is, for a workspace in a region where it is not. */
  readonly url: string
  readonly token: string
  readonly apis: Readonly<Record<string, ApiAccess>>
}

/** Survives a restart of the client. Values are copied. */
export interface DurableStore {
  get(key: string): unknown
  set(key: string, value: unknown): void
  delete(key: string): void
  keys(): string[]
}

export interface ClientWorld {
  /** Base URL of the REST API, and the token, of the first workspace. */
  readonly url: string
  readonly token: string
  readonly workspaces: Readonly<Record<string, WorkspaceAccess>>
  /** The services of the scenario, by what it calls them, as the first workspace finds them. */
  readonly apis: Readonly<Record<string, ApiAccess>>
  /** Base URL of the status page. */
  readonly statusPage: string
  readonly store: DurableStore
  readonly fetch: typeof fetch
  readonly webhookSecret: string
  /** Meta's Graph API, for media that customers send over WhatsApp. */
  readonly graph: { readonly url: string; readonly token: string }
  /** Which process of a fleet this is, from 0. */
  readonly instance: number
  /** On real sockets over HTTPS: the certificate, as PEM, of who vouches for the addresses. This process trusts it already. */
  readonly ca?: string
  /** Where the services are that the client declares to need, such as `redis://127.0.0.1:21379`. */
  readonly services: { readonly redis?: string }
}

/** A notification at the client's endpoint. It may be forged, late, doubled or out of order. */
export type WebhookRequest = {
  readonly method: 'POST'
  /** Lower-case names; the signature is in `x-hub-signature`. */
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
  readonly workspace: string
}

export interface WebhookCall {
  /** Aborted when the platform gives up waiting for the answer. */
  readonly signal: AbortSignal
  /** To be called when what the notification asks for has been done, now or later: once for each `id`. */
  acted(notification: string): void
  resume<T>(work: () => T): T
}

/** Nothing, or something without a status, is a 200. */
export type WebhookAnswer = { readonly status: number } | undefined | void

/** What a health check says, in the form of the runbook's `.services.intercom.status`. */
export type HealthReport = {
  readonly services: {
    readonly intercom: {
      readonly status: 'ok' | 'degraded' | 'down'
      /** Whose problem it is, when there is one. */
      readonly problem?: 'theirs' | 'ours'
      readonly cause?: 'provider' | 'network' | 'token' | 'scope' | 'rate-limit' | 'input'
      readonly why?: string
    }
  }
}

export type Operation<I = never> = (input: I, call: Call) => unknown

export type Operations = { readonly [N in IntentName]?: Operation<InputOf<N>> }

/** What the harness itself does to a client when a scenario says so. */
export const harnessActions: readonly string[] = ['restart', 'rotate-token']

/** What `create` returns. Everything but `operations` is optional. */
export type Client<O = Operations> = {
  readonly operations: O
  readonly webhook?: (request: WebhookRequest, call: WebhookCall) => WebhookAnswer | Promise<WebhookAnswer>
  readonly health?: () => HealthReport | Promise<HealthReport>
  /** What operators can do, by name, such as `media.pause`. */
  readonly actions?: Readonly<Record<string, (about: { readonly workspace: string }) => unknown>>
  /** Sends what is still queued, before the end. */
  readonly drain?: () => unknown
  readonly close?: () => unknown
}

/** What a client says of its own mechanisms, so that they are judged too. All of it is optional. */
export type DeclaredTexts = {
  /** Requests in flight at once, for one workspace and process. */
  readonly concurrency?: number
  /** Operations that wait in one process; more are refused, and told so. */
  readonly queue?: number
  readonly breaker?: {
    /** Failures in a row after which it opens; with `share`, the fewest calls it takes. */
    readonly failures: number
    /** Opens when this share of the calls `within` that time failed: `'50%'`. */
    readonly share?: `${number}%`
    readonly within?: Span
    /** Nothing is sent for so long. */
    readonly rest: Span
    /** Requests that may try the service again after the rest. Default 1. */
    readonly probes?: number
    /** What one breaker covers. Default: a workspace. */
    readonly per?: 'workspace' | 'host' | 'route'
    /** The operations it guards. Default: all. */
    readonly guards?: readonly IntentName[]
  }
}

/** What a client needs besides the API. Each run starts its own, and the client is replayed on real sockets. */
export type ServicesTexts = {
  /** A real Redis, empty: whichever is at hand, this image, or this command. */
  readonly redis?: true | { readonly image: string } | { readonly command: readonly string[] }
}

export type ClientDefinition = {
  readonly name: string
  readonly promises: PromiseTexts
  readonly declares?: DeclaredTexts
  readonly services?: ServicesTexts
  /** Once per client process, for all its workspaces. */
  create(world: ClientWorld): Client | Promise<Client>
  /** The fields of a view model that may be compared with the truth. */
  readonly shows?: (value: unknown) => Readonly<Record<string, unknown>>
}

/** The promises as written, with every field and step that its operation cannot have turned into an error right there. */
type Checked<P> = {
  readonly [N in keyof P]: N extends IntentName
    ? Fields<P[N], N extends ReadIntent ? ReadPromise : WritePromise<N>>
    : never
}
type Fields<Written, Allowed> = { readonly [K in keyof Written]: K extends keyof Allowed ? Allowed[K] : never }

/** Every promise needs its operation, and every operation a name that a service knows. */
type Kept<P> = { readonly [N in keyof P & IntentName]: Operation<InputOf<N>> }
type Known<O> = { readonly [N in Exclude<keyof O, IntentName>]: never }

type WorldWith<S> = ClientWorld & { readonly services: { readonly [N in keyof S]: string } }

type Typed<P, O, S> = Omit<ClientDefinition, 'promises' | 'services' | 'create'> & {
  readonly promises: P & Checked<P>
  readonly services?: S
  create(world: WorldWith<S>): Client<O & Known<O>> | Promise<Client<O & Known<O>>>
}

const brand = Symbol.for('brownout.client')

export function defineClient<
  const P extends object,
  O extends Operations & Kept<P>,
  const S extends ServicesTexts = object,
>(definition: Typed<P, O, S>): ClientDefinition {
  return Object.assign(definition, { [brand]: true }) as unknown as ClientDefinition
}

export function isClientDefinition(value: unknown): value is ClientDefinition {
  return typeof value === 'object' && value !== null && brand in value
}
