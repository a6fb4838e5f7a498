// The simulated services on sockets of this machine, in real time: one port for each host, on 127.0.0.1 and nowhere else.
// What a client sees is what the fault plan and the fleets decide, as in a replay; what they do to a connection is done to it.

import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

import type { Owner } from '#context/owner.ts'
import { tracedBy } from '#context/trace.ts'
import { UserError } from '#context/user-error.ts'
import type { ServiceHandler } from './handlers.ts'
import { send } from './send.ts'
import type { TransportOptions } from './transport.ts'
import { Wire } from './wire.ts'
import { incomingBody } from './incoming-body.ts'
import { incomingRequest } from './incoming-request.ts'
import { relay, tell } from './outgoing-response.ts'

const address = '127.0.0.1'

export type Place = { readonly host: string; readonly service: string; readonly url: string }

export interface Listening {
  readonly places: readonly Place[]
  readonly wire: Wire
  close(): Promise<void>
}

/** Ports count up from `port`; 0 takes any that are free. */
export async function listen(options: TransportOptions, port: number): Promise<Listening> {
  const wire = new Wire(options)
  const servers: Server[] = []
  const places: Place[] = []
  /** Links in bodies that lead to a simulated host lead to its socket. */
  const relink = (text: string): string =>
    text.includes('https://')
      ? places.reduce((linked, { host, url }) => linked.replaceAll(`https://${host}`, url), text)
      : text
  const close = async (): Promise<void> => {
    wire.close()
    await Promise.all(servers.map(stop))
  }
  try {
    for (const { name, hosts } of options.world.services)
      for (const { host } of hosts) {
        const handler = wire.handlerOf(new URL(`https://${host}`)) as ServiceHandler
        const server = createServer(patient, (request, response) => {
          void serve({ wire, handler, host, relink }, request, response)
        })
        servers.push(server)
        const taken = await start(server, port === 0 ? 0 : port + places.length)
        places.push({ host, service: name, url: `http://${address}:${taken}` })
      }
  } catch (error) {
    await close()
    throw error
  }
  return { places, wire, close }
}

/** A gateway keeps a connection longer than most clients do, and has no opinion on how long a request may take. */
const patient = { keepAliveTimeout: 75_000, headersTimeout: 0, requestTimeout: 0, noDelay: true }

type Counter = {
  readonly wire: Wire
  readonly handler: ServiceHandler
  readonly host: string
  readonly relink: (text: string) => string
}

async function serve({ wire, handler, host, relink }: Counter, incoming: IncomingMessage, outgoing: ServerResponse) {
  const body = await incomingBody(incoming)
  if (body === undefined || outgoing.destroyed) return void outgoing.destroy()
  const received = incomingRequest(`https://${host}`, incoming, body)
  if (!received) return void outgoing.writeHead(400).end()
  const exchange = send(
    wire,
    {
      owner: ownerOf(wire, incoming),
      way: { redirected: false, type: 'basic' },
      answered: (response) => {
        if (!outgoing.destroyed) relay(response, outgoing, relink).catch((error: unknown) => lose(error, outgoing))
      },
      replied: (reply) => {
        if (!outgoing.destroyed) tell(reply, outgoing, relink)
      },
      failed: (error) => lose(error, outgoing),
      redirect: () => false,
      finished() {},
    },
    handler,
    received.asked,
    received.request,
    undefined,
  )
  outgoing.once('close', () => {
    if (!outgoing.writableFinished) exchange.abort('the client closed the connection')
  })
}

/** Who asks says so by its trace. */
function ownerOf({ options }: Wire, { headers }: IncomingMessage): Owner | undefined {
  const { traceparent } = headers
  return options.ownerOf?.(tracedBy(typeof traceparent === 'string' ? traceparent : undefined))
}

/** A connection that is refused, or never made, cannot be told from one that is cut: the listener has accepted it. What
 * would be the client's own limit is left to the client. */
function lose(error: unknown, outgoing: ServerResponse): void {
  const code: unknown =
    error instanceof Error && error.cause instanceof Error && 'code' in error.cause && error.cause.code
  if (code === 'UND_ERR_HEADERS_TIMEOUT' || code === 'UND_ERR_BODY_TIMEOUT') return
  if (code === 'UND_ERR_SOCKET') outgoing.socket?.destroy()
  else outgoing.socket?.resetAndDestroy()
}

function start(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      const why = error.code === 'EADDRINUSE' ? 'it is in use' : (error.code ?? error.message)
      reject(
        new UserError(`Port ${port} of ${address} cannot be opened: ${why}.`, {
          hint: 'Choose others with --port; 0 takes any.',
        }),
      )
    })
    server.listen(port, address, () => resolve((server.address() as AddressInfo).port))
  })
}

function stop(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve())
    server.closeAllConnections()
  })
}
