// The simulated services as MSW request handlers of somebody's own `setupServer` or `setupWorker`, with the fault plan and the fleets in
// front of them. What a handler cannot do is left out: MSW has one error for every failure of a network, and knows the length of a body.

import { STATUS_CODES } from 'node:http'

import { RequestHandler } from 'msw'

import { limits } from '#context/limits.ts'
import type { FaultReply } from '#fault/fault.ts'
import type { Service, ServiceRequest } from '#server/service.ts'
import { mayHaveBody, wholeBody } from './body.ts'
import { type ServiceHandler, toServiceRequest } from './handlers.ts'
import { send } from './send.ts'
import type { TransportOptions } from './transport.ts'
import { Wire } from './wire.ts'

export interface Mounted {
  /** One for each service. */
  readonly handlers: readonly RequestHandler[]
  /** What is under way ends as if the network had gone; later requests are not answered. */
  close(): void
}

export function mount(options: TransportOptions): Mounted {
  const wire = new Wire(options)
  const waiting = new Set<() => void>()
  return {
    handlers: options.world.services.map((service) => new IncidentHandler(service, wire, waiting)),
    close() {
      wire.close()
      for (const giveUp of waiting) giveUp()
    },
  }
}

class IncidentHandler extends RequestHandler {
  readonly #wire: Wire
  readonly #hosts: ReadonlySet<string>
  readonly #waiting: Set<() => void>

  constructor({ name, hosts }: Service, wire: Wire, waiting: Set<() => void>) {
    super({ info: { header: name }, resolver: () => undefined })
    this.#wire = wire
    this.#hosts = new Set(hosts.map(({ host }) => host))
    this.#waiting = waiting
  }

  override predicate({ request }: { request: Request }): boolean {
    return !this.#wire.closed && this.#hosts.has(new URL(request.url).host)
  }

  override log(): void {}

  override async run(args: { request: Request; requestId: string }): ReturnType<RequestHandler['run']> {
    const { request, requestId } = args
    const handler = this.predicate({ request }) ? this.#wire.handlerOf(new URL(request.url)) : undefined
    if (!handler) return null
    this.isUsed = true
    return { handler: this, request, requestId, response: await this.#answer(handler, request) }
  }

  async #answer(handler: ServiceHandler, request: Request): Promise<Response> {
    const body = await request.clone().text()
    if (body.length > limits.bodyCharacters || this.#wire.closed) return Response.error()
    const asked = toServiceRequest(request, body)
    const { method, url } = asked
    let giveUp = (): void => undefined
    try {
      return await new Promise<Response>((resolve) => {
        const exchange = send(
          this.#wire,
          {
            owner: undefined,
            way: { redirected: false, type: 'basic' },
            answered: (response, reply) => resolve(begun(response, reply)),
            replied: (reply) => resolve(whole(reply, asked)),
            failed: () => resolve(Response.error()),
            redirect: () => false,
            finished() {},
          },
          handler,
          asked,
          new Request(url, { method }),
          undefined,
        )
        giveUp = () => resolve(Response.error())
        this.#waiting.add(giveUp)
        const abort = (): void => {
          exchange.abort(request.signal.reason)
          giveUp()
        }
        // It may have come while the body was read.
        if (request.signal.aborted) abort()
        else request.signal.addEventListener('abort', abort, { once: true })
      })
    } finally {
      this.#waiting.delete(giveUp)
    }
  }
}

/** What is still to come, and may never. Node's MSW ends the connection either way: a client sees by the length that something is missing. */
function begun({ body, status, statusText, headers }: Response, reply: FaultReply): Response {
  const length = new Blob([wholeBody(reply)]).size
  return new Response(body, {
    status: possible(status),
    statusText,
    headers: [...headers, ['content-length', String(length)]],
  })
}

/** Node's MSW keeps in memory for ever what does not say how long it is. */
function whole(reply: FaultReply, { method }: ServiceRequest): Response {
  const status = possible(reply.status)
  const body = mayHaveBody(method, reply) ? wholeBody(reply) : null
  const headers = new Headers(reply.headers as [string, string][])
  if (body !== null && !headers.has('content-length')) headers.set('content-length', String(new Blob([body]).size))
  return new Response(body, { status, statusText: STATUS_CODES[status] ?? '', headers })
}

/** A network may deliver any status, but Response makes only these. */
function possible(status: number): number {
  return status >= 200 && status <= 599 ? status : 500
}
