// What a history costs once it is written: to decode it, to judge it with every oracle, and to tell of it in every format of
// report. For 10,000, 100,000 and 1,000,000 exchanges of the same traffic, each in a process of its own; linear is what costs the same for
// each exchange however many there are.

import { decodeEvents } from '#history/codec.ts'
import type { HistoryEvent } from '#history/event.ts'
import { createHistory, type History } from '#history/history.ts'
import { LongHistory } from '#history/long-history.ts'
import { limits } from '#context/limits.ts'
import { judgeRun } from '#engine/judge.ts'
import type { RunResult } from '#engine/run-result.ts'
import { sweepOften } from '#engine/sweeping.ts'
import { reporters } from '#report/catalog.ts'
import { runPage } from '#report/html/run-page.ts'
import type { ReportOptions } from '#report/reporter.ts'
import { sceneOf } from '#scene/scene.ts'
import { seriesOf } from '#scene/series.ts'
import { apart } from './apart.ts'
import type { Figure } from './figure.ts'
import { madeHistory } from './made-history.ts'
import { median } from './statistics.ts'

const sizes = [
  { exchanges: 10_000, times: 7 },
  { exchanges: 100_000, times: 3 },
  { exchanges: 1_000_000, times: 1 },
]

const bytesOfOne = 770

/** Microseconds of processor time for each exchange. */
type Cost = { readonly decoding: number; readonly oracles: number; readonly reports: number; readonly all: number }
type Measured = Cost & { readonly bytes: number; readonly residentMB: number }

export async function measure(): Promise<readonly Figure[]> {
  const figures: Figure[] = []
  let least: Measured | undefined
  for (const { exchanges, times } of sizes) {
    const measured = await apart<Measured>('judging-cost.ts', 'judgeMany', exchanges, times)
    least ??= measured
    const size = `10^${Math.round(Math.log10(exchanges))}`
    for (const what of ['decoding', 'oracles', 'reports'] as const)
      figures.push({ name: `${what}, ${size} exchanges, each`, value: measured[what], unit: 'us' })
    const isLargest = exchanges === 1_000_000
    figures.push(
      {
        name: `all of it for each, ${size} / 10^4`,
        value: measured.all / least.all,
        unit: 'x',
        ...(isLargest && { aim: { bound: 'at-most', value: 1.25 } as const }),
      },
      {
        name: `resident memory, ${size} exchanges`,
        value: measured.residentMB,
        unit: 'MB',
        ...(isLargest && { aim: { bound: 'at-most', value: 1_000 } as const }),
      },
    )
  }
  return figures
}

export async function judgeMany(exchanges: number, times: number): Promise<Measured> {
  // A short one first, because otherwise it is the shortest that pays for cold code.
  for (let nth = 0; nth < 3; nth += 1) judgeOne(5_000)
  const costs = Array.from({ length: times }, () => {
    globalThis.gc?.()
    return judgeOne(exchanges)
  })
  const middle = (what: keyof Cost) => median(costs.map((cost) => cost[what]))
  return {
    decoding: middle('decoding'),
    oracles: middle('oracles'),
    reports: middle('reports'),
    all: middle('all'),
    bytes: costs[0]?.bytes ?? Number.NaN,
    residentMB: process.resourceUsage().maxRSS / 1e3,
  }
}

function judgeOne(exchanges: number): Cost & { readonly bytes: number } {
  const spent = { decoding: 0, oracles: 0, reports: 0 }
  const timed = <T>(what: keyof typeof spent, work: () => T): T => {
    const before = process.cpuUsage()
    const result = work()
    const { user, system } = process.cpuUsage(before)
    spent[what] += (user + system) / exchanges
    return result
  }
  const made = { bytes: 0, cost: 0 }
  const history = timed('decoding', () => historyOf(eventsOf(exchanges, made), exchanges))
  // What the run has written before is not made here.
  spent.decoding -= made.cost / exchanges
  const judged = timed('oracles', () => judgeRun({ history, text: '' }, [], []))
  timed('reports', () => {
    const scene = sceneOf(history, seriesOf(history), judged.verdicts)
    const result: RunResult = { ...judged, scene, scenario: 'made', client: 'nobody', seed: '1', environment }
    for (const { render } of reporters) render([result], options)
    runPage(result, options)
  })
  return { ...spent, all: spent.decoding + spent.oracles + spent.reports, bytes: made.bytes }
}

/** As of a run: a long one is kept in columns, and swept sooner. */
function historyOf(events: Iterable<HistoryEvent>, exchanges: number): History {
  if (exchanges * bytesOfOne < limits.shortHistoryBytes) return createHistory([...events])
  sweepOften()
  return LongHistory.from(events)
}

function* eventsOf(exchanges: number, made: { bytes: number; cost: number }): Iterable<HistoryEvent> {
  const pieces = madeHistory(exchanges)[Symbol.iterator]()
  for (;;) {
    const before = process.cpuUsage()
    const { value: piece, done } = pieces.next()
    const { user, system } = process.cpuUsage(before)
    made.cost += user + system
    if (done) return
    made.bytes += piece.length
    yield* decodeEvents(piece)
  }
}

const environment = { wallMs: 0, replayMs: 0, node: process.version, historyPath: 'history.ndjson' }
const options: ReportOptions = {
  reproduce: () => 'brownout made',
  history: () => 'history.ndjson',
  record: () => null,
  color: false,
  unicode: true,
  columns: 100,
  detail: 'normal',
}
