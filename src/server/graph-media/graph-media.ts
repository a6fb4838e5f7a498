// The part of Meta's Graph API that a WhatsApp integration needs: a media id leads to an address, the address to the file.
// Each step fails on its own. Reading is a GET; an old convention, a POST with `method=get` in its body, is honoured by some
// of the upstream servers only.

import type { Prng } from '#random/prng.ts'
import type { MediaRef } from '../intent.ts'
import type { Host, Reply, RequestFacts, Service, ServiceRequest } from '../service.ts'
import { attachmentHost, attachmentPath, AttachmentUrls } from './attachment-url.ts'
import { graphErrorReply, jsonReply, unknownPath, unsupported, wrongToken } from './graph-replies.ts'
import { MediaShelf } from './media-shelf.ts'

const graphHost = 'graph.facebook.com'
const region = 'global'
const hosts: readonly Host[] = [
  { host: graphHost, region, product: 'graph' },
  { host: attachmentHost, region, product: 'media' },
]
/** Which server takes a request is nobody's choice. */
const upstreamServers = 8
const usualShareHonouring = 0.4

export interface GraphMedia extends Service {
  readonly token: string
  /** A customer of the workspace has sent a file, at `sentAt` (ms since the run's start). */
  sent(workspace: string, media: MediaRef, sentAt: number): void
}

export type GraphMediaOptions = {
  readonly startMs: number
  readonly random: Prng
  /** Default: one of its own. */
  readonly token?: string
  /** Share of the upstream servers that take a POST with `method=get` for a GET. */
  readonly honoursMethodGet?: number
}

export function createGraphMedia(options: GraphMediaOptions): GraphMedia {
  const { startMs, random, token = newToken(random.fork('token')), honoursMethodGet = usualShareHonouring } = options
  const graph: Graph = {
    token,
    startMs,
    honouring: Math.round(honoursMethodGet * upstreamServers),
    shelf: new MediaShelf(),
    urls: new AttachmentUrls(random.fork('attachment-urls')),
  }
  return {
    name: 'graph-media',
    hosts,
    token,
    sent: (workspace, media, sentAt) => graph.shelf.put({ ...media, workspace, sentAt }),
    facts: (request) => factsOf(request, graph),
    handle: (request, at, exchange) =>
      request.url.hostname === attachmentHost
        ? serveFile(request, at, exchange, graph)
        : serveMedia(request, at, exchange, graph),
  }
}

type Graph = {
  readonly token: string
  readonly startMs: number
  /** The first so many servers do. */
  readonly honouring: number
  readonly shelf: MediaShelf
  readonly urls: AttachmentUrls
}

function factsOf(request: ServiceRequest, graph: Graph): RequestFacts {
  const { url } = request
  const isFile = url.hostname === attachmentHost
  const id = isFile ? fileIdIn(url) : mediaIdIn(url)
  const route = id === undefined ? url.pathname : isFile ? attachmentPath : '/{media}'
  const workspace = (isAllowed(request, graph) && id !== undefined && graph.shelf.known(id)?.workspace) || null
  const product = isFile ? 'media' : 'graph'
  return { route, region, product, workspace, ...(id === undefined ? {} : { entity: `media:${id}` }) }
}

function serveMedia(request: ServiceRequest, at: number, random: Prng, graph: Graph): Reply {
  const { method, url } = request
  if (!isAllowed(request, graph)) return graphErrorReply(401, wrongToken, random)
  const id = mediaIdIn(url)
  if (id === undefined) return graphErrorReply(400, unknownPath, random)
  if (!isRead(request, random, graph)) return graphErrorReply(405, unsupported(method, id), random, [['allow', 'GET']])
  const media = graph.shelf.at(id, at)
  if (!media) return graphErrorReply(400, unsupported('get', id), random)
  const { bytes, sha256 } = graph.shelf.fileOf(media)
  const told = {
    messaging_product: 'whatsapp',
    url: graph.urls.issue(id, secondsAt(at, graph)),
    mime_type: media.mimeType,
    sha256,
    file_size: bytes.length,
    id,
  }
  const reply = { ...jsonReply(200, told, random), contains: { [`media:${id}`]: 1 } }
  return method === 'HEAD' ? { ...reply, body: null } : reply
}

/** Drawn for each exchange anew: a repeated request may meet another server. */
function isRead({ method, body }: ServiceRequest, random: Prng, { honouring }: Graph): boolean {
  if (method === 'GET' || method === 'HEAD') return true
  if (method !== 'POST' || formOf(body).get('method')?.toLowerCase() !== 'get') return false
  return random.fork('upstream').integer(0, upstreamServers - 1) < honouring
}

function serveFile(request: ServiceRequest, at: number, random: Prng, graph: Graph): Reply {
  const { method, url } = request
  if (method !== 'GET' && method !== 'HEAD') return textReply(405, 'Method Not Allowed', [['allow', 'GET, HEAD']])
  if (!isAllowed(request, graph)) return graphErrorReply(401, wrongToken, random)
  const signed = url.pathname === attachmentPath ? graph.urls.read(url, secondsAt(at, graph)) : undefined
  const media = signed && !signed.expired ? graph.shelf.known(signed.id) : undefined
  if (!media) return textReply(404, signed ? 'URL signature expired' : 'Not Found')
  const { bytes } = graph.shelf.fileOf(media)
  return {
    status: 200,
    headers: [
      ['content-type', media.mimeType],
      ['content-disposition', `attachment; filename=${media.id}`],
      ['cache-control', 'private, max-age=300'],
    ],
    body: method === 'HEAD' ? null : bytes,
    contains: { [`media:${media.id}`]: 1 },
    effects: [],
  }
}

/** The token comes as a bearer, or as a parameter of the query or of a form. */
function isAllowed({ headers, url, body }: ServiceRequest, { token }: Graph): boolean {
  const bearer = /^(?:Bearer|OAuth) +(\S+)$/iu.exec(headers['authorization'] ?? '')?.[1]
  if (bearer !== undefined) return bearer === token
  const parameter = url.hostname === attachmentHost ? null : url.searchParams.get('access_token')
  return (parameter ?? formOf(body).get('access_token')) === token
}

function formOf(body: string): URLSearchParams {
  return new URLSearchParams(body)
}

/** `/v23.0/<id>` and `/<id>` alike. */
function mediaIdIn({ pathname }: URL): string | undefined {
  return /^\/(?:v\d{1,3}\.\d{1,2}\/)?(\d{1,40})\/?$/u.exec(pathname)?.[1]
}

function fileIdIn({ pathname, searchParams }: URL): string | undefined {
  const id = searchParams.get('mid')
  return pathname === attachmentPath && id !== null && /^\d{1,40}$/u.test(id) ? id : undefined
}

function secondsAt(at: number, { startMs }: Graph): number {
  return Math.floor((startMs + at) / 1_000)
}

function textReply(status: number, text: string, more: Reply['headers'] = []): Reply {
  return { status, headers: [['content-type', 'text/plain'], ...more], body: text, contains: {}, effects: [] }
}

/** The prefix of real ones, which clients may log and must redact. */
function newToken(random: Prng): string {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789'
  return `EAAJ${Array.from({ length: 60 }, () => alphabet[random.integer(0, alphabet.length - 1)]).join('')}`
}
