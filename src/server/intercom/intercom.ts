// The simulated Intercom REST API, version 2.14, in its three regions. One Store per workspace; a workspace lives in one
// region and its token is worth nothing in another.

import assert from 'node:assert/strict'
import { limits } from '#context/limits.ts'
import type { Prng } from '#random/prng.ts'
import type { Intent } from '../intent.ts'
import type { Happening } from '../webhooks/notice.ts'
import { noLevers } from '../service.ts'
import type { Host, Lever, Levers, Reply, RequestFacts, Service, ServiceRequest, Tunable } from '../service.ts'
import { happen } from './activity.ts'
import type { ActivityOptions } from './activity.ts'
import type { Call, JsonObject } from './call.ts'
import { errorReply, jsonType } from './error-bodies.ts'
import type { Headers } from './error-bodies.ts'
import { isJsonObject } from './fields.ts'
import { uuid } from './identifiers.ts'
import { fillWorkspace } from './fill-workspace.ts'
import { createIntents } from './intents/intents.ts'
import type { MediaSent } from './intents/media-intent.ts'
import { serve } from './lagging.ts'
import { spend } from './quota.ts'
import { matchRoute } from './routes.ts'
import type { Match } from './routes.ts'
import { seedWorkspace } from './seed-workspace.ts'
import { tokenIn, TokenBook } from './token-book.ts'
import type { Holder } from './token-book.ts'
import { parseWorkspaceFile } from './workspace-file.ts'
import { ageSeconds, Workspace } from './workspace.ts'

const product = 'rest'
const globalHost = 'api.intercom.io'
const hosts: readonly Host[] = [
  { host: globalHost, region: 'us', product },
  { host: 'api.eu.intercom.io', region: 'eu', product },
  { host: 'api.au.intercom.io', region: 'au', product },
]

export interface Intercom extends Service, Tunable {
  /** By workspace name; after a rotation the new ones. */
  readonly tokens: Readonly<Record<string, string>>
  /** Issues another token for the workspace and returns it. */
  rotateToken(workspace: string): string
  readonly intents: ReadonlyMap<string, Intent>
  /** Lets something happen in a workspace without the client, `at` ms after the run's start. `random` is a stream of this one
   * happening; the topic is one of `activityTopics`. */
  act(workspace: string, topic: string, at: number, random: Prng, options?: ActivityOptions): Happening
}

export type IntercomOptions = {
  readonly workspaces: readonly {
    readonly name: string
    readonly region: string
    readonly shard?: string
    /** Instead of a generated population. */
    readonly fixture?: { readonly file: string; readonly text: string }
    /** In a generated population. Default: none. */
    readonly leads?: number
  }[]
  readonly random: Prng
  readonly startMs: number
  /** Told of each file that a load sends. */
  readonly mediaSent?: MediaSent
  /** Per workspace. */
  readonly contacts?: number
  readonly conversations?: number
  readonly companies?: number
}

export function createIntercom(options: IntercomOptions): Intercom {
  const { random, startMs, contacts = 400, conversations = 200, companies = 120 } = options
  const workspaces = new Map<string, Workspace>()
  const startSeconds = Math.floor(startMs / 1_000)
  for (const { name, region, shard, fixture, leads } of options.workspaces) {
    const own = random.fork('intercom', name)
    const file = fixture && parseWorkspaceFile(fixture.file, fixture.text, startSeconds)
    const createdAt = startSeconds - ageSeconds
    const workspace = new Workspace({ name, region, shard, timezone: file?.timezone, createdAt, random: own })
    if (file) fillWorkspace(workspace, file, startSeconds, own.fork('population'))
    else seedWorkspace(workspace, { contacts, conversations, companies, leads }, startSeconds, own.fork('population'))
    workspaces.set(name, workspace)
  }
  const tokens = new TokenBook(workspaces)
  let levers: Pull = () => noLevers
  return {
    name: 'intercom',
    hosts,
    tokens: tokens.newest,
    rotateToken: (workspace) => tokens.rotate(workspace),
    intents: createIntents(workspaces, options.mediaSent),
    facts: (request) => factsOf(request, tokens),
    handle: (request, at, exchange) =>
      handle({ request, epochMs: startMs + at, exchange, tokens, levers: (workspace) => levers(workspace, at) }),
    act: (name, topic, at, own, more = {}) => {
      const workspace = workspaces.get(name)
      assert(workspace, `There is no workspace ${name}.`)
      return happen(workspace, topic, { ...more, random: own, epochMs: startMs + at, levers: levers(workspace, at) })
    },
    under: (given) => {
      levers = given
    },
  }
}

