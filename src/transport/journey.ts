// What the world does with one exchange: faults decide, the fleet admits it or not, the service serves it, the answer
// travels back. It runs to its end whether or not the client still waits: a time-out on the client undoes no write.

import assert from 'node:assert/strict'

import type { Decision, FaultReply } from '#fault/fault.ts'
import type { Hit } from '#fault/plan.ts'
import type { Effect, Versions } from '#history/event.ts'
import { usualLimitHeaders } from '#history/limit-headers.ts'
import type { Prng } from '#random/prng.ts'
import type { Admission, Fleet } from '#server/fleet.ts'
import { gatewayTimeoutReply, overloadedReply } from '#server/intercom/error-bodies.ts'
import type { Lever, Reply } from '#server/service.ts'
import { mayHaveBody } from './body.ts'
import { unseen, type Cut, type Exchange } from './exchange.ts'
import { resolve, type ServiceHandler } from './handlers.ts'
import { ownerName, type Wire } from './wire.ts'

/** A gateway that answers, refuses or cuts by itself takes about this long. */
const gatewayMs = 10
/** What a fleet nobody has described takes. */
const ampleServiceMs = 60
/** Between the part of a body that arrives and the loss of the rest. */
const bodyGapMs = 20
/** The beginning of an answer that no service gave. */
const headOfNobody: FaultReply = {
  status: 200,
  headers: [['content-type', 'application/json; charset=utf-8']],
  body: '',
}

type Ending = Extract<Decision, { kind: 'respond' | 'abort' | 'hang' }>
type Rewrite = { readonly fault: string; readonly decision: Extract<Decision, { kind: 'rewrite' }> }

export class Journey {
  readonly #wire: Wire
  readonly #exchange: Exchange
  readonly #handler: ServiceHandler
  readonly #request: Request
  #ending: { readonly fault: string; readonly decision: Ending } | undefined
  readonly #rewrites: Rewrite[] = []
  readonly #drips: string[] = []
  /** A fault changed what the body tells. */
  #spoilt = false

  constructor(wire: Wire, exchange: Exchange, handler: ServiceHandler, request: Request) {
    this.#wire = wire
    this.#exchange = exchange
    this.#handler = handler
    this.#request = request
  }

  begin(hits: readonly Hit[]): void {
    const arrivesAt = this.#exchange.sentAt + this.#sort(hits)
    const ending = this.#ending?.decision
    if (ending?.kind === 'abort' && ending.phase === 'connect') return this.#unconnected(ending, arrivesAt)
    this.#exchange.connected()
    if (arrivesAt <= this.#exchange.sentAt) return this.#arrive()
    this.#exchange.expect(arrivesAt)
    this.#wire.at(arrivesAt, () => this.#arrive())
  }

  /** Keeps what the faults decided, and returns by how much they delay the request. */
  #sort(hits: readonly Hit[]): number {
    let delayMs = 0
    for (const { fault, decision } of hits)
      switch (decision.kind) {
        case 'delay':
          delayMs += decision.ms
          this.#hit(fault, 'delay', 'none')
          break
        case 'rewrite':
          this.#rewrites.push({ fault, decision })
          break
        case 'drip':
          this.#drips.push(fault)
          this.#exchange.dripMs += decision.ms
          break
        case 'respond':
        case 'abort':
        case 'hang':
          this.#ending = { fault, decision }
      }
    return delayMs
  }

