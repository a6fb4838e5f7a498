// The simulated services on sockets of this machine, in real time: one port for each host, on 127.0.0.1 and nowhere else; or,
// when a container needs them, on the address of its network only.
// What a client sees is what the fault plan and the fleets decide, as in a replay; what they do to a connection is done to it.

import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http'
import type { Socket } from 'node:net'

import type { Owner } from '#context/owner.ts'
import { tracedBy } from '#context/trace.ts'
import { UserError } from '#context/user-error.ts'
import { ClientEnds } from './client-ends.ts'
import { createDoor, type Door, type Greet } from './door.ts'
import type { ServiceHandler } from './handlers.ts'
import { causeOf, garble } from './network-error.ts'
import { send } from './send.ts'
import type { Front, TransportOptions } from './transport.ts'
import { Wire } from './wire.ts'
import { incomingBody } from './incoming-body.ts'
import { incomingRequest } from './incoming-request.ts'
import { relay, tell } from './outgoing-response.ts'

const ownAddress = '127.0.0.1'

export type Place = { readonly host: string; readonly service: string; readonly url: string }

export interface Listening {
  readonly places: readonly Place[]
  readonly wire: Wire
  close(): Promise<void>
}

/** Who is served: clients in this process, by the ends of their connections, and those that come to another address. */
type Company = { readonly ends?: ClientEnds; readonly front?: Front | undefined }

/** Ports count up from `port`; 0 takes any that are free. */
export async function listen(options: TransportOptions, port: number, company: Company = {}): Promise<Listening> {
  const { ends = new ClientEnds(), front } = company
  const { address, name } = front ?? { address: ownAddress, name: ownAddress }
  const wire = new Wire(options)
  const doors: Door[] = []
  const places: Place[] = []
  /** Links in bodies that lead to a simulated host lead to its socket. */
  const relink = (text: string): string =>
    text.includes('https://')
      ? places.reduce((linked, { host, url }) => linked.replaceAll(`https://${host}`, url), text)
      : text
  const close = async (): Promise<void> => {
    wire.close()
    await Promise.all(doors.map((door) => door.close()))
  }
  try {
    for (const { name: service, hosts } of options.world.services)
      for (const { host, region, product } of hosts) {
        const handler = wire.handlerOf(new URL(`https://${host}`)) as ServiceHandler
        const fleet = `${region}-${product}`
        const answer: RequestListener = (request, response) => {
          if (front && !isCalled(front.name, request)) return void response.writeHead(403).end()
          void serve({ wire, handler, host, fleet, relink, ends }, request, response)
        }
        const door = createDoor(answer, options.authority, greeter(wire, fleet), (how) =>
          wire.record({ kind: 'handshake.failed', host, how }),
        )
        for (const { kind, from } of options.plan.specs) if (kind.handshake) wire.at(from, () => door.renew())
        doors.push(door)
        const taken = await open(door, address, port === 0 ? 0 : port + places.length)
        places.push({ host, service, url: `${options.authority ? 'https' : 'http'}://${name}:${taken}` })
      }
  } catch (error) {
    await close()
    throw error
  }
  return { places, wire, close }
}

/** No browser and no neighbour can guess the name. */
function isCalled(name: string, { headers }: IncomingMessage): boolean {
  return headers.host?.replace(/:\d+$/u, '') === name
}

/** A connection that ends before there is a request is nobody's exchange. */
function greeter(wire: Wire, fleet: string): Greet {
  let nth = 0
  return () => {
    nth += 1
    const greeting = wire.options.plan.handshake(fleet, nth, wire.now(), wire.options.random)
    if (!greeting) return undefined
    const { fault, handshake } = greeting
    wire.record({ kind: 'fault.hit', exchange: null, fault, decision: 'abort', effect: 'none' })
    return handshake
  }
}

type Counter = {
  readonly wire: Wire
  readonly handler: ServiceHandler
  readonly host: string
  readonly fleet: string
  readonly ends: ClientEnds
  readonly relink: (text: string) => string
}

async function serve(
  { wire, handler, host, fleet, relink, ends }: Counter,
  incoming: IncomingMessage,
  outgoing: ServerResponse,
) {
  const body = await incomingBody(incoming)
  if (body === undefined || outgoing.destroyed) return void outgoing.destroy()
  const received = incomingRequest(`https://${host}`, incoming, body)
  if (!received) return void outgoing.writeHead(400).end()
  if (wire.options.plan.breaksHandshakes(fleet, wire.now())) outgoing.shouldKeepAlive = false
  const exchange = send(
    wire,
    {
      owner: ownerOf(wire, incoming),
      way: { redirected: false, type: 'basic' },
      answered: (response) => {
        if (!outgoing.destroyed)
          relay(response, outgoing, relink).catch((error: unknown) => lose(error, outgoing, ends))
      },
      replied: (reply) => {
        if (!outgoing.destroyed) tell(reply, outgoing, relink)
      },
      failed: (error) => lose(error, outgoing, ends),
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

/** A connection that was never made: to a program it is one that is cut, because the listener has accepted it. What would be the client's
 * own limit is left to the client. */
function lose(error: unknown, { socket }: ServerResponse, ends: ClientEnds): void {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : new Error(String(error))
  const code: unknown = 'code' in cause ? cause.code : undefined
  if (code === 'UND_ERR_HEADERS_TIMEOUT' || code === 'UND_ERR_BODY_TIMEOUT') return
  if (code === 'UND_ERR_SOCKET') return void socket?.destroy()
  if (cause.name === 'HTTPParserError') return void socket?.end(garble)
  if (code === 'ENOTFOUND' && ends.fail(socket?.remotePort, cause)) return
  if (code === 'ECONNREFUSED' && ends.fail(socket?.remotePort, refusalBy(socket))) return
  socket?.resetAndDestroy()
}

function refusalBy(socket: Socket | null): Error {
  return causeOf('ECONNREFUSED', new URL(`http://${ownAddress}:${socket?.localPort}`), 'connect', ownAddress)
}

async function open(door: Door, address: string, port: number): Promise<number> {
  try {
    return await door.open(port, address)
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException
    const why = code === 'EADDRINUSE' ? 'it is in use' : (code ?? message)
    throw new UserError(`Port ${port} of ${address} cannot be opened: ${why}.`, {
      hint: 'Choose others with --port; 0 takes any.',
    })
  }
}
