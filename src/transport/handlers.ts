// Simulated services as MSW request handlers: one handler for each service, which has its own route table. The virtual
// transport resolves them in process; users may mount the same ones in their own `setupServer` or `setupWorker`.

import { getResponse, RequestHandler } from 'msw'

import { runAsHarness } from '#context/owner.ts'
import { createPrng, type Prng } from '#random/prng.ts'
import type { Reply, Service, ServiceRequest } from '#server/service.ts'
import { headReader, type HeadReader } from './response-facts.ts'

/** One request on its way through a handler: when it is served, with which randomness, and what becomes of the reply. */
export type Visit = {
  readonly asked: ServiceRequest
  readonly at: number
  readonly random: Prng
  respond(reply: Reply): Response
}

export type HandlerOptions = {
  /** Milliseconds since some start. Without it time moves by ten with each request. */
  readonly now?: () => number
  readonly random?: Prng
}

const visits = new WeakMap<Request, Visit>()

export class ServiceHandler extends RequestHandler {
  readonly service: Service
  /** What its answers tell, for the history. */
  readonly readHead: HeadReader
  readonly #hosts: ReadonlySet<string>
  readonly #now: () => number
  readonly #random: Prng
  #served = 0

  constructor(service: Service, options: HandlerOptions) {
    super({ info: { header: service.name }, resolver: () => undefined })
    this.service = service
    this.readHead = headReader(service.limitHeaders)
    this.#hosts = new Set(service.hosts.map(({ host }) => host))
    this.#now = options.now ?? (() => this.#served * 10)
    this.#random = options.random ?? createPrng('handlers')
  }

  /** Overridden as a whole, because MSW's own clones each request, which costs more than our serving it. */
  override async run(args: { request: Request; requestId: string }): ReturnType<RequestHandler['run']> {
    const { request, requestId } = args
    const visit = visits.get(request) ?? (this.predicate({ request }) ? await this.#mounted(request) : null)
    if (!visit) return null
    this.isUsed = true
    const response = visit.respond(this.service.handle(visit.asked, visit.at, visit.random))
    return { handler: this, request, requestId, response }
  }

  override predicate(args: { request: Request }): boolean {
    return this.#hosts.has(new URL(args.request.url).host)
  }

  override log(): void {}

  async #mounted(request: Request): Promise<Visit> {
    this.#served += 1
    const asked = toServiceRequest(request, await request.clone().text())
    return {
      asked,
      at: this.#now(),
      random: this.#random.fork('mounted', this.#served),
      respond: ({ status, headers, body }) =>
        new Response(asked.method === 'HEAD' ? null : body, { status, headers: headers as [string, string][] }),
    }
  }
}

export function toHandlers(services: readonly Service[], options: HandlerOptions = {}): ServiceHandler[] {
  return services.map((service) => new ServiceHandler(service, options))
}

/** Serves a request through MSW, outside the caller's context: MSW draws request ids from `Math.random`. */
export function resolve(handler: ServiceHandler, request: Request, visit: Visit): Promise<Response | undefined> {
  visits.set(request, visit)
  return runAsHarness(() => getResponse([handler], request))
}

export function toServiceRequest(request: Request, body: string): ServiceRequest {
  return {
    method: request.method,
    url: new URL(request.url),
    headers: Object.fromEntries(request.headers as unknown as Iterable<[string, string]>),
    body,
  }
}