  #unconnected(ending: Extract<Ending, { kind: 'abort' }>, arrivesAt: number): void {
    const { connectMs, connectCode } = this.#exchange.patience
    const timesOut = ending.code === 'UND_ERR_CONNECT_TIMEOUT'
    const code = timesOut ? connectCode : ending.code
    const failsAt = timesOut ? this.#exchange.sentAt + connectMs : arrivesAt + this.#gatewayMs()
    this.#endingHit('none')
    this.#wire.at(failsAt, () => this.#exchange.fail('connect', code))
  }

  #arrive(): void {
    const now = this.#wire.now()
    const ending = this.#ending?.decision
    if (ending && !this.#reachesService(ending)) {
      const endsAt = now + this.#gatewayMs()
      this.#arrived(0, this.#answerAt(endsAt))
      this.#endingHit('none')
      this.#wire.at(endsAt, () => this.#finish(ending))
      return
    }
    const fleet = this.#wire.fleetOf(this.#fleetName())
    const admission = fleet ? fleet.admit(now) : this.#ample(now)
    if (admission.kind === 'served') this.#admitted(admission, fleet)
    else this.#turnedAway(admission, fleet)
  }

  /** A body that is cut short is somebody's answer: what commits nothing is served for it, effect or not. */
  #reachesService(ending: Ending): boolean {
    if (ending.effect === 'committed') return true
    const { method } = this.#exchange.asked
    return ending.kind !== 'respond' && ending.phase === 'body' && (method === 'GET' || method === 'HEAD')
  }

  #ample(now: number): Admission {
    const endsAt = now + ampleServiceMs * (0.75 + this.#stream('service-time').next() / 2)
    return { kind: 'served', startsAt: now, endsAt, waiting: 0 }
  }

  #admitted(admission: Extract<Admission, { kind: 'served' }>, fleet: Fleet | undefined): void {
    const { startsAt, endsAt, waiting } = admission
    this.#arrived(waiting, this.#answerAt(endsAt))
    if (waiting > 0 || startsAt > this.#wire.now()) this.#conditionHits()
    this.#endingHit(this.#ending?.decision.effect ?? 'none')
    this.#wire.at(endsAt, () => {
      const { abandonedAt } = this.#exchange
      const dropped = fleet?.config.abandoned === 'dropped' && abandonedAt !== null && abandonedAt < startsAt
      if (!dropped) this.#serve()
    })
  }

  /** The fleet never takes it, so a fault that wanted it served does not come to pass either. */
  #turnedAway(admission: Exclude<Admission, { kind: 'served' }>, fleet: Fleet | undefined): void {
    if (admission.kind === 'overflow' && fleet?.config.overflow === 'hang') {
      this.#arrived(admission.waiting, null)
      this.#conditionHits()
      return
    }
    const timedOut = admission.kind === 'gateway-timeout'
    const answersAt = timedOut ? admission.endsAt : this.#wire.now() + this.#gatewayMs()
    this.#arrived(admission.waiting, answersAt)
    this.#conditionHits()
    this.#wire.at(answersAt, () => this.#answer(timedOut ? gatewayTimeoutReply() : this.#overloaded(), undefined))
  }

  /** The service does its work; what becomes of its answer is up to the fault, when there is one. */
  #serve(): void {
    const ending = this.#ending?.decision
    const cut = ending && cutOf(ending)
    let deliver = (): void => {}
    const respond = (reply: Reply): Response => {
      this.#wire.commit(reply.effects, this.#exchange.number, this.#exchange.facts.workspace)
      if (ending && !cut) {
        deliver = () => this.#finish(ending)
      } else if (!this.#exchange.over) {
        if (reply.bentBy) this.#leverHits(reply.bentBy)
        const edited = this.#edited(reply, 'committed')
        const response = this.#exchange.prepare(edited, cut)
        const contains: Versions = this.#spoilt ? {} : reply.contains
        deliver = () => this.#exchange.answer(response, edited, contains, cut)
        return response
      }
      return unseen
    }
    const visit = { asked: this.#exchange.asked, at: this.#wire.now(), random: this.#stream('reply'), respond }
    resolve(this.#handler, this.#request, visit)
      .then(() => deliver())
      .catch((error: unknown) => this.#wire.stop(error))
  }

  #overloaded(): Reply {
    return this.#handler.service.errorReply?.(503, this.#stream('error')) ?? overloadedReply()
  }

  /** A fault writes in the words of Intercom; an API that has words of its own says it in those. */
  #inItsWords(reply: FaultReply): FaultReply {
    const { service } = this.#handler
    if (reply.ofApi !== true || !service.errorReply) return reply
    const { headers, body } = service.errorReply(reply.status, this.#stream('error'))
    const own = headers.map(([name]) => name)
    return { ...reply, headers: [...headers, ...reply.headers.filter(([name]) => !own.includes(name))], body }
  }

  /** What the client sees of a decision that ends the exchange. Of a hang it sees nothing. */
  #finish(ending: Ending): void {
    if (ending.kind === 'respond') return this.#answer(this.#inItsWords(ending), undefined)
    const cut = cutOf(ending)
    if (cut) this.#answer(headOfNobody, cut)
    else if (ending.kind === 'abort' && !isSilent(ending)) this.#exchange.fail('headers', ending.code)
  }

  #answer(reply: FaultReply, cut: Cut | undefined): void {
    if (this.#exchange.over) return
    const edited = this.#edited(reply, 'none')
    this.#exchange.answer(this.#exchange.prepare(edited, cut), edited, {}, cut)
  }

  #edited(reply: FaultReply, effect: Effect): FaultReply {
    const epochMs = this.#wire.options.startMs + this.#wire.now()
    const told = this.#handler.service.limitHeaders ?? usualLimitHeaders
    let edited = reply
    for (const { fault, decision } of this.#rewrites) {
      const before = edited
      edited = decision.edit(before, epochMs, told)
      if (edited !== before) this.#hit(fault, 'rewrite', effect)
      const { keepsContent = false } = decision
      const isKept = typeof keepsContent === 'function' ? keepsContent(before) : keepsContent
      if (edited.body !== before.body && !isKept) this.#spoilt = true
    }
    if (mayHaveBody(this.#exchange.asked.method, edited))
      for (const fault of this.#drips) this.#hit(fault, 'drip', effect)
    return edited
  }

  #answerAt(at: number): number | null {
    const ending = this.#ending?.decision
    return ending && (isSilent(ending) || ending.kind === 'hang') ? null : at
  }

  /** `at` is when the world answers, or fails visibly. */
  #arrived(queued: number, at: number | null): void {
    const answersIn = at === null ? null : Math.round((at - this.#wire.now()) * 1_000) / 1_000
    this.#wire.record({ kind: 'exchange.arrived', exchange: this.#exchange.number, queued, answersIn })
    const ending = this.#ending?.decision
    if (!ending || !cutOf(ending)) this.#exchange.expect(at ?? Infinity)
  }

  #hit(fault: string, decision: Decision['kind'] | 'condition', effect: Effect): void {
    assert(decision !== 'pass', 'A fault that lets an exchange pass does not hit it.')
    this.#wire.record({ kind: 'fault.hit', exchange: this.#exchange.number, fault, decision, effect })
  }

  #endingHit(effect: Effect): void {
    if (this.#ending) this.#hit(this.#ending.fault, this.#ending.decision.kind, effect)
  }

  #conditionHits(): void {
    const imposed = this.#wire.options.plan.conditions(this.#fleetName(), this.#wire.now())
    for (const fault of new Set(imposed.map((each) => each.fault))) this.#hit(fault, 'condition', 'none')
  }

  /** The faults on the workspace that pull these levers now. */
  #leverHits(levers: readonly Lever[]): void {
    const { workspace, region, shard } = this.#exchange.facts
    assert(workspace !== null && shard !== undefined, 'A lever bends only what a workspace replies.')
    const imposed = this.#wire.options.plan.workspaceConditions({ name: workspace, region, shard }, this.#wire.now())
    const pulling = imposed.filter(({ condition }) => levers.some((lever) => lever === condition.kind))
    for (const fault of new Set(pulling.map((each) => each.fault))) this.#hit(fault, 'condition', 'none')
  }

  #fleetName(): string {
    return `${this.#exchange.facts.region}-${this.#exchange.facts.product}`
  }

  #gatewayMs(): number {
    return gatewayMs * (0.5 + this.#stream('gateway').next())
  }

  #stream(purpose: string): Prng {
    return this.#wire.options.random.fork(purpose, ownerName(this.#exchange.owner), this.#exchange.nth)
  }
}

/** Nothing of the answer ever shows. */
function isSilent(ending: Ending): boolean {
  if (ending.kind === 'respond' || ending.phase === 'body') return false
  return ending.kind === 'hang' || ending.code === 'UND_ERR_HEADERS_TIMEOUT'
}

function cutOf(ending: Ending): Cut | undefined {
  if (ending.kind === 'respond' || ending.phase !== 'body') return undefined
  const code = ending.kind === 'hang' ? 'UND_ERR_BODY_TIMEOUT' : ending.code
  return code === 'UND_ERR_BODY_TIMEOUT' ? { code } : { code, afterMs: bodyGapMs }
}