type Pull = Parameters<Tunable['under']>[0]

/** The global host routes a call to the region of its token's workspace; a regional one knows its own tokens only. */
function enter(request: ServiceRequest, tokens: TokenBook): Holder | undefined {
  const token = tokenIn(request.headers['authorization'] ?? '')
  const holder = token === undefined ? undefined : tokens.holder(token)
  const host = request.url.hostname
  return host === globalHost || regionOf(host) === holder?.workspace.region ? holder : undefined
}

function regionOf(host: string): string {
  return hosts.find((known) => known.host === host)?.region ?? 'us'
}

function factsOf(request: ServiceRequest, tokens: TokenBook): RequestFacts {
  const holder = enter(request, tokens)
  const workspace = holder?.workspace
  const path = request.url.pathname
  const match = matchRoute(request.method, path)
  const where = {
    route: match?.route.template ?? path,
    region: workspace?.region ?? regionOf(request.url.hostname),
    product,
    workspace: workspace?.name ?? null,
    ...(holder && { shard: holder.workspace.shard, tokenGeneration: holder.generation }),
  }
  if (!workspace || !match) return where
  const body = parseBody(request.body) ?? {}
  return { ...where, ...match.route.subject(callOf(workspace, match, request, body, 0)) }
}

type Handling = {
  readonly request: ServiceRequest
  readonly epochMs: number
  readonly exchange: Prng
  readonly tokens: TokenBook
  readonly levers: (workspace: Workspace) => Levers
}

function handle({ request, epochMs, exchange, tokens, levers }: Handling): Reply {
  const requestId = uuid(exchange)
  const identity: Headers = [jsonType, ['x-request-id', requestId], ['intercom-version', '2.14']]
  const workspace = enter(request, tokens)?.workspace
  if (!workspace) {
    return errorReply(401, { code: 'unauthorized', message: 'Access Token Invalid' }, { requestId, headers: identity })
  }
  const inForce = levers(workspace)
  const { exceeded, headers: quota, bentBy: quotaBentBy } = spend(workspace, epochMs, inForce)
  const headers = [...identity, ...quota]
  const fail = (status: number, code: string, message: string): Reply =>
    errorReply(status, { code, message }, { requestId, headers })
  if (exceeded !== null) {
    return bent(fail(429, 'rate_limit_exceeded', `Exceeded rate limit of ${exceeded} in 10_seconds`), quotaBentBy)
  }
  const match = matchRoute(request.method, request.url.pathname)
  if (!match) return fail(404, 'not_found', 'The requested resource was not found')
  if (!acceptsJson(request.headers['accept']))
    return fail(406, 'media_type_not_acceptable', 'The Accept header should send a media type of application/json')
  if (request.body.length > limits.bodyCharacters) return fail(413, 'client_error', 'Request body is too large')
  const body = parseBody(request.body)
  if (!body) return fail(400, 'parameter_invalid', 'The request body is not a JSON object')
  const call = callOf(workspace, match, request, body, Math.floor(epochMs / 1_000))
  const { said, bentBy } = serve(match.route, call, epochMs, inForce)
  if (said.kind === 'refusal') {
    const own = [...headers, ...(said.headers ?? [])]
    return bent(errorReply(said.status, said.errors, { requestId, headers: own }), bentBy)
  }
  const { status, text, contains, effects } = said
  return bent({ status, headers, body: text || null, contains, effects }, bentBy)
}

function bent(reply: Reply, bentBy: readonly Lever[]): Reply {
  return bentBy.length === 0 ? reply : { ...reply, bentBy }
}

function callOf(workspace: Workspace, match: Match, request: ServiceRequest, body: JsonObject, now: number): Call {
  const { id, second } = match
  return { workspace, id, second, query: request.url.searchParams, body, version: versionOf(request), now }
}

const ownVersion = 14

/** What is asked for beyond 2.14 changes only what a merged contact answers. */
function versionOf({ headers }: ServiceRequest): number {
  const minor = /^2\.(\d{1,3})$/u.exec(headers['intercom-version'] ?? '')?.[1]
  return minor === undefined ? ownVersion : Number(minor)
}

/** `undefined` when there is a body that is not a JSON object. */
function parseBody(text: string): JsonObject | undefined {
  if (text === '') return {}
  try {
    const value: unknown = JSON.parse(text)
    return isJsonObject(value) ? value : undefined
  } catch {
    return undefined
  }
}

function acceptsJson(accept: string | undefined): boolean {
  return accept === undefined || /\*\/\*|application\/(?:json|\*)/iu.test(accept)
}
