// What a declared breaker must have done, inferred from what was sent. Everything doubtful is read in the client's favour:
// a trip is seen when one more call than declared has failed, any good answer of the scope may have closed the breaker, and what
// was asked before the trip may still be sent.

import type { History } from '#history/history.ts'
import type { BreakerFacts } from '#history/promises.ts'
import { selector, type Operation } from '#history/query.ts'
import { callsGuardedBy, coarseOf, heldBack, reassuring, type BreakerCall } from './breaker-calls.ts'
import { createFailureCount, type FailureCount } from './breaker-counts.ts'

/** Of the rest. Where few ask, nobody sees that it is open; a silence of nearly the rest is taken for one. */
const nearly = 0.8

/** One time that the breaker must have opened, and what was sent then. */
export type Opening = {
  readonly scope: string
  /** Whether it was closed before, or trying the service. */
  readonly after: 'failures' | 'probe'
  readonly trippedAt: number
  /** The last failure that it takes. */
  readonly failed: BreakerCall
  /** Calls that were asked for later and sent nevertheless, before any sign of its being open. */
  readonly further: readonly BreakerCall[]
  /** Operations that were answered without sending anything. */
  readonly held: readonly Operation[]
  /** It opened no earlier than this: the last call that it let through was asked for then. */
  readonly openedAfter: number
  /** The first that was sent again. */
  readonly next: BreakerCall | null
  /** All that was sent before one of them came back. */
  readonly probes: readonly BreakerCall[]
  /** Operations held back meanwhile. */
  readonly heldByProbe: number
  /** When it was heard of again, well or not; `null` when the run ended first. */
  readonly endedAt: number | null
}

type Draft = { -readonly [K in keyof Opening]: Opening[K] extends readonly (infer E)[] ? E[] : Opening[K] }
type Mark =
  | { readonly kind: 'sent' | 'failed' | 'back' | 'over'; readonly seq: number; readonly call: BreakerCall }
  | { readonly kind: 'held'; readonly seq: number; readonly operation: Operation }
  | { readonly kind: 'answered' | 'restarted'; readonly seq: number }

/** All openings of all breakers, in the order of scopes and time. None when no breaker is declared. */
export const openings: (history: History) => readonly Opening[] = selector((history) => {
  const { breaker } = history.header.declares
  if (!breaker) return []
  return Array.from(marksByScope(history, breaker)).flatMap(([scope, marks]) => {
    const watch = new Watch(history, scope, breaker)
    for (const mark of marks) watch.see(mark)
    return watch.found
  })
})

function marksByScope(history: History, breaker: BreakerFacts): ReadonlyMap<string, readonly Mark[]> {
  const calls = callsGuardedBy(history, breaker)
  const byScope = Map.groupBy(calls, ({ scope }) => scope)
  const answered = Map.groupBy(reassuring(history), (exchange) => coarseOf(breaker, exchange))
  const restarted = Map.groupBy(history.all('client.restarted'), ({ instance }) => instance)
  const held = Map.groupBy(heldBack(history, breaker), ({ invoked }) => kindOf(invoked))
  const kinds = Map.groupBy(calls, ({ operation }) => kindOf(operation.invoked))
  const found = new Map<string, readonly Mark[]>()
  for (const [scope, own] of byScope) {
    const { first, operation } = own[0] as BreakerCall
    const answers = answered.get(coarseOf(breaker, first, operation.invoked.workspace)) ?? []
    const mine = new Set(own.map((call) => kindOf(call.operation.invoked)))
    const marks: Mark[] = [
      ...own.flatMap(marksOf),
      ...answers.map(({ end }) => ({ kind: 'answered', seq: end?.seq ?? 0 }) as const),
      ...(restarted.get(first.sent.instance) ?? []).map(({ seq }) => ({ kind: 'restarted', seq }) as const),
      // What an operation would have sent is known by what its like sent: only if that was within one scope.
      ...Array.from(mine)
        .filter((kind) => kinds.get(kind)?.every((call) => call.scope === scope))
        .flatMap((kind) => held.get(kind) ?? [])
        .map((one) => ({ kind: 'held', seq: one.settled?.seq ?? 0, operation: one }) as const),
    ]
    found.set(
      scope,
      marks.toSorted((one, other) => one.seq - other.seq),
    )
  }
  return found
}

function kindOf({ instance, workspace, name }: Operation['invoked']): string {
  return `${instance} ${workspace} ${name}`
}

