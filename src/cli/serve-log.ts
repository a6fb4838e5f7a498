// What happens while a scenario is served, one line each: the incident on its own clock, and every request with what became
// of it.

import { formatTime } from '#clock/instant.ts'
import { oneLine } from '#context/foreign-text.ts'
import type { EventOf, HistoryEvent } from '#history/event.ts'
import type { Scenario } from '#scenario/scenario.ts'

type Open = { readonly sent: EventOf<'exchange.sent'>; readonly at: number; faults: string[] }

/** Times are those of the incident. `arrivals`: a request has a line when it comes, too. */
export function createEventLog(
  { startMs }: Scenario,
  arrivals: boolean,
  write: (line: string) => void,
): (event: HistoryEvent) => void {
  const open = new Map<number, Open>()
  const say = (event: HistoryEvent, text: string): void => write(`${formatTime(startMs + event.at)}  ${text}`)
  const about = (event: EventOf<'exchange.head' | 'exchange.failed' | 'exchange.aborted'>, outcome: string): void => {
    const known = open.get(event.exchange)
    if (!known) return
    open.delete(event.exchange)
    const { method, host, route } = known.sent
    const faults = known.faults.length > 0 ? `  (${known.faults.join(', ')})` : ''
    say(event, `${method} ${host}${oneLine(route)}  ${outcome} after ${Math.round(event.at - known.at)} ms${faults}`)
  }
  return (event: HistoryEvent) => {
    switch (event.kind) {
      case 'phase.started':
        return say(event, `phase ${event.phase}`)
      case 'fault.started':
        return say(event, `fault ${event.fault} begins`)
      case 'fault.lifted':
        return say(event, `fault ${event.fault} ends`)
      case 'status.changed':
        return say(event, `status page: ${oneLine(event.component)} is ${event.status}`)
      case 'exchange.sent':
        if (arrivals) say(event, `${event.method} ${event.host}${oneLine(event.route)}  arrives`)
        return void open.set(event.exchange, { sent: event, at: event.at, faults: [] })
      case 'fault.hit':
        return void (event.exchange !== null && open.get(event.exchange)?.faults.push(event.fault))
      case 'exchange.head':
        return about(event, String(event.status))
      case 'exchange.failed':
        return about(event, event.code)
      case 'exchange.aborted':
        return about(event, 'given up by the client')
      default:
    }
  }
}
