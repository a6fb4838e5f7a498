// What became of the notifications that were sent to the client's endpoint: their deliveries, and what the client says that
// it did about them.

import type { EventOf } from './event.ts'
import type { History } from './history.ts'
import { selector } from './query.ts'

export type Delivery = {
  readonly sent: EventOf<'webhook.sent'>
  /** `null` only when the run ended before. */
  readonly end: EventOf<'webhook.answered'> | EventOf<'webhook.failed'> | null
}

export type Notification = {
  readonly id: string
  readonly topic: string
  /** Somebody else sent it. */
  readonly forged: boolean
  /** In the order they were sent. */
  readonly deliveries: readonly Delivery[]
  readonly acts: readonly EventOf<'webhook.acted'>[]
}

/** All that were sent at least once, in the order they first were. */
export const notifications: (history: History) => readonly Notification[] = selector((history) => {
  const ends = new Map<number, Delivery['end']>()
  for (const end of [...history.all('webhook.answered'), ...history.all('webhook.failed')]) ends.set(end.delivery, end)
  const acts = Map.groupBy(history.all('webhook.acted'), ({ notification }) => notification)
  const sent = Map.groupBy(history.all('webhook.sent'), ({ notification }) => notification)
  return Array.from(sent, ([id, tries]) => ({
    id,
    topic: tries[0]?.topic ?? '',
    forged: tries.every(({ forged }) => forged),
    deliveries: tries.map((each) => ({ sent: each, end: ends.get(each.delivery) ?? null })),
    acts: acts.get(id) ?? [],
  }))
})

/** The delivery that the client first answered well: from then on the notification is the client's. */
export function accepted({ deliveries }: Notification): EventOf<'webhook.answered'> | undefined {
  return deliveries
    .flatMap(({ end }) => (end?.kind === 'webhook.answered' && end.status >= 200 && end.status < 300 ? [end] : []))
    .toSorted((one, other) => one.seq - other.seq)[0]
}

const tellings = selector((history) =>
  Map.groupBy(
    history.all('webhook.sent').filter(({ forged, entity }) => !forged && entity !== undefined),
    ({ instance, entity }) => `${instance} ${entity}`,
  ),
)

/** The last notification that told an instance of an entity before `seq`. What it said is not in the history. */
export function toldOf(
  history: History,
  instance: number,
  entity: string,
  seq: number,
): EventOf<'webhook.sent'> | undefined {
  return tellings(history)
    .get(`${instance} ${entity}`)
    ?.findLast((sent) => sent.seq < seq)
}
