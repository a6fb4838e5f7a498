// The times in which a client was asked to stay away by Retry-After, and what it sent into them. Which of that is wrong is for
// `heeds-retry-after` to say; this is what it looks at: silences as long as it judges, told by a clock that can be trusted.

import type { EventOf } from '#history/event.ts'
import type { History } from '#history/history.ts'
import { isClockSure, silenceAskedBy, type Silence } from '#oracle/silence.ts'
import { bounded, type Bounded } from './bands.ts'
import { columnOf, type Column } from './column.ts'
import { stepAt, type Grid } from './grid.ts'

export type Silences = {
  /** Those of one process, host and workspace (after a 503: and route) that overlap are one. */
  readonly spans: Bounded<{
    readonly from: number
    readonly until: number
    readonly where: string
    readonly answers: number
  }>
  /** Sent into one, in each step: by an operation before the time was over that it had been told itself, and by those that had
   * not been told, or only of an earlier end. */
  readonly again: Column
  readonly others: Column
  readonly totals: { readonly answers: number; readonly again: number; readonly others: number }
}

const mostSpans = 1_000
const slackMs = { seconds: 50, date: 1_000, reset: 0 } as const

type Sent = EventOf<'exchange.sent'>
type Draft = {
  from: number
  until: number
  endsAt: number
  where: string
  answers: number
  told: Map<number | null, number>
}

export function silencesOf(history: History, grid: Grid): Silences {
  const watch = new Watch(history, grid)
  const asking = new Map<number, EventOf<'exchange.head'>>()
  for (const head of history.each('exchange.head')) if (head.retryAfter !== undefined) asking.set(head.exchange, head)
  if (asking.size === 0) return watch.told()
  const answers = [...asking.values()].flatMap((head) => answersOf(history, head))
  answers.sort((one, other) => one.seq - other.seq)
  let next = 0
  const answeredUntil = (seq: number): void => {
    for (let answer = answers[next]; answer && answer.seq < seq; answer = answers[next]) {
      watch.answered(answer)
      next += 1
    }
  }
  for (const sent of history.each('exchange.sent')) {
    answeredUntil(sent.seq)
    watch.sent(sent)
  }
  answeredUntil(Number.MAX_VALUE)
  return watch.told()
}

type Answer = {
  readonly seq: number
  readonly at: number
  readonly sent: Sent
  readonly head: EventOf<'exchange.head'>
}

/** Of a request whose answer was read to its end. */
function answersOf(history: History, head: EventOf<'exchange.head'>): Answer[] {
  const events = history.ofExchange(head.exchange)
  const sent = events.find((event) => event.kind === 'exchange.sent')
  const ended = events.find((event) => event.kind === 'exchange.ended')
  return sent && ended && sent.seq < ended.seq ? [{ seq: ended.seq, at: ended.at, sent, head }] : []
}

class Watch {
  readonly #history: History
  readonly #grid: Grid
  readonly #longestMs: number
  readonly #found: Draft[] = []
  readonly #open = new Map<string, Draft>()
  readonly #again: Float64Array
  readonly #others: Float64Array
  #answers = 0
  /** After that nothing is sent into any silence. */
  #latestEnd = 0

  constructor(history: History, grid: Grid) {
    this.#history = history
    this.#grid = grid
    this.#again = new Float64Array(grid.steps)
    this.#others = new Float64Array(grid.steps)
    const { thresholds } = history.header
    this.#longestMs =
      thresholds.find(({ oracle, name }) => oracle === 'heeds-retry-after' && name === 'longest')?.value ?? 60_000
  }

  answered({ sent, head, at }: Answer): void {
    const silence = silenceAskedBy(this.#history, {
      head,
      completedAt: at,
      outcome: { kind: 'answered', status: head.status },
    })
    if (!silence || silence.until - silence.from > this.#longestMs) return
    if (silence.by !== 'seconds' && !isClockSure(this.#history, silence.from)) return
    this.#answers += 1
    this.#add(head.status === 429 ? placeOf(sent) : routeOf(sent), silence, sent.operation)
  }

  #add(where: string, { from, until, by }: Silence, operation: number | null): void {
    const endsAt = until - slackMs[by]
    this.#latestEnd = Math.max(this.#latestEnd, endsAt)
    const open = this.#open.get(where)
    if (open && from <= open.until) {
      open.until = Math.max(open.until, until)
      open.endsAt = Math.max(open.endsAt, endsAt)
      open.answers += 1
      open.told.set(operation, endsAt)
      return
    }
    const draft = { from, until, endsAt, where, answers: 1, told: new Map([[operation, endsAt]]) }
    this.#open.set(where, draft)
    this.#found.push(draft)
  }

  sent(sent: Sent): void {
    if (sent.redirectOf !== undefined || sent.at >= this.#latestEnd) return
    for (const where of [placeOf(sent), routeOf(sent)]) {
      const open = this.#open.get(where)
      if (!open || sent.at >= open.endsAt) continue
      const ownEnd = sent.operation === null ? undefined : open.told.get(sent.operation)
      // Whoever waited for as long as it was told itself did what it was asked.
      const column = ownEnd !== undefined && sent.at < ownEnd ? this.#again : this.#others
      const step = stepAt(this.#grid, sent.at)
      column[step] = (column[step] ?? 0) + 1
      return
    }
  }

  told(): Silences {
    const spans = this.#found.map(({ from, until, where, answers }) => ({ from, until, where, answers }))
    const sum = (values: Float64Array): number => values.reduce((all, value) => all + value, 0)
    return {
      spans: bounded(spans, mostSpans),
      again: columnOf(this.#again),
      others: columnOf(this.#others),
      totals: { answers: this.#answers, again: sum(this.#again), others: sum(this.#others) },
    }
  }
}

function placeOf({ instance, host, workspace }: Sent): string {
  return `process ${instance}, ${host}, ${workspace ?? 'no workspace'}`
}

function routeOf(sent: Sent): string {
  return `${placeOf(sent)}, ${sent.method} ${sent.route}`
}
