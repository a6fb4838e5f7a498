// One exchange as the client sees it: from sending to the last byte, the failure or the abort. Whatever the world still
// does with it afterwards changes nothing for the client any more.

import assert from 'node:assert/strict'

import type { Owner } from '#context/owner.ts'
import type { FaultReply } from '#fault/fault.ts'
import type { Versions } from '#history/event.ts'
import type { NetCode, NetPhase } from '#history/facts.ts'
import type { RequestFacts, ServiceRequest } from '#server/service.ts'
import { lose, toResponse, type Way } from './answer.ts'
import { cutBody, mayHaveBody, trickle, wholeBody, type FailingStream, type Trickle } from './body.ts'
import { textOf } from './foreign-text.ts'
import { causeOf, fetchFailed, fetchPatience, terminated, type Patience } from './network-error.ts'
import { isRedirect } from './redirect.ts'
import type { HeadReader } from './response-facts.ts'
import type { Unread, Wire } from './wire.ts'

/** The caller of `fetch`, for one exchange. */
export type Caller = {
  readonly owner: Owner | undefined
  /** The line of the client's code that asks, where it is known. */
  readonly from?: string | undefined
  readonly way: Way
  /** How long its stack waits by itself; as long as Node's fetch unless said otherwise. */
  readonly patience?: Patience
  /** Its connection is made. Not called of one that never is. */
  connected?(): void
  /** The body may still be to come; `reply` has what would be all of it. */
  answered(response: Response, reply: FaultReply): void
  /** Called instead of `answered`, where there is one, with a reply of which all has arrived: a Response would be wasted. */
  replied?(reply: FaultReply): void
  failed(error: unknown): void
  /** The answer is a redirect that is to be followed: it is not handed over. True when it was taken. */
  redirect(reply: FaultReply): boolean
  /** Nothing can be aborted any more. */
  finished(): void
}

/** How a body that is cut short ends: with an error after `afterMs`; without it, not before the client's own limit. */
export type Cut = { readonly code: NetCode; readonly afterMs?: number }

/** In place of the Response that nobody looks at. */
export const unseen = new Response()

/** A body that drips comes in a piece per second, as long as it has so many bytes. */
const dripGapMs = 1_000
const mostPieces = 100

export class Exchange {
  readonly number: number
  readonly nth: number
  readonly asked: ServiceRequest
  readonly facts: RequestFacts
  readonly sentAt: number
  abandonedAt: number | null = null
  /** How long the body of the answer takes to come in. */
  dripMs = 0
  readonly #wire: Wire
  readonly #caller: Caller
  readonly #readHead: HeadReader
  #state: 'waiting' | 'reading' | 'over' = 'waiting'
  #body: FailingStream | undefined
  #trickle: Trickle | undefined
  #response: Response | undefined
  #limited = false
  /** Small, because it is kept until the body is read, maybe for ever. */
  readonly #unread: Unread

  constructor(
    wire: Wire,
    caller: Caller,
    { readHead }: { readonly readHead: HeadReader },
    asked: ServiceRequest,
    facts: RequestFacts,
  ) {
    this.number = wire.nextExchange()
    this.nth = wire.nextOf(caller.owner)
    this.#readHead = readHead
    this.asked = asked
    this.facts = facts
    this.sentAt = wire.now()
    this.#wire = wire
    this.#caller = caller
    this.#unread = { life: caller.owner?.life }
    wire.open.add(this)
  }

  get owner(): Owner | undefined {
    return this.#caller.owner
  }

  get from(): string | undefined {
    return this.#caller.from
  }

  get patience(): Patience {
    return this.#caller.patience ?? fetchPatience
  }

  connected(): void {
    this.#caller.connected?.()
  }

  /** Nobody waits for its answer. */
  get over(): boolean {
    return this.#state === 'over'
  }

  /** Nothing comes before `at` (never: Infinity): the client's own limit ends it when that is too late. */
  expect(at: number): void {
    const limit = this.sentAt + this.patience.headersMs
    if (at <= limit || this.#limited || this.over) return
    this.#limited = true
    this.#wire.at(limit, () => {
      if (this.#state === 'waiting') this.fail('headers', 'UND_ERR_HEADERS_TIMEOUT')
    })
  }

