// One request that has come in over a connection, and its answer on the way back.

import type { IncomingMessage, ServerResponse } from 'node:http'

import { isDead } from '#context/owner.ts'
import type { ServiceRequest } from '#server/service.ts'
import type { Caller, Exchange } from '../exchange.ts'
import type { Patience } from '../network-error.ts'
import { send } from '../send.ts'
import type { Wire } from '../wire.ts'
import type { Asker } from './asker.ts'
import type { Connection } from './connection.ts'
import { incomingBody } from '../incoming-body.ts'

export async function serve(
  wire: Wire,
  connection: Connection,
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  patience: Patience,
): Promise<void> {
  const { asker } = connection
  const body = await incomingBody(incoming)
  // What a process that has died had still to say was never sent.
  if (body === undefined || wire.closed || isDead(asker.owner)) return
  const asked = askedOf(connection.to.origin, incoming, body)
  const request = asked && requestOf(asked)
  outgoing.sendDate = false
  if (!request) {
    connection.happens((socket) => socket.established())
    outgoing.writeHead(400).end()
    return
  }
  const exchange: Exchange = send(
    wire,
    callerOf(connection, asker, outgoing, patience, () => exchange.over),
    connection.to.handler,
    asked,
    request,
    undefined,
  )
  connection.carry(exchange)
}

function callerOf(
  connection: Connection,
  { owner, from }: Asker,
  outgoing: ServerResponse,
  patience: Patience,
  isWhole: () => boolean,
): Caller {
  const fail = (error: unknown): void => connection.fail(causeOf(error))
  return {
    owner,
    from,
    way: { redirected: false, type: 'basic' },
    patience,
    connected: () => connection.happens((socket) => socket.established()),
    answered: (response) => {
      answer(response, outgoing, isWhole()).catch(fail)
    },
    failed: fail,
    redirect: () => false,
    finished() {},
  }
}

/** `undefined` for a target that is no path. */
function askedOf(origin: string, incoming: IncomingMessage, body: string): ServiceRequest | undefined {
  const { method = 'GET', url = '/', headers } = incoming
  if (!url.startsWith('/') || !URL.canParse(origin + url)) return undefined
  const sent = Object.entries(headers).map(([name, value]) => [name, Array.isArray(value) ? value.join(', ') : value])
  return { method, url: new URL(origin + url), headers: Object.fromEntries(sent) as ServiceRequest['headers'], body }
}

/** What MSW passes on to the service, which looks only at what was asked. `undefined` for a method no service knows. */
function requestOf({ method, url }: ServiceRequest): Request | undefined {
  try {
    return new Request(url, { method })
  } catch {
    return undefined
  }
}

/** Rejects when the rest of the body will not come. */
async function answer(response: Response, outgoing: ServerResponse, isWhole: boolean): Promise<void> {
  for (const [name, value] of response.headers) outgoing.appendHeader(name, value)
  if (isWhole && response.body) {
    const bytes = await response.bytes()
    if (!outgoing.hasHeader('content-length')) outgoing.setHeader('content-length', bytes.length)
    outgoing.writeHead(response.status).end(bytes)
    return
  }
  outgoing.writeHead(response.status)
  if (!response.body) return void outgoing.end()
  outgoing.flushHeaders()
  for await (const chunk of response.body as ReadableStream<Uint8Array>) outgoing.write(chunk)
  outgoing.end()
}

/** `fetch` wraps what went wrong; a socket shows it bare. */
function causeOf(error: unknown): Error {
  if (error instanceof Error && error.cause instanceof Error) return error.cause
  return error instanceof Error ? error : new Error(String(error))
}
