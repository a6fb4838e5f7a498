// The simulated Intercom REST API, version 2.14, in its three regions. One Store per workspace; a workspace lives in one
// region and its token is worth nothing in another.

import { limits } from '#context/limits.ts'
import type { Prng } from '#random/prng.ts'
import type { Intent } from '../intent.ts'
import type { Host, Reply, RequestFacts, Service, ServiceRequest } from '../service.ts'
import type { Call, JsonObject } from './call.ts'
import { errorReply, jsonType } from './error-bodies.ts'
import type { Headers } from './error-bodies.ts'
import { isJsonObject } from './fields.ts'
import { createIntents } from './intents/intents.ts'
import { matchRoute } from './routes.ts'
import { seedWorkspace } from './seed-workspace.ts'
import { hex, Workspace } from './workspace.ts'

const product = 'rest'
const globalHost = 'api.intercom.io'
const hosts: readonly Host[] = [
  { host: globalHost, region: 'us', product },
  { host: 'api.eu.intercom.io', region: 'eu', product },
  { host: 'api.au.intercom.io', region: 'au', product },
]

export interface Intercom extends Service {
  /** By workspace name. */
  readonly tokens: Readonly<Record<string, string>>
  readonly intents: ReadonlyMap<string, Intent>
}

export type IntercomOptions = {
  readonly workspaces: readonly { readonly name: string; readonly region: string }[]
  readonly random: Prng
  readonly startMs: number
  /** Per workspace. */
  readonly contacts?: number
  readonly conversations?: number
}

export function createIntercom(options: IntercomOptions): Intercom {
  const { random, startMs, contacts = 400, conversations = 200 } = options
  const workspaces = new Map<string, Workspace>()
  const startSeconds = Math.floor(startMs / 1_000)
  for (const { name, region } of options.workspaces) {
    const own = random.fork('intercom', name)
    const workspace = new Workspace({ name, region, createdAt: startSeconds - 1_095 * 86_400, random: own })
    seedWorkspace(workspace, { contacts, conversations }, startSeconds, own.fork('population'))
    workspaces.set(name, workspace)
  }
  const byToken = new Map([...workspaces.values()].map((workspace) => [workspace.token, workspace]))
  return {
    name: 'intercom',
    hosts,
    tokens: Object.fromEntries([...workspaces].map(([name, { token }]) => [name, token])),
    intents: createIntents(workspaces),
    facts: (request) => factsOf(request, byToken),
    handle: (request, at, exchange) => handle(request, startMs + at, exchange, byToken),
  }
}

type ByToken = ReadonlyMap<string, Workspace>

/** The global host routes a call to the region of its token's workspace; a regional one knows its own tokens only. */
function enter(request: ServiceRequest, byToken: ByToken): Workspace | undefined {
  const token = /^Bearer +(\S+)$/iu.exec(request.headers['authorization'] ?? '')?.[1]
  const workspace = token === undefined ? undefined : byToken.get(token)
  const host = request.url.hostname
  return host === globalHost || regionOf(host) === workspace?.region ? workspace : undefined
}

function regionOf(host: string): string {
  return hosts.find((known) => known.host === host)?.region ?? 'us'
}

function factsOf(request: ServiceRequest, byToken: ByToken): RequestFacts {
  const workspace = enter(request, byToken)
  const path = request.url.pathname
  const match = matchRoute(request.method, path)
  const where = {
    route: match?.route.template ?? path,
    region: workspace?.region ?? regionOf(request.url.hostname),
    product,
    workspace: workspace?.name ?? null,
  }
  if (!workspace || !match) return where
  const body = parseBody(request.body) ?? {}
  return { ...where, ...match.route.subject(callOf(workspace, match.id, request, body, 0)) }
}

function handle(request: ServiceRequest, epochMs: number, exchange: Prng, byToken: ByToken): Reply {
  const requestId = uuid(exchange)
  const identity: Headers = [jsonType, ['x-request-id', requestId], ['intercom-version', '2.14']]
  const workspace = enter(request, byToken)
  if (!workspace) {
    return errorReply(401, { code: 'unauthorized', message: 'Access Token Invalid' }, { requestId, headers: identity })
  }
  const { exceeded, headers: quota } = spend(workspace, epochMs)
  const headers = [...identity, ...quota]
  const fail = (status: number, code: string, message: string): Reply =>
    errorReply(status, { code, message }, { requestId, headers })
  if (exceeded !== null) return fail(429, 'rate_limit_exceeded', `Exceeded rate limit of ${exceeded} in 10_seconds`)
  const match = matchRoute(request.method, request.url.pathname)
  if (!match) return fail(404, 'not_found', 'The requested resource was not found')
  if (!acceptsJson(request.headers['accept']))
    return fail(406, 'media_type_not_acceptable', 'The Accept header should send a media type of application/json')
  if (request.body.length > limits.bodyCharacters) return fail(413, 'client_error', 'Request body is too large')
  const body = parseBody(request.body)
  if (!body) return fail(400, 'parameter_invalid', 'The request body is not a JSON object')
  const said = match.route.serve(callOf(workspace, match.id, request, body, Math.floor(epochMs / 1_000)))
  if (said.kind === 'refusal') return fail(said.status, said.code, said.message)
  return { status: 200, headers, body: said.text, contains: said.contains, effects: said.effects }
}

function callOf(workspace: Workspace, id: string, request: ServiceRequest, body: JsonObject, now: number): Call {
  return { workspace, id, query: request.url.searchParams, body, now }
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

/** One call out of both quotas; the headers tell the app's, or the workspace's once that is used up. */
function spend(workspace: Workspace, epochMs: number): { exceeded: number | null; headers: Headers } {
  const app = workspace.appLimiter.take(epochMs)
  const shared = workspace.workspaceLimiter.take(epochMs)
  const told = app.allowed && !shared.allowed ? shared : app
  return {
    exceeded: told.allowed ? null : told.limit,
    headers: [
      ['x-ratelimit-limit', String(told.limit)],
      ['x-ratelimit-remaining', String(told.remaining)],
      ['x-ratelimit-reset', String(told.resetAt)],
    ],
  }
}

function uuid(random: Prng): string {
  const text = hex(random, 32)
  const variant = ((Number.parseInt(text[16] ?? '0', 16) & 3) | 8).toString(16)
  return `${text.slice(0, 8)}-${text.slice(8, 12)}-4${text.slice(13, 16)}-${variant}${text.slice(17, 20)}-${text.slice(20)}`
}
