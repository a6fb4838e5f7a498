// What report.html costs: the scene and the page of a long run, by how many exchanges it has. `node bench/page-cost.ts 1000000`.
// The history is made here, because no run of a scenario is as long: reads of a client that tries three times, a tenth of them in
// an outage; some answers ask for silence.

import { createHistory, type History } from '#history/history.ts'
import type { HistoryEvent, Unstamped } from '#history/event.ts'
import { sceneOf } from '#scene/scene.ts'
import { seriesOf } from '#scene/series.ts'
import type { Verdict } from '#oracle/verdict.ts'
import { runPage } from '#report/html/run-page.ts'
import { createHeader } from '../test/history-builder.ts'
import { pageOptions } from '../test/report-page.ts'
import { judgedWith } from '../test/golden/report/results.ts'

const wanted = Number(process.argv[2] ?? 1_000_000)
const spanMs = 51 * 3_600_000

function madeHistory(): History {
  const header = createHeader({ spanMs, firstFaultAt: spanMs * 0.4, lastLiftAt: spanMs * 0.5 })
  const told: { at: number; event: Unstamped }[] = [{ at: 0, event: { kind: 'run.started', header } }]
  let exchange = 0
  for (let operation = 0; exchange < wanted; operation += 1) {
    const at = (exchange / wanted) * (spanMs - 30_000)
    const isBad = at > spanMs * 0.4 && at < spanMs * 0.5
    told.push({
      at,
      event: {
        kind: 'operation.invoked',
        operation,
        instance: 0,
        workspace: 'ours',
        name: 'contact.read',
        effect: 'read',
        load: 'reads',
      },
    })
    const attempts = isBad ? 3 : 1
    for (let nth = 1; nth <= attempts; nth += 1) {
      const sent = at + (nth - 1) * 4_000
      told.push({
        at: sent,
        event: {
          kind: 'exchange.sent',
          exchange,
          instance: 0,
          operation,
          certain: true,
          nth,
          method: 'GET',
          route: '/contacts/{id}',
          host: 'api.intercom.io',
          region: 'us',
          product: 'rest',
          workspace: 'ours',
          bodyHash: '',
        },
      })
      told.push({ at: sent + 1, event: { kind: 'exchange.arrived', exchange, queued: exchange % 90, answersIn: 50 } })
      if (isBad)
        told.push({
          at: sent + 1,
          event: { kind: 'fault.hit', exchange, fault: 'outage', decision: 'respond', effect: 'none' },
        })
      const endedAt = sent + 40 + ((exchange * 7_919) % 3_000)
      told.push({
        at: endedAt,
        event: { kind: 'exchange.head', exchange, status: isBad ? 429 : 200, ...(isBad && { retryAfter: '20' }) },
      })
      told.push({ at: endedAt, event: { kind: 'exchange.ended', exchange, contains: {} } })
      exchange += 1
    }
    const end = at + (attempts - 1) * 4_000 + 3_100
    told.push({
      at: end,
      event: isBad
        ? { kind: 'operation.error', operation, error: { name: 'Error', message: 'no' }, timersLeft: 0 }
        : { kind: 'operation.ok', operation, result: 'fresh', timersLeft: 0 },
    })
  }
  told.push({ at: spanMs, event: { kind: 'run.ended', leakedTimers: 0, inFlight: 0, unread: 0, reason: 'done' } })
  told.sort((one, other) => one.at - other.at)
  return createHistory(told.map(({ at, event }, seq): HistoryEvent => ({ seq, at, ...event })))
}

const history = madeHistory()
const sends = history.all('exchange.sent')
const witness = sends.slice(0, 400).map(({ seq }) => seq)
const threshold = {
  oracle: 'x',
  name: 'within',
  value: 1,
  unit: 'count',
  bound: 'at-most',
  domain: 'client',
  source: 'profile',
  cite: '',
} as const
const verdicts: Verdict[] = Array.from({ length: 20 }, (_, index) => ({
  oracle: `oracle-${index}`,
  family: 'safety',
  required: false,
  hint: 'Do less.',
  verdict: 'fail',
  armed: 1,
  observed: 2,
  margin: -1,
  unit: 'count',
  threshold,
  witness,
  violations: 1,
  sentence: 'It did too much.',
}))

const began = process.cpuUsage()
const wallBegan = performance.now()
const scene = sceneOf(history, process.argv[3] === 'alone' ? null : seriesOf(history), verdicts)
const drawnAt = performance.now()
const page = runPage(judgedWith({ header: history.header, verdicts, scene, outcome: 'fail' }), pageOptions)
const wallMs = performance.now() - wallBegan
const { user, system } = process.cpuUsage(began)
const ms = (value: number): string => `${Math.round(value)} ms`
console.log(
  `${sends.length} exchanges, ${history.length} events: scene ${ms(drawnAt - wallBegan)}, both ${ms(wallMs)} (processor ${ms((user + system) / 1_000)}), page ${(page.length / 1e6).toFixed(2)} MB`,
)
