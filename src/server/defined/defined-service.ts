// A service that somebody defined, as one that is served: one Store for each resource and workspace, a token for each workspace.

import { limits } from '#context/limits.ts'
import type { Prng } from '#random/prng.ts'
import type { Intent } from '../intent.ts'
import { uuid } from '../intercom/identifiers.ts'
import { noLevers } from '../service.ts'
import type { Lever, Levers, Reply, RequestFacts, Service, ServiceRequest, Tunable } from '../service.ts'
import type { ServiceDefinition } from './definition.ts'
import { Holding, type Place } from './holding.ts'
import { createIntents } from './intents.ts'
import { spend } from './limiter.ts'
import { modelOf, type Model } from './model.ts'
import { perform, rowOf, type Call } from './operations.ts'
import { errorReply, errorText, jsonType, type Failure, type Headers, type Said } from './replies.ts'
import { routesOf, Table, type Match } from './table.ts'
import { Tokens, type Holder } from './tokens.ts'

export interface DefinedService extends Service, Tunable {
  /** By workspace name; after a rotation the new ones. */
  readonly tokens: Readonly<Record<string, string>>
  rotateToken(workspace: string): void
  readonly intents: ReadonlyMap<string, Intent>
  /** The host that a workspace of this region meets. */
  hostFor(region: string): string
  /** What every path begins with; empty where there is nothing of the kind. */
  readonly base: string
}

export type DefinedOptions = {
  readonly definition: ServiceDefinition
  readonly workspaces: readonly Place[]
  readonly startMs: number
  readonly random: Prng
}

type Parts = {
  readonly model: Model
  readonly table: Table
  readonly tokens: Tokens
  readonly startMs: number
}

export function createDefinedService({ definition, workspaces, startMs, random }: DefinedOptions): DefinedService {
  const model = modelOf(definition)
  const startSeconds = Math.floor(startMs / 1_000)
  const holdings = new Map(
    workspaces.map((place) => [
      place.name,
      new Holding(model, place, startSeconds, random.fork('workspace', place.name)),
    ]),
  )
  const tokens = new Tokens(model, holdings, random.fork('tokens'))
  const parts: Parts = { model, table: new Table(routesOf(model)), tokens, startMs }
  let levers: Parameters<Tunable['under']>[0] = () => noLevers
  return {
    name: model.name,
    hosts: model.hosts,
    tokens: tokens.newest,
    rotateToken: (workspace) => void tokens.rotate(workspace),
    intents: createIntents(model, holdings, startSeconds),
    hostFor: (region) => (model.hosts.find((host) => host.region === region) ?? model.hosts[0])?.host ?? '',
    base: definition.base ?? '',
    facts: (request) => factsOf(request, parts),
    handle: (request, at, exchange) =>
      handle(request, { ...parts, at, exchange, levers: (place) => levers(place, at) }),
    limitHeaders: model.limitHeaders,
    errorReply: (status, exchange) => {
      const requestId = uuid(exchange)
      return errorReply(model, { status, requestId }, [jsonType, ['x-request-id', requestId]])
    },
    under: (given) => {
      levers = given
    },
  }
}

function factsOf(request: ServiceRequest, { model, table, tokens }: Parts): RequestFacts {
  const { method, url, headers } = request
  const holder = tokens.holder(request)
  const match = table.match(method, url.pathname)
  const credential = tokens.tokenIn(request)
  const idempotencyKey = model.idempotency === null ? undefined : headers[model.idempotency]
  return {
    route: match?.route.template ?? url.pathname,
    region: model.hosts.find(({ host }) => host === url.hostname)?.region ?? 'global',
    product: model.name,
    workspace: holder?.holding.place.name ?? null,
    ...(holder && { shard: holder.holding.place.shard, tokenGeneration: holder.generation }),
    ...(credential !== undefined && { credential }),
    ...(idempotencyKey !== undefined && { idempotencyKey }),
    ...(holder && match && subjectOf(holder, match, request)),
  }
}

/** Of an entity that is gone the key is not known any more. */
function subjectOf({ holding }: Holder, match: Match, { body }: ServiceRequest): Pick<RequestFacts, 'entity' | 'key'> {
  const { verb, resource } = match.route
  if (verb === 'list') return {}
  const row = verb === 'create' ? parsed(body) : rowOf(holding, resource, match)
  const value = row && resource.key !== null ? row[resource.key] : undefined
  const key = typeof value === 'string' && verb !== 'read' ? { key: value } : {}
  return verb === 'create' ? key : { entity: `${resource.name}:${match.id}`, ...key }
}

