// One request of a witness: from when to when it was on the wire, how it ended, and what was done to it.

import type { EventOf, HistoryEvent } from '#history/event.ts'

export type Attempt = {
  readonly exchange: number
  readonly request: string
  readonly host: string
  readonly from: number
  readonly until: number
  readonly end: string
  readonly tone: 'good' | 'refused' | 'broken' | 'abandoned' | 'open'
  /** Faults that met it, with what they did. */
  readonly faults: readonly string[]
  /** What it changed at the provider. */
  readonly effects: readonly string[]
  readonly retryAfter: string | null
  readonly requestId: string | null
  /** The line of the client's own code that sent it. */
  readonly line: string | null
  /** It may be another operation's. */
  readonly uncertain: boolean
  /** Sequence numbers of its events that are part of the witness. */
  readonly witness: readonly number[]
  readonly seq: number
}

type Ending = EventOf<'exchange.ended'> | EventOf<'exchange.failed'> | EventOf<'exchange.aborted'>

const mostWords = 4

export function attemptOf(
  events: readonly HistoryEvent[],
  sent: EventOf<'exchange.sent'>,
  endOfRun: number,
  marked: ReadonlySet<number>,
): Attempt {
  const head = events.find((event) => event.kind === 'exchange.head')
  const ending = events.find(isEnding)
  const faults = events.flatMap((event) => (event.kind === 'fault.hit' ? [`${event.fault}: ${event.decision}`] : []))
  const effects = events.flatMap((event) =>
    event.kind === 'effect.committed' ? [`${event.entity} ${event.change}`] : [],
  )
  return {
    exchange: sent.exchange,
    request: `${sent.method} ${sent.route}`,
    host: sent.host,
    from: sent.at,
    until: ending?.at ?? endOfRun,
    ...endOf(ending, head),
    faults: [...new Set(faults)].slice(0, mostWords),
    effects: [...new Set(effects)].slice(0, mostWords),
    retryAfter: head?.retryAfter ?? null,
    requestId: head?.requestId ?? null,
    line: sent.from ?? null,
    uncertain: !sent.certain,
    witness: events.flatMap(({ seq }) => (marked.has(seq) ? [seq] : [])),
    seq: sent.seq,
  }
}

function isEnding(event: HistoryEvent): event is Ending {
  return event.kind === 'exchange.ended' || event.kind === 'exchange.failed' || event.kind === 'exchange.aborted'
}

function endOf(ending: Ending | undefined, head: EventOf<'exchange.head'> | undefined): Pick<Attempt, 'end' | 'tone'> {
  if (!ending) return { end: 'no answer until the run ended', tone: 'open' }
  if (ending.kind === 'exchange.failed') return { end: `${ending.code} (${ending.phase})`, tone: 'broken' }
  if (ending.kind === 'exchange.aborted') return { end: `given up: ${ending.reason}`, tone: 'abandoned' }
  const status = head?.status ?? 0
  return { end: `answered ${status}`, tone: status < 400 ? 'good' : 'refused' }
}
