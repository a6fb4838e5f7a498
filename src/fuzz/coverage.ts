// What a campaign has seen: which fault met which request at which point of its operation. New combinations are what guides it on
// while nothing fails.

import type { History } from '#history/history.ts'

/** `fault kind`, `METHOD route`, and whether it was the operation's first exchange, a later one, or background work. */
export type Meeting = {
  readonly kind: string
  readonly site: string
  readonly moment: 'first' | 'again' | 'background'
}

/** Each once. `kindOf`: the kind of a fault by its name. */
export function meetingsIn(history: History, kindOf: (fault: string) => string | undefined): readonly Meeting[] {
  const sent = new Map(history.all('exchange.sent').map((event) => [event.exchange, event]))
  const meetings = history.all('fault.hit').flatMap(({ exchange, fault }): Meeting[] => {
    const request = exchange === null ? undefined : sent.get(exchange)
    const kind = kindOf(fault)
    if (!request || kind === undefined) return []
    const moment = request.operation === null ? 'background' : request.nth === 1 ? 'first' : 'again'
    return [{ kind, site: `${request.method} ${request.route}`, moment }]
  })
  return [...new Map(meetings.map((meeting) => [meetingKey(meeting), meeting])).values()]
}

export type Met = Meeting & { readonly cases: number }

export function sortedMet(all: readonly Met[]): readonly Met[] {
  return all.toSorted((one, other) => (meetingKey(one) < meetingKey(other) ? -1 : 1))
}

export function meetingKey({ kind, site, moment }: Meeting): string {
  return `${kind} | ${site} | ${moment}`
}

export class Coverage {
  readonly #seen = new Map<string, number>()

  /** How many of them are new. */
  add(meetings: readonly Meeting[]): number {
    let fresh = 0
    for (const meeting of meetings) {
      const key = meetingKey(meeting)
      const times = this.#seen.get(key) ?? 0
      if (times === 0) fresh += 1
      this.#seen.set(key, times + 1)
    }
    return fresh
  }

  get size(): number {
    return this.#seen.size
  }

  /** In how many cases each meeting happened; sorted. */
  table(): readonly Met[] {
    return sortedMet(
      Array.from(this.#seen, ([key, cases]) => {
        const [kind = '', site = '', moment] = key.split(' | ')
        return { kind, site, moment: moment as Meeting['moment'], cases }
      }),
    )
  }
}