type Handling = Parts & {
  readonly at: number
  readonly exchange: Prng
  readonly levers: (place: Place) => Levers
}

function handle(request: ServiceRequest, handling: Handling): Reply {
  const { model, table, tokens, startMs, at, exchange } = handling
  const requestId = uuid(exchange)
  const identity: Headers = [jsonType, ['x-request-id', requestId]]
  const holding = tokens.holder(request)?.holding
  if (!holding) return errorReply(model, { status: 401, requestId }, identity)
  const inForce = handling.levers(holding.place)
  const spent = spend(model, holding, startMs + at, inForce)
  const headers = [...identity, ...spent.headers]
  const fail = (failure: Omit<Failure, 'requestId'>, more: Headers = []): Reply =>
    errorReply(model, { ...failure, requestId }, [...headers, ...more])
  if (!spent.allowed) return bent(fail({ status: 429 }), spent.bentBy)
  const { method, url, body: text } = request
  const match = table.match(method, url.pathname)
  const allowed = match ? [] : table.methods(url.pathname)
  if (!match) return fail({ status: allowed.length > 0 ? 405 : 404 }, allowOf(allowed))
  if (text.length > limits.bodyCharacters) return fail({ status: 413 })
  const body = parsed(text)
  if (!body) return fail({ status: 400, message: 'The body is not a JSON object' })
  const call: Call = { holding, match, query: url.searchParams, body, nowSeconds: Math.floor((startMs + at) / 1_000) }
  const known = once(request, handling, call, requestId, headers)
  if (known) return known
  const { said, bentBy } = inMoment(model, call, startMs + at, inForce)
  if (said.kind === 'refusal') return bent(fail(said), bentBy)
  const { status, contains, effects } = said
  const reply = { status, headers, body: said.body === undefined ? null : JSON.stringify(said.body), contains, effects }
  remember(request, handling, call, reply)
  return bent(reply, bentBy)
}

function allowOf(methods: readonly string[]): Headers {
  return methods.length === 0 ? [] : [['allow', methods.join(', ')]]
}

/** Reads come from a replica, which may be behind. */
function inMoment(model: Model, call: Call, epochMs: number, { replicaLagMs }: Levers) {
  const { moment } = call.holding
  const isRead = call.match.route.method === 'GET'
  const asOf = isRead && replicaLagMs > 0 ? epochMs - replicaLagMs : Infinity
  const view = { now: epochMs, asOf, attachmentsUntil: Infinity }
  const { value: said, passed } = moment.during(view, () => perform(model, call))
  if (!passed.versions) return { said, bentBy: [] }
  const present = moment.during({ ...view, asOf: Infinity }, () => perform(model, call)).value
  return { said, bentBy: textOf(said) === textOf(present) ? [] : (['replica-lag'] as const) }
}

function textOf(said: Said): string {
  return said.kind === 'answer' ? JSON.stringify([said.status, said.body]) : JSON.stringify(said)
}

/** A write whose key was seen is answered as it was, and done no more. */
function once(
  request: ServiceRequest,
  { model }: Handling,
  { holding }: Call,
  requestId: string,
  headers: Headers,
): Reply | undefined {
  const name = rememberedName(request, model)
  const seen = name === undefined ? undefined : holding.remembered.get(name)
  if (!seen) return undefined
  if (seen.body !== request.body) {
    const failure = { status: 422, message: 'The key has come with another request', requestId }
    return { status: 422, headers, body: errorText(model, failure), contains: {}, effects: [] }
  }
  return { status: seen.status, headers, body: seen.text, contains: seen.contains, effects: [] }
}

function remember(request: ServiceRequest, { model }: Handling, { holding }: Call, reply: Reply): void {
  const name = rememberedName(request, model)
  const { status, body: text, contains } = reply
  if (name !== undefined) holding.remembered.set(name, { body: request.body, status, text, contains })
}

function rememberedName({ method, url, headers }: ServiceRequest, { idempotency }: Model): string | undefined {
  const key = idempotency === null || method === 'GET' ? undefined : headers[idempotency]
  return key === undefined ? undefined : `${method} ${url.pathname} ${key}`
}

function bent(reply: Reply, bentBy: readonly Lever[]): Reply {
  return bentBy.length === 0 ? reply : { ...reply, bentBy }
}

/** `undefined` when there is a body that is not a JSON object. */
function parsed(text: string): Readonly<Record<string, unknown>> | undefined {
  if (text === '') return {}
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : undefined
  } catch {
    return undefined
  }
}