function marksOf(call: BreakerCall): Mark[] {
  const { first, failedSeq, operation } = call
  return [
    { kind: 'sent', seq: first.sent.seq, call },
    ...(first.end ? [{ kind: 'back', seq: first.end.seq, call } as const] : []),
    ...(operation.settled ? [{ kind: 'over', seq: operation.settled.seq, call } as const] : []),
    ...(failedSeq === null ? [] : [{ kind: 'failed', seq: failedSeq, call } as const]),
  ]
}

class Watch {
  readonly found: Draft[] = []
  readonly #history: History
  readonly #scope: string
  readonly #breaker: BreakerFacts
  readonly #count: FailureCount
  #state: 'closed' | 'tripped' | 'resting' | 'probing' | 'probed' = 'closed'
  readonly #out = new Set<BreakerCall>()
  /** Since then nothing is out. */
  #idleSeq = 0
  #openedSeq = 0
  #resetSeq = 0
  #lastAskedAt = 0
  #failedProbes = 0

  constructor(history: History, scope: string, breaker: BreakerFacts) {
    this.#history = history
    this.#scope = scope
    this.#breaker = breaker
    this.#count = createFailureCount(breaker)
  }

  see(mark: Mark): void {
    const { kind, seq } = mark
    if (kind === 'sent') this.#sent(mark.call)
    else if (kind === 'back') this.#back(mark.call)
    else if (kind === 'over') this.#over(mark.call, seq)
    else if (kind === 'failed') this.#failed(mark.call, seq)
    else if (kind === 'held') this.#held(mark.operation)
    else if (kind === 'restarted') this.#finish(seq)
    else {
      this.#count.succeeded(this.#history.at(seq).at)
      // What a share is taken of goes on while the breaker is closed.
      if (this.#state !== 'closed' || this.#breaker.share === undefined) this.#finish(seq)
    }
  }

  get #now(): Draft | undefined {
    return this.#state === 'closed' ? undefined : this.found.at(-1)
  }

  #open(after: Opening['after'], failed: BreakerCall, seq: number): void {
    this.found.push({
      scope: this.#scope,
      after,
      trippedAt: this.#history.at(seq).at,
      failed,
      further: [],
      held: [],
      openedAfter: this.#lastAskedAt,
      next: null,
      probes: [],
      heldByProbe: 0,
      endedAt: null,
    })
    this.#state = 'tripped'
    this.#openedSeq = seq
    this.#failedProbes = 0
  }

  #finish(seq: number): void {
    if (this.#now) this.#now.endedAt = this.#history.at(seq).at
    this.#state = 'closed'
    this.#resetSeq = seq
    this.#count.reset()
  }

  #sent(call: BreakerCall): void {
    const { invoked } = call.operation
    this.#out.add(call)
    this.#lastAskedAt = Math.max(this.#lastAskedAt, invoked.at)
    const now = this.#now
    if (!now || invoked.seq < this.#openedSeq) return
    const silentMs = call.first.sent.at - now.openedAfter
    if (this.#state === 'resting' || (this.#state === 'tripped' && silentMs >= this.#breaker.restMs * nearly)) {
      now.next = call
      this.#state = 'probing'
    }
    if (this.#state === 'probing') now.probes.push(call)
    if (this.#state !== 'tripped') return
    now.further.push(call)
    now.openedAfter = Math.max(now.openedAfter, invoked.at)
  }

  #back(call: BreakerCall): void {
    if (this.#state === 'probing' && this.#now?.probes.includes(call)) this.#state = 'probed'
  }

  #over(call: BreakerCall, seq: number): void {
    this.#out.delete(call)
    if (this.#out.size === 0) this.#idleSeq = seq
  }

  #failed(call: BreakerCall, seq: number): void {
    const { seq: sentSeq } = call.first.sent
    if (this.#state === 'closed') {
      if (sentSeq > this.#resetSeq && this.#count.failed(this.#history.at(seq).at)) this.#open('failures', call, seq)
      return
    }
    const now = this.#now
    if (!now?.next || sentSeq < now.next.first.sent.seq) return
    this.#failedProbes += 1
    if (this.#failedProbes < this.#breaker.probes) return
    now.endedAt = this.#history.at(seq).at
    this.#open('probe', call, seq)
  }

  #held(operation: Operation): void {
    const now = this.#now
    const { seq } = operation.invoked
    if (!now || seq < this.#openedSeq) return
    // With something in flight it may have waited for the answer to that.
    const alone = this.#out.size === 0 && seq > this.#idleSeq
    if (this.#state === 'tripped' && alone) this.#state = 'resting'
    if (this.#state === 'resting') now.held.push(operation)
    if (this.#state === 'probing') now.heldByProbe += 1
  }
}