  /** Builds what the client will read, as of now. */
  prepare(reply: FaultReply, cut: Cut | undefined): Response {
    const { url } = this.asked
    const { way } = this.#caller
    if (!mayHaveBody(this.asked.method, reply)) return this.#whole(() => toResponse(reply, null, url, way))
    if (!cut) this.#trickle = this.#slowed(reply)
    if (!cut && !this.#trickle) return this.#whole(() => toResponse(reply, wholeBody(reply), url, way, this.#taken))
    this.#body = this.#trickle ?? cutBody(reply.body, this.#read)
    return toResponse(reply, this.#body.content, url, way)
  }

  #whole(response: () => Response): Response {
    return this.#caller.replied ? unseen : response()
  }

  /** Nobody reads the body of a redirect. */
  #slowed(reply: FaultReply): Trickle | undefined {
    if (this.dripMs === 0 || isRedirect(reply)) return undefined
    const pieces = Math.min(mostPieces, Math.max(2, Math.ceil(this.dripMs / dripGapMs)))
    return trickle(reply.body, pieces, this.#read, (reason) => this.abort(reason))
  }

  /** The head reached the client, and with it the whole body unless it is cut or drips. */
  answer(response: Response, reply: FaultReply, contains: Versions, cut: Cut | undefined): void {
    if (this.over) return
    assert(this.#state === 'waiting', 'An exchange is answered once.')
    this.#wire.record({
      kind: 'exchange.head',
      exchange: this.number,
      status: reply.status,
      ...this.#readHead(reply.headers, this.#wire.options.startMs + this.#wire.now()),
    })
    if (cut && this.#body) {
      this.#state = 'reading'
      this.#failAfter(cut.afterMs ?? this.patience.bodyMs, cut.code)
      this.#handOver(response, reply)
      return
    }
    if (this.#trickle) {
      this.#state = 'reading'
      this.#drip(this.#trickle, contains)
      this.#handOver(response, reply)
      return
    }
    this.#end()
    this.#wire.record({ kind: 'exchange.ended', exchange: this.number, contains })
    if (this.#caller.redirect(reply)) return
    this.#response = response
    this.#handOver(response, reply)
    if (!mayHaveBody(this.asked.method, reply)) this.#caller.finished()
  }

  /** Whoever gets a body is to read it, or to say that he will not. */
  #handOver(response: Response, reply: FaultReply): void {
    if (response === unseen) return this.#caller.replied?.(reply)
    const hasBody = mayHaveBody(this.asked.method, reply) && (reply.body?.length ?? 0) > 0
    if (hasBody) this.#wire.unread.add(this.#unread)
    this.#caller.answered(response, reply)
  }

  #drip(body: Trickle, contains: Versions): void {
    const startedAt = this.#wire.now()
    const gapMs = this.dripMs / body.pieces
    const { bodyMs } = this.patience
    if (gapMs > bodyMs) return this.#failAfter(bodyMs, 'UND_ERR_BODY_TIMEOUT')
    const arrive = (piece: number): void => {
      if (this.over) return
      if (piece < body.pieces) {
        this.#wire.at(startedAt + (piece + 1) * gapMs, () => arrive(piece + 1))
        body.next()
        return
      }
      this.#end()
      this.#wire.record({ kind: 'exchange.ended', exchange: this.number, contains })
      body.next()
      this.#caller.finished()
    }
    this.#wire.at(startedAt + gapMs, () => arrive(1))
  }

  #failAfter(ms: number, code: NetCode): void {
    if (ms !== Infinity) this.#wire.at(this.#wire.now() + ms, () => this.fail('body', code))
  }

  fail(phase: NetPhase, code: NetCode): void {
    if (this.over) return
    this.#end()
    this.#read()
    this.#wire.record({ kind: 'exchange.failed', exchange: this.number, phase, code })
    const cause = causeOf(code, this.asked.url, phase)
    if (this.#body) this.#body.fail(terminated(cause))
    else this.#caller.failed(fetchFailed(cause))
    this.#caller.finished()
  }

  readonly #read = (): void => {
    this.#wire.unread.delete(this.#unread)
  }

  /** What has arrived as a whole can be aborted no more once it is read. */
  readonly #taken = (): void => {
    this.#read()
    this.#caller.finished()
  }

  /** The client gave up. An answer that has arrived but was not read is lost all the same, as in Node. */
  abort(reason: unknown): void {
    this.#read()
    if (!this.over) {
      this.#end()
      this.abandonedAt = this.#wire.now()
      const text = this.#wire.redactor.clean(textOf(reason))
      this.#wire.record({ kind: 'exchange.aborted', exchange: this.number, reason: text })
    }
    if (this.#body) this.#body.fail(reason)
    else if (this.#response) lose(this.#response, reason)
  }

  /** Its process died: the connection closes, and whoever waited is gone. */
  drop(): void {
    if (this.over) return
    this.#end()
    this.#read()
    this.abandonedAt = this.#wire.now()
    this.#wire.record({ kind: 'exchange.aborted', exchange: this.number, reason: 'the process died' })
  }

  #end(): void {
    this.#state = 'over'
    this.#wire.open.delete(this)
  }
}
