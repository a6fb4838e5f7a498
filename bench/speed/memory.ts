// What stays in memory of one exchange: while whoever stands in for the API lives on, and of a history that is read for judging.

import { decodeEvents } from '#history/codec.ts'
import type { HistoryEvent } from '#history/event.ts'
import { createHistory } from '#history/history.ts'
import { apart } from './apart.ts'
import { contestants, playReads, readerOver } from './exchange-cost.ts'
import type { Figure } from './figure.ts'
import { madeHistory } from './made-history.ts'

const reads = 2_000
const exchanges = 50_000

export async function measure(): Promise<readonly Figure[]> {
  const figures: Figure[] = []
  for (const { name } of contestants)
    figures.push({
      name: `kept of an exchange over ${name}`,
      value: await apart('memory.ts', 'keptOver', name),
      unit: 'bytes',
    })
  const value = await apart<number>('memory.ts', 'keptOfHistory')
  return [...figures, { name: 'kept of an exchange in a history that is judged', value, unit: 'bytes' }]
}

function heap(): number {
  globalThis.gc?.()
  globalThis.gc?.()
  const { heapUsed, external } = process.memoryUsage()
  return heapUsed + external
}

/** With bare `fetch`, after as many reads for code and caches to settle. */
export async function keptOver(name: string): Promise<number> {
  const contestant = contestants.find((one) => one.name === name)
  if (!contestant) throw new Error(`There is no ${name}.`)
  const opened = await contestant.open()
  const read = readerOver({ client: 'fetch' }, opened)
  const count = reads / (contestant.slow ?? 1)
  await playReads(opened, count, read)
  const before = heap()
  await playReads(opened, count, read)
  return Math.max(0, heap() - before) / count
}

export async function keptOfHistory(): Promise<number> {
  const before = heap()
  const events: HistoryEvent[] = []
  for (const piece of madeHistory(exchanges)) for (const event of decodeEvents(piece)) events.push(event)
  const history = createHistory(events)
  const kept = heap() - before
  return kept / history.all('exchange.sent').length
}
